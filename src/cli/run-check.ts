import { StringDecoder } from 'node:string_decoder';
import { AuditError } from '../errors.ts';
import { loadLexicons } from '../ingest/load-lexicons.ts';
import type { Style } from '../report/format.ts';
import type { HarmlessMatch, TermMatch, TextJudgement } from '../text/judgement.ts';
import { shorten } from '../wording/shorten.ts';
import { printable, truncate, wrap } from '../wording/terminal-text.ts';
import { traitWords } from '../wording/trait-words.ts';
import { EXIT } from './exit.ts';
import type { CheckFlags } from './flags.ts';
import { type JudgedLines, judgeLines, LABEL_RANK } from './judge-lines.ts';
import { writeStdout } from './output.ts';
import { type SecondThread, startSecondThread } from './second-thread.ts';
import { styleFor, widthOf } from './terminal.ts';

const FAIL_RANK = { ...LABEL_RANK, never: 3 } as const;

/** Names of standard input that are judged in one go; from the second lot on, a second thread helps. */
const BATCH = 1500;

/** Runs `traitleak check`; returns the exit status. */
export async function runCheck(texts: readonly string[], flags: CheckFlags): Promise<number> {
  const { judge } = await loadLexicons();
  const input = texts.length > 0 ? [texts] : standardInput();
  const worst = flags.format === 'jsonl' ? await writeLines(input, judge) : await writeTexts(input, judge);
  return worst >= FAIL_RANK[flags.failOn] ? EXIT.failed : EXIT.passed;
}

type Names = Iterable<readonly string[]> | AsyncIterable<readonly string[]>;
type Judge = (text: string) => TextJudgement;

async function writeTexts(batches: Names, judge: Judge): Promise<number> {
  const style = styleFor(process.stdout);
  const width = Math.min(widthOf(process.stdout), 100);
  let worst = 0;
  for await (const texts of batches) {
    let output = '';
    for (const text of texts) {
      const judgement = judge(text);
      worst = Math.max(worst, LABEL_RANK[judgement.label]);
      output += toText(text, judgement, style, width);
    }
    await writeStdout(output);
  }
  return worst;
}

/** Two lots at a time: the second thread judges the first of them, this one the other. Output keeps the order of the names. */
async function writeLines(batches: Names, judge: Judge): Promise<number> {
  let worst = 0;
  let thread: SecondThread | undefined;
  let first: readonly string[] | undefined;
  const write = async ({ output, worst: gravest }: JudgedLines): Promise<void> => {
    worst = Math.max(worst, gravest);
    await writeStdout(output);
  };
  for await (const texts of batches) {
    if (first === undefined) {
      first = texts;
      continue;
    }
    thread ??= startSecondThread();
    const other = thread.judge(first);
    const own = judgeLines(texts, judge);
    await write(await other);
    await write(own);
    first = undefined;
  }
  if (first !== undefined) await write(judgeLines(first, judge));
  await thread?.close();
  return worst;
}

function standardInput(): AsyncIterable<readonly string[]> {
  if (process.stdin.isTTY) {
    throw new AuditError('E_USAGE', 'No text is given.', {
      hint: 'Give names as arguments, or one a line on standard input.',
    });
  }
  return linesOf(process.stdin);
}

/** Lines end at LF or CRLF and nowhere else: a name may hold any other character. */
async function* linesOf(input: AsyncIterable<Buffer>): AsyncIterable<readonly string[]> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  let batch: string[] = [];
  for await (const chunk of input) {
    const lines = (rest + decoder.write(chunk)).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) batch.push(withoutReturn(line));
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  rest += decoder.end();
  if (rest !== '') batch.push(withoutReturn(rest));
  if (batch.length > 0) yield batch;
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}

/** Characters of a name or a sentence that are shown: one of a megabyte would be broken into lines for minutes. */
const LONGEST = 2000;

function toText(text: string, { label, matches, harmless }: TextJudgement, style: Style, width: number): string {
  const colour = { sensitive: style.red, borderline: style.yellow, not: style.green }[label];
  const lines = [`${colour(label.padEnd(10))} ${style.bold(truncate(printable(shorten(text, LONGEST)), width - 11))}`];
  const detail = (sentence: string): void => {
    lines.push(...wrap(printable(shorten(sentence, LONGEST)), width - 11).map((line) => `           ${line}`));
  };
  for (const match of matches) detail(matchText(match));
  for (const match of harmless) if (!isBareNumber(match)) detail(harmlessText(match));
  return `${lines.join('\n')}\n`;
}

function matchText({ trait, matched, strength, disguise, term, why }: TermMatch): string {
  const hidden = disguise === undefined ? '' : `, "${term}" written with ${disguise}`;
  return `${traitWords(trait)}, ${strength}: "${matched}"${hidden}. ${why}`;
}

/** A number that some pattern would need words for; to say so of every number would hide what matters. */
function isBareNumber({ term, reason }: HarmlessMatch): boolean {
  return reason === 'needs-context' && term.includes('{');
}

function harmlessText(match: HarmlessMatch): string {
  return match.reason === 'context'
    ? `harmless: "${match.matched}" would be ${traitWords(match.trait)}, but not with ${match.context}.`
    : `harmless: "${match.matched}" would be ${traitWords(match.trait)} only with a word such as ${match.needs}.`;
}
