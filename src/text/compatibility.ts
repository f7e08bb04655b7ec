import { buildMappedText, type MappedText } from './mapped-text.ts';

/**
 * Marks after one base character that are looked at. Real writing stays below five; UAX #15 calls 30 "stream-safe".
 * Without a bound, sorting marks takes quadratic time in their number.
 */
const MOST_MARKS = 30;

/** A base character with what can combine with it: marks, half-width voicing marks, Hangul vowels and finals. */
const CLUSTER =
  /[^\p{M}\uff9e\uff9f\u1160-\u11ff][\p{M}\uff9e\uff9f\u1160-\u11ff]*|[\p{M}\uff9e\uff9f\u1160-\u11ff]+/gu;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the whole ASCII range is meant
const ASCII = /^[\x00-\x7f]*$/;
const LONG_RUN_OF_MARKS = new RegExp(`\\p{M}{${MOST_MARKS + 1}}`, 'u');

/** Letters in black circles and squares; Unicode gives them no plain form: 🅖, 🅶. */
const BLACK_LETTERS = /[\u{1f150}-\u{1f169}\u{1f170}-\u{1f189}]/u;

function plainForm(piece: string): string {
  const form = piece.normalize('NFKC');
  if (!BLACK_LETTERS.test(form)) return form;
  const codePoint = form.codePointAt(0) ?? 0;
  const first = codePoint >= 0x1f170 ? 0x1f170 : 0x1f150;
  return String.fromCharCode(0x41 + codePoint - first);
}

/**
 * Rewrites a text in Unicode's compatibility form (NFKC: full-width letters, ligatures, mathematical letters and so
 * on become plain ones), keeping the way back. Marks beyond the 30th on one base are dropped. Linear in the text.
 *
 * @param source - a text, perhaps rewritten before
 * @returns the text in NFKC; the source itself when it already is
 */
export function toCompatibilityForm(source: MappedText): MappedText {
  const { text } = source;
  if (ASCII.test(text)) return source;
  if (!LONG_RUN_OF_MARKS.test(text) && text.normalize('NFKC') === text && !BLACK_LETTERS.test(text)) return source;
  const builder = buildMappedText(source, text.length);
  for (const cluster of text.matchAll(CLUSTER)) {
    const piece = cluster[0];
    const end = cluster.index + piece.length;
    const form = plainForm(piece.length > MOST_MARKS + 2 ? piece.slice(0, MOST_MARKS + 2) : piece);
    if (form === piece) builder.keep(text, cluster.index, end);
    else builder.add(form, cluster.index, end);
  }
  return builder.build();
}
