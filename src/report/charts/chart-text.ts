import stringWidth from 'string-width';
import { shorten } from '../../wording/shorten.ts';
import { printable } from '../../wording/terminal-text.ts';

/** Characters as people see them; the rules are the same in every locale. */
const GRAPHEMES = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** More marks than this over one letter would reach into the lines above and below. */
const EXCESS_MARKS = /(\p{M}{3})\p{M}+/gu;

/** Halves of surrogate pairs and what is no character: SVG outside of a page is XML, which cannot hold them. */
const NO_CHARACTER = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;

/** No label is longer, however much room there is: the whole name stands in the results. */
const LONGEST_LABEL = 400;

/**
 * Makes a foreign name fit to stand in a chart: what could reorder, hide or pile up text is shown or cut, and so is what is too long.
 *
 * @param length - most UTF-16 code units of the result
 */
export function chartText(text: string, length: number = LONGEST_LABEL): string {
  const safe = printable(shorten(text, 4 * length))
    .replace(NO_CHARACTER, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`)
    .replace(EXCESS_MARKS, '$1…');
  return shorten(safe, length);
}

/**
 * Cuts a foreign name to a width, with `…` where something is cut.
 *
 * @param width - in the units of the drawing
 * @param fontSize - in the same units
 */
export function fitText(text: string, width: number, fontSize: number): string {
  const safe = chartText(text);
  if (textWidth(safe, fontSize) <= width) return safe;
  const room = width - textWidth('…', fontSize);
  let cut = '';
  let used = 0;
  for (const { segment } of GRAPHEMES.segment(safe)) {
    used += textWidth(segment, fontSize);
    if (used > room) break;
    cut += segment;
  }
  return `${cut.trimEnd().replace(/…$/, '')}…`;
}

/** Width of a text in a common sans-serif face, rather too large than too small: nothing can be measured without a browser. */
export function textWidth(text: string, fontSize: number): number {
  let ems = 0;
  for (const character of text) ems += emsOf(character);
  return ems * fontSize;
}

function emsOf(character: string): number {
  if (/[ .,:;'|!iljtfI()[\]/-]/.test(character)) return 0.36;
  if (/[mwMW@%=＝…—]/.test(character)) return 0.95;
  if (/[A-Z&#+<>~]/.test(character)) return 0.72;
  if (/[\x20-\x7e]/.test(character)) return 0.63;
  return stringWidth(character) === 2 ? 1.1 : stringWidth(character) === 0 ? 0.1 : 0.72;
}
