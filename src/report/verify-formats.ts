import { jsonPieces } from '../documents/json-pieces.ts';
import type { Pieces } from '../domain/pieces.ts';
import type { ManifestCheck, Rerun, ValueDifference, Verification } from '../domain/verification.ts';
import { counted } from '../wording/counted.ts';
import { formatCount } from '../wording/format-number.ts';
import { printable, truncate, wrap, wrapAfter } from '../wording/terminal-text.ts';
import type { FormatOptions, Style } from './format.ts';

const DIFFERENCES_SHOWN = 20;
const LONGEST_VALUE = 60;

/** Writes what `traitleak verify` found out; a pure function of its arguments. */
export type VerifyFormat = (verification: Verification, options: FormatOptions) => Pieces;

/** Every format of it by the name it has on the command line. */
export const VERIFY_FORMATS: Readonly<Record<string, VerifyFormat>> = {
  text: (verification, options) => [textVerification(verification, options)],
  json: (verification) => jsonPieces(verification),
};

function textVerification({ checks, rerun }: Verification, options: FormatOptions): string {
  const lines = [
    ...checkLines(checks, options.style),
    ...mismatchLines(checks, options.style),
    ...(rerun === null ? [] : rerunLines(rerun, options)),
  ];
  return `${lines.join('\n')}\n`;
}

/** A line each, whole whatever the width, since paths are copied from here; lexicons that are what they were are counted. */
function checkLines(checks: readonly ManifestCheck[], style: Style): readonly string[] {
  const paint = { ok: style.green, changed: style.red, missing: style.red };
  const lexicons = checks.filter(({ what, state }) => what === 'lexicon' && state === 'ok');
  const listed = checks.filter((check) => !lexicons.includes(check));
  const lines = listed.map(({ what, path, state }) => `${paint[state](state.padEnd(8))} ${what} ${printable(path)}`);
  return lexicons.length === 0
    ? lines
    : [...lines, `${style.green('ok'.padEnd(8))} ${counted(lexicons.length, 'lexicon')}`];
}

function mismatchLines(checks: readonly ManifestCheck[], style: Style): readonly string[] {
  if (checks.every(({ state }) => state === 'ok')) return [];
  const count = (wanted: ManifestCheck['state']): string =>
    formatCount(checks.filter(({ state }) => state === wanted).length);
  return [
    '',
    style.bold(`These are not the files of the results: ${count('changed')} changed, ${count('missing')} missing.`),
  ];
}

function rerunLines({ done, notCompared, differences }: Rerun, options: FormatOptions): readonly string[] {
  if (!done) return ['Not run again: the files are not those of the results.'];
  const left = `Not made again, since the secret of their noise is not given (--dp-secret-file): ${notCompared.join(', ')}.`;
  return ['', ...differenceLines(differences, options), ...(notCompared.length === 0 ? [] : wrap(left, options.width))];
}

function differenceLines(
  differences: readonly ValueDifference[],
  { style, width, verbose }: FormatOptions,
): readonly string[] {
  if (differences.length === 0) return [style.bold('Run again, the audit gives the same report.')];
  const shown = verbose ? differences : differences.slice(0, DIFFERENCES_SHOWN);
  const left = differences.length - shown.length;
  return [
    style.bold(`Run again, the audit gives another report: ${counted(differences.length, 'difference')}.`),
    ...shown.flatMap((difference) => wrapAfter('  ', differenceText(difference), width)),
    ...(left > 0 ? [`  … and ${formatCount(left)} more (--verbose shows all)`] : []),
  ];
}

function differenceText({ path, before, now }: ValueDifference): string {
  return `${printable(path)}: ${valueText(before)}, now ${valueText(now)}`;
}

function valueText(value: unknown): string {
  return value === undefined ? 'not there' : truncate(printable(JSON.stringify(value)), LONGEST_VALUE);
}
