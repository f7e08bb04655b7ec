import { resolve } from 'node:path';
import { isFolder } from '../config/find-config.ts';
import type { AuditReport } from '../domain/report.ts';
import { AuditError } from '../errors.ts';
import type { Style } from '../report/format.ts';
import { type ValueDifference, valueDifferences } from '../report/value-differences.ts';
import { type ManifestCheck, runAgain, verifyManifest } from '../verify-results.ts';
import { formatCount } from '../wording/format-number.ts';
import { printable, truncate } from '../wording/terminal-text.ts';
import { EXIT } from './exit.ts';
import { writeStdout } from './output.ts';
import { openProcessFolder } from './process-folder.ts';
import { readResults } from './read-results.ts';
import { sourceRoot } from './source-root.ts';
import { linesFor, styleFor } from './terminal.ts';

const DIFFERENCES_SHOWN = 20;
const LONGEST_VALUE = 60;

/** Runs `traitleak verify`; returns the exit status: 1 when anything is not what it was. */
export async function runVerify(path: string, { rerun, root }: { rerun?: boolean; root?: string }): Promise<number> {
  const report = await readResults(path);
  const from = root === undefined ? await sourceRoot(process.cwd()) : resolve(root);
  if (!(await isFolder(from))) throw new AuditError('E_USAGE', `--root ${root}: there is no such folder.`);
  const style = styleFor(process.stdout);
  const checks = await verifyManifest(report, from);
  const isSame = checks.every(({ state }) => state === 'ok');
  await writeStdout(`${[...checkLines(checks, style), ...(isSame ? [] : mismatchLines(checks, style))].join('\n')}\n`);
  if (rerun !== true || !isSame) {
    if (rerun === true) await writeStdout('Not run again: the files are not those of the results.\n');
    return isSame ? EXIT.passed : EXIT.failed;
  }
  const differences = valueDifferences(
    comparable(report),
    comparable(await runAgain(report, { root: from, temporaryDirectory: openProcessFolder })),
  );
  await writeStdout(`${differenceLines(differences, style).join('\n')}\n`);
  return differences.length === 0 ? EXIT.passed : EXIT.failed;
}

/** A report as JSON would hold it, without the version of Node.js, on which no result depends. */
function comparable(report: AuditReport): unknown {
  const { manifest, ...rest } = report;
  return JSON.parse(JSON.stringify({ ...rest, manifest: { ...manifest, node: '' } }));
}

function checkLines(checks: readonly ManifestCheck[], style: Style): readonly string[] {
  const paint = { ok: style.green, changed: style.red, missing: style.red };
  const lexicons = checks.filter(({ what, state }) => what === 'lexicon' && state === 'ok');
  const listed = checks.filter((check) => !lexicons.includes(check));
  const lines = listed.flatMap(({ what, path, state }) =>
    linesFor(process.stdout, `${paint[state](state.padEnd(8))} `, `${what} ${printable(path)}`),
  );
  return lexicons.length === 0 ? lines : [...lines, `${style.green('ok'.padEnd(8))} ${lexicons.length} lexicons`];
}

function mismatchLines(checks: readonly ManifestCheck[], style: Style): readonly string[] {
  const count = (state: ManifestCheck['state']): string =>
    formatCount(checks.filter((check) => check.state === state).length);
  return [
    '',
    style.bold(`These are not the files of the results: ${count('changed')} changed, ${count('missing')} missing.`),
  ];
}

function differenceLines(differences: readonly ValueDifference[], style: Style): readonly string[] {
  if (differences.length === 0) return ['', style.bold('Run again, the audit gives the same report.')];
  const shown = differences
    .slice(0, DIFFERENCES_SHOWN)
    .flatMap(({ path, before, now }) =>
      linesFor(process.stdout, '  ', `${printable(path)}: ${valueText(before)}, now ${valueText(now)}`),
    );
  const left = differences.length - DIFFERENCES_SHOWN;
  return [
    '',
    style.bold(`Run again, the audit gives another report: ${formatCount(differences.length)} differences.`),
    ...shown,
    ...(left > 0 ? [`  … and ${formatCount(left)} more`] : []),
  ];
}

function valueText(value: unknown): string {
  return value === undefined ? 'not there' : truncate(printable(JSON.stringify(value)), LONGEST_VALUE);
}
