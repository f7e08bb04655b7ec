import { StringDecoder } from 'node:string_decoder';
import { AuditError } from '../errors.ts';
import { loadLexicons } from '../ingest/load-lexicons.ts';
import type { Style } from '../report/format.ts';
import type { HarmlessMatch, TermMatch, TextJudgement } from '../text/judgement.ts';
import { printable, truncate, wrap } from '../wording/terminal-text.ts';
import { EXIT } from './exit.ts';
import type { CheckFlags } from './flags.ts';
import { writeStdout } from './output.ts';
import { styleFor, widthOf } from './terminal.ts';

/** Lines are written in pieces of about this many characters, so that millions of names need little memory. */
const PIECE = 1 << 16;

const RANK = { not: 0, borderline: 1, sensitive: 2, never: 3 } as const;

/** Runs `traitleak check`; returns the exit status. */
export async function runCheck(texts: readonly string[], flags: CheckFlags): Promise<number> {
  const { judge } = await loadLexicons();
  const style = styleFor(process.stdout);
  const width = Math.min(widthOf(process.stdout), 100);
  let worst = 0;
  let piece = '';
  for await (const text of texts.length > 0 ? texts : standardInput()) {
    const judgement = judge(text);
    worst = Math.max(worst, RANK[judgement.label]);
    piece +=
      flags.format === 'jsonl' ? `${JSON.stringify(toLine(text, judgement))}\n` : toText(text, judgement, style, width);
    if (piece.length < PIECE) continue;
    await writeStdout(piece);
    piece = '';
  }
  await writeStdout(piece);
  return worst >= RANK[flags.failOn] ? EXIT.failed : EXIT.passed;
}

function standardInput(): AsyncIterable<string> {
  if (process.stdin.isTTY) {
    throw new AuditError('E_USAGE', 'No text is given.', {
      hint: 'Give names as arguments, or one a line on standard input.',
    });
  }
  return linesOf(process.stdin);
}

/** Lines end at LF or CRLF and nowhere else: a name may hold any other character. */
async function* linesOf(input: AsyncIterable<Buffer>): AsyncIterable<string> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  for await (const chunk of input) {
    const lines = (rest + decoder.write(chunk)).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield withoutReturn(line);
  }
  rest += decoder.end();
  if (rest !== '') yield withoutReturn(rest);
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}

/** The contract of `check --format jsonl`. */
function toLine(text: string, { label, traits, matches }: TextJudgement): object {
  return {
    text,
    label,
    traits,
    matches: matches.map(({ trait, term, strength, start, end, matched, language, disguise }) => ({
      trait,
      term,
      strength,
      start,
      end,
      matched,
      language,
      ...(disguise === undefined ? {} : { disguise }),
    })),
  };
}

function toText(text: string, { label, matches, harmless }: TextJudgement, style: Style, width: number): string {
  const colour = { sensitive: style.red, borderline: style.yellow, not: style.green }[label];
  const lines = [`${colour(label.padEnd(10))} ${style.bold(truncate(printable(text), width - 11))}`];
  const detail = (sentence: string): void => {
    lines.push(...wrap(printable(sentence), width - 11).map((line) => `           ${line}`));
  };
  for (const match of matches) detail(matchText(match));
  for (const match of harmless) if (!isBareNumber(match)) detail(harmlessText(match));
  return `${lines.join('\n')}\n`;
}

function matchText({ trait, matched, strength, disguise, term, why }: TermMatch): string {
  const hidden = disguise === undefined ? '' : `, "${term}" written with ${disguise}`;
  return `${trait}, ${strength}: "${matched}"${hidden}. ${why}`;
}

/** A number that some pattern would need words for; to say so of every number would hide what matters. */
function isBareNumber({ term, reason }: HarmlessMatch): boolean {
  return reason === 'needs-context' && term.includes('{');
}

function harmlessText(match: HarmlessMatch): string {
  return match.reason === 'context'
    ? `harmless: "${match.matched}" would be ${match.trait}, but not with ${match.context}.`
    : `harmless: "${match.matched}" would be ${match.trait} only with a word such as ${match.needs}.`;
}
