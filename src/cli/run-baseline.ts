import { resolve } from 'node:path';
import { jsonPieces } from '../documents/json-pieces.ts';
import { baselineEntries } from '../domain/baseline.ts';
import { formatCount } from '../wording/format-number.ts';
import { checkOutputs, writeStdout } from './output.ts';
import { readResults } from './read-results.ts';
import { refuseInputs } from './refuse-inputs.ts';
import { writeAtomically } from './stage-files.ts';
import { writeNote } from './write-note.ts';

/** Runs `traitleak baseline`. The same findings give the same bytes: there is no time in it. */
export async function runBaseline(resultsPath: string, output: string): Promise<void> {
  const { findings, segments } = await readResults(resultsPath, ['findings', 'segments']);
  const entries = baselineEntries(findings, segments);
  const text = jsonPieces({ baselineVersion: '1.0', findings: entries });
  if (output === '-') {
    await writeStdout(text);
    return;
  }
  const path = resolve(output);
  const requests = [{ format: 'json', path }];
  await checkOutputs(requests);
  await refuseInputs(requests, [resolve(resultsPath)]);
  await writeAtomically(path, text);
  const waived = findings.length - entries.length;
  const left = waived === 0 ? '' : `; ${formatCount(waived)} waived ones were left out`;
  writeNote(`${output}: ${formatCount(entries.length)} findings${left}`);
}
