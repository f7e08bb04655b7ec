import type { Format } from '../format.ts';
import { renderDocument } from '../html/document.tsx';

/** The reviewer's report: one self-contained HTML file. */
export const htmlFormat: Format = (report) => [renderDocument(report)];
