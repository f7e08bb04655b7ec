import type { Format } from '../format.ts';
import { reviewSections } from '../review-sections.ts';
import { markdownSections } from './markdown-blocks.ts';

/** The whole report as a Markdown document for wikis and repositories; `markdown` is the short form for a comment. */
export const markdownReportFormat: Format = (report) => [
  `# Audit of user segments, ${report.generatedAt.slice(0, 10)}\n\n${markdownSections(reviewSections(report))}\n`,
];
