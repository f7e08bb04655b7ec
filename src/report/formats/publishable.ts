import type { PublishableFormat } from '../format.ts';

/**
 * The formats that have a publishable edition, by their name on the command line. The others carry what that edition leaves out: which segment
 * stands for which trait.
 */
export const PUBLISHABLE_FORMATS: Readonly<Record<string, () => Promise<PublishableFormat>>> = {
  html: async () => (await import('./publishable-html.ts')).publishableHtml,
  markdown: async () => (await import('./publishable-markdown.ts')).publishableMarkdown,
  'markdown-report': async () => (await import('./publishable-markdown.ts')).publishableMarkdown,
};
