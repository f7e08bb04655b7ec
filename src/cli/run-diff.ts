import { resolve } from 'node:path';
import { DIFF_FORMATS } from '../report/diff-formats.ts';
import { diffReports } from '../report/diff-reports.ts';
import { EXIT } from './exit.ts';
import type { DiffFlags } from './flags.ts';
import { checkOutputs, parseOutputs, writeTexts } from './output.ts';
import { readResults } from './read-results.ts';
import { refuseInputs } from './refuse-inputs.ts';

/** Runs `traitleak diff`; returns the exit status. */
export async function runDiff(before: string, now: string, { format, failOnNew, verbose }: DiffFlags): Promise<number> {
  const requests = parseOutputs(format ?? [], process.cwd(), Object.keys(DIFF_FORMATS));
  await checkOutputs(requests);
  await refuseInputs(
    requests,
    [before, now].map((path) => resolve(path)),
  );
  const diff = diffReports(await readResults(before), await readResults(now));
  await writeTexts(
    requests,
    { verbose: verbose === true },
    async (name, options) => DIFF_FORMATS[name]?.(diff, options) ?? [],
  );
  const isNew = diff.added.some(({ state }) => state === 'new');
  return failOnNew === true && isNew ? EXIT.failed : EXIT.passed;
}
