import stringWidth from 'string-width';
import { shorten } from './shorten.ts';

/** Control characters, and what reorders or hides text: bidirectional controls, zero-width and other invisible characters. */
const UNPRINTABLE =
  /[\p{Cc}\p{Zl}\p{Zp}\u00ad\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e0fff}]/gu;

/** Characters as people see them; the rules are the same in every locale. */
const GRAPHEMES = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Makes text from an input safe to print: what could colour, move, reorder or hide is shown as `\u{…}`. */
export function printable(text: string): string {
  return replaceUnprintable(text, (code) => `\\u{${code}}`);
}

/**
 * Replaces control characters and what reorders or hides text.
 *
 * @param write - gives what stands for a character, from its code point in hexadecimal digits
 */
export function replaceUnprintable(text: string, write: (code: string) => string): string {
  return text.replace(UNPRINTABLE, (character) => write((character.codePointAt(0) ?? 0).toString(16)));
}

/** Spaces where a line may end: not between a number and its percent sign, nor between the sign of an article or section and its number. */
const BREAKS = /(?<!§|\bArt\.)\s+(?!%(?![\p{L}\p{N}]))/u;

/** Breaks text at spaces so that no line is wider than `width` columns; a longer word is cut into pieces. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(BREAKS).flatMap((long) => piecesOf(long, width))) {
    const joined = line === '' ? word : `${line} ${word}`;
    if (line !== '' && stringWidth(joined) > width) {
      lines.push(line);
      line = word;
    } else {
      line = joined;
    }
  }
  if (line !== '') lines.push(line);
  return lines;
}

/** Breaks the text of a row of a list: two spaces before the first line, four before the others, so that rows stand apart. */
export function wrapRow(text: string, width: number): readonly string[] {
  const [first = '', ...rest] = wrap(text, width - 4);
  return [`  ${first}`, ...rest.map((line) => `    ${line}`)];
}

/** Columns that text needs beside a label. */
const NARROWEST = 16;

/**
 * Breaks text that comes after a label, so that its lines stand below each other; below the label where no room is left beside it.
 *
 * @param label - what the first line starts with, with colours if it has any
 * @param width - columns of a line, the label included
 */
export function wrapAfter(label: string, text: string, width: number): readonly string[] {
  const indent = stringWidth(label);
  if (width - indent < NARROWEST)
    return [label.trimEnd(), ...wrap(text, Math.max(width - 4, NARROWEST)).map((line) => `    ${line}`)];
  const [first = '', ...rest] = wrap(text, width - indent);
  return [label + first, ...rest.map((line) => ' '.repeat(indent) + line)];
}

function piecesOf(word: string, width: number): readonly string[] {
  if (stringWidth(word) <= width) return [word];
  const pieces: string[] = [];
  let piece = '';
  let filled = 0;
  for (const { segment } of GRAPHEMES.segment(word)) {
    const columns = stringWidth(segment);
    if (piece !== '' && filled + columns > width) {
      pieces.push(piece);
      piece = '';
      filled = 0;
    }
    piece += segment;
    filled += columns;
  }
  return [...pieces, piece];
}

/** Code units that a column may take before the rest is not even looked at: a letter under a pile of marks is hostile. */
const UNITS_PER_COLUMN = 8;

/** Cuts text to a width in columns, with `…` at the end where something is cut. Linear in the width, however long the text is. */
export function truncate(text: string, width: number): string {
  const start = shorten(text, UNITS_PER_COLUMN * width);
  if (start === text && stringWidth(text) <= width) return text;
  let cut = '';
  let columns = 0;
  for (const { segment } of GRAPHEMES.segment(start)) {
    columns += stringWidth(segment);
    if (columns > width - 1) break;
    cut += segment;
  }
  return `${cut.replace(/…$/, '')}…`;
}

/** Fills text with spaces on the right, to a width in columns. */
export function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - stringWidth(text)));
}
