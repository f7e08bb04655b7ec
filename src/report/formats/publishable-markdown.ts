import type { PublishableFormat } from '../format.ts';
import { publishableSections } from '../publishable-sections.ts';
import { markdownSections } from './markdown-blocks.ts';

/** The publishable edition for wikis and pull requests. The first line marks it, so that a later run can find a comment. */
export const publishableMarkdown: PublishableFormat = (report) => [
  `<!-- traitleak -->\n# Audit of user segments: publishable edition\n\n${markdownSections(publishableSections(report))}\n`,
];
