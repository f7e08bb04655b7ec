import { type CaseOutcome, casesOf, EXPECTATIONS, type Expectation } from '../cases/case-of-rule.ts';
import { runCases } from '../cases/run-cases.ts';
import { loadLexicons } from '../ingest/load-lexicons.ts';
import type { Style } from '../report/format.ts';
import { loadPacks } from '../rules/load-pack.ts';
import type { Rule, RulePack } from '../rules/pack.ts';
import { shippedPacks } from '../rules/pack-place.ts';
import { pad, printable, wrap } from '../wording/terminal-text.ts';
import { EXIT } from './exit.ts';
import type { TestFlags } from './flags.ts';
import { writeStdout } from './output.ts';
import { openProcessFolder } from './process-folder.ts';
import { styleFor, widthOf } from './terminal.ts';

/** A rule and what came of its cases. */
interface TestedRule {
  readonly rule: Rule;
  readonly outcomes: readonly CaseOutcome[];
  /** Lists of cases that are empty. */
  readonly missing: readonly Expectation[];
}

interface TestedPack {
  readonly pack: RulePack;
  readonly rules: readonly TestedRule[];
}

/**
 * Runs the cases of packs; of all shipped packs when none is named.
 *
 * @returns the exit status: failed when a case failed, or when there was none to run
 */
export async function testRules(names: readonly string[], { format, verbose }: TestFlags): Promise<number> {
  const packs = await loadPacks(names.length === 0 ? await shippedPacks() : names, process.cwd());
  const lexicons = await loadLexicons();
  const outcomes = await runCases(casesOf(packs), { lexicons, folder: await openProcessFolder() });
  const tested = packs.map((pack) => testedPack(pack, outcomes));
  await writeStdout(format === 'json' ? toJson(tested) : toText(tested, verbose === true));
  return outcomes.length > 0 && outcomes.every(({ passed }) => passed) ? EXIT.passed : EXIT.failed;
}

function testedPack(pack: RulePack, outcomes: readonly CaseOutcome[]): TestedPack {
  const ofPack = outcomes.filter((outcome) => outcome.pack === pack);
  return {
    pack,
    rules: pack.rules.map((rule) => ({
      rule,
      outcomes: ofPack.filter((outcome) => outcome.rule === rule),
      missing: EXPECTATIONS.filter((expect) => rule.cases[expect].length === 0),
    })),
  };
}

function toJson(tested: readonly TestedPack[]): string {
  const packs = tested.map(({ pack, rules }) => ({
    pack: pack.id,
    version: pack.version,
    path: pack.shown,
    digest: pack.digest,
    rules: rules.map(({ rule, outcomes, missing }) => ({
      rule: rule.id,
      kind: rule.kind,
      passed: outcomes.every(({ passed }) => passed),
      missing,
      cases: outcomes.map(({ expect, number, shown, passed, findings, instead }) => ({
        expect,
        number,
        ...(shown.name === undefined ? {} : { name: shown.name }),
        ...(shown.note === undefined ? {} : { note: shown.note }),
        passed,
        findings,
        ...(instead === undefined ? {} : { instead }),
      })),
    })),
  }));
  const passed = packs.every(({ rules }) => rules.every((rule) => rule.passed));
  return `${JSON.stringify({ passed, packs }, undefined, 2)}\n`;
}

function toText(tested: readonly TestedPack[], verbose: boolean): string {
  const style = styleFor(process.stdout);
  const width = Math.min(widthOf(process.stdout), 120);
  const blocks = tested.map(({ pack, rules }) => {
    const idWidth = Math.max(0, ...rules.map(({ rule }) => rule.id.length));
    const head = `${style.bold(printable(pack.id))} ${pack.version}  ${style.dim(printable(pack.shown))}`;
    return [head, ...rules.flatMap((rule) => ruleLines(rule, idWidth, { style, width, verbose }))].join('\n');
  });
  return `${[...blocks, summary(tested, style)].join('\n\n')}\n`;
}

interface TextOptions {
  readonly style: Style;
  readonly width: number;
  readonly verbose: boolean;
}

function ruleLines(
  { rule, outcomes, missing }: TestedRule,
  idWidth: number,
  { style, width, verbose }: TextOptions,
): readonly string[] {
  const parts = EXPECTATIONS.map((expect) => {
    const cases = outcomes.filter((outcome) => outcome.expect === expect);
    return missing.includes(expect)
      ? style.yellow(`no ${expect} case`)
      : `${expect} ${cases.filter(({ passed }) => passed).length}/${cases.length}`;
  });
  const isPassed = outcomes.every(({ passed }) => passed);
  const mark = !isPassed ? style.red('FAILED') : outcomes.length > 0 ? style.green('ok    ') : style.yellow('none  ');
  const shown = outcomes.filter(({ passed }) => verbose || !passed);
  const details = shown.flatMap(({ expect, number, shown: { name, note }, passed, instead }) => {
    const what = name === undefined ? (note ?? 'export') : `"${name}"${note === undefined ? '' : ` (${note})`}`;
    const end = what.endsWith('.') ? '' : '.';
    const text = `${passed ? 'ok' : 'failed'}: ${expect} ${number}, ${what}${end}${instead === undefined ? '' : ` ${instead}`}`;
    return wrap(printable(text), width - 8).map((line, index) => `${' '.repeat(index === 0 ? 4 : 8)}${line}`);
  });
  return [`  ${mark}  ${pad(printable(rule.id), idWidth)}  ${parts.join(', ')}`, ...details];
}

function summary(tested: readonly TestedPack[], style: Style): string {
  const rules = tested.flatMap((one) => one.rules);
  const outcomes = rules.flatMap((one) => one.outcomes);
  const failed = outcomes.filter(({ passed }) => !passed).length;
  const without = rules.filter(({ missing }) => missing.length > 0).length;
  const lines = [
    failed === 0
      ? `${outcomes.length} cases of ${rules.length} rules passed.`
      : style.red(`${failed} of ${outcomes.length} cases failed.`),
    ...(without === 0
      ? []
      : [
          style.yellow(
            `${without} rules lack a case on one side: nothing shows that they work, or that they keep still.`,
          ),
        ]),
  ];
  return lines.join('\n');
}
