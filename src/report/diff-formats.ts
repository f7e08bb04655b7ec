import { jsonPieces } from '../documents/json-pieces.ts';
import type { ReportDiff } from '../domain/diff.ts';
import type { Pieces } from '../domain/pieces.ts';
import { escapeMarkdown } from '../wording/escape-markdown.ts';
import { formatCount } from '../wording/format-number.ts';
import { shorten } from '../wording/shorten.ts';
import { printable, truncate, wrap, wrapAfter, wrapRow } from '../wording/terminal-text.ts';
import type { FormatOptions } from './format.ts';
import { summariseDiff, wordDiff } from './word-diff.ts';

/** Writes a comparison; a pure function of its arguments. */
export type DiffFormat = (diff: ReportDiff, options: FormatOptions) => Pieces;

const ITEMS_SHOWN = 20;
const LONGEST_ITEM = 600;
/** GitHub refuses a comment of more than 65,536 characters. */
const LONGEST_COMMENT = 60_000;

/** Every format of a comparison by the name it has on the command line. */
export const DIFF_FORMATS: Readonly<Record<string, DiffFormat>> = {
  text: (diff, options) => [textDiff(diff, options)],
  json: (diff) => jsonPieces(diff),
  markdown: (diff) => [markdownDiff(diff)],
};

function textDiff(diff: ReportDiff, { style, width, verbose }: FormatOptions): string {
  const columns = Math.min(Math.max(width, 40), 100);
  const lines = wordDiff(diff).flatMap(({ title, note, items }) => {
    const shown = verbose ? items : items.slice(0, ITEMS_SHOWN);
    const left = items.length - shown.length;
    return [
      style.bold(`${title} (${formatCount(items.length)})`),
      ...(note === undefined ? [] : wrap(note, columns - 2).map((line) => style.dim(`  ${line}`))),
      ...shown.flatMap((item) => wrapRow(truncate(printable(item), LONGEST_ITEM), columns)),
      ...(left > 0 ? [style.dim(`  … and ${formatCount(left)} more (--verbose shows all).`)] : []),
      '',
    ];
  });
  const head = wrapAfter(
    `${style.bold('traitleak diff')}  `,
    `${diff.before.generatedAt} and ${diff.now.generatedAt}`,
    columns,
  );
  return `${[...head, '', ...lines, ...wrap(summariseDiff(diff), columns)].join('\n')}\n`;
}

function markdownDiff(diff: ReportDiff): string {
  let room = LONGEST_COMMENT;
  const lines = wordDiff(diff).flatMap(({ title, note, items }) => {
    const written = items.map((item) => `- ${escapeMarkdown(shorten(item, LONGEST_ITEM))}`);
    const shown = written.filter((line) => {
      room -= line.length + 1;
      return room > 0;
    });
    const left = items.length - shown.length;
    return [
      '',
      `### ${title} (${formatCount(items.length)})`,
      ...(note === undefined ? [] : ['', note]),
      '',
      ...shown,
      ...(left > 0 ? [`- … and ${formatCount(left)} more.`] : []),
    ];
  });
  return `${['<!-- traitleak diff -->', '## traitleak: what changed', '', escapeMarkdown(summariseDiff(diff)), ...lines].join('\n')}\n`;
}
