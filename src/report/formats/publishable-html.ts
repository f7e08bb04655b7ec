import type { PublishableFormat } from '../format.ts';
import { renderPublishable } from '../html/publishable-document.tsx';

/** The publishable edition as one self-contained HTML file. */
export const publishableHtml: PublishableFormat = (report) => [renderPublishable(report)];
