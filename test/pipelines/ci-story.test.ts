import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type RunResult, traitleak } from '../command-line.ts';
import { csv, inputFolder, writeFiles } from '../input-folder.ts';

const HEADER = ['segment_id', 'name'];
const CLEAN = [HEADER, ['c1', 'Jazz lovers'], ['c2', 'Weekend cyclists']];
const WITH_BAD = [...CLEAN, ['c3', 'Homosexual users']];
const WITH_TWO = [...WITH_BAD, ['c4', 'Muslims']];

const DAY = { first: '2026-03-01', last: '2026-03-31', after: '2026-04-01' } as const;

/** A release: the definitions of the day, audited as the pipeline does it. */
async function release(
  folder: string,
  rows: readonly (readonly string[])[],
  day: string,
  ...flags: string[]
): Promise<RunResult> {
  writeFiles(folder, { 'segments.csv': csv(...rows) });
  return traitleak(['audit', '-q', '-f', 'github', '-f', 'json=results.json', ...flags], {
    cwd: folder,
    env: { SOURCE_DATE_EPOCH: String(Date.parse(`${day}T12:00:00Z`) / 1000) },
  });
}

const annotations = ({ stdout }: RunResult): readonly string[] =>
  stdout.split('\n').filter((line) => line.startsWith('::error'));

test('a pipeline lives with the gate: clean, bad, waived, expired, baseline, and a wrong config', async () => {
  const folder = inputFolder({ 'traitleak.yaml': 'definitions: segments.csv\n' });
  const results = (): {
    findings: { fingerprint: string; segment: string; state: string }[];
    gate: { failing: number };
  } => JSON.parse(readFileSync(join(folder, 'results.json'), 'utf8'));

  // A clean export passes.
  const clean = await release(folder, CLEAN, DAY.first);
  expect([clean.exitCode, annotations(clean)]).toEqual([0, []]);

  // A segment that names a trait fails, with an annotation on its line.
  const bad = await release(folder, WITH_BAD, DAY.first);
  expect(bad.exitCode).toBe(1);
  expect(annotations(bad)).toHaveLength(1);
  expect(annotations(bad)[0]).toMatch(/^::error file=segments\.csv,line=4,/);

  // Somebody accepts it: it passes and is shown as waived, in every output.
  const { fingerprint } = results().findings.find(({ segment }) => segment === 'c3')!;
  const waived = await traitleak(
    [
      'waive',
      fingerprint,
      '--from',
      'results.json',
      '--reason',
      'Wound down',
      '--owner',
      'Data team',
      '--expires',
      DAY.last,
    ],
    { cwd: folder },
  );
  expect(waived.exitCode).toBe(0);
  const accepted = await release(
    folder,
    WITH_BAD,
    DAY.last,
    '--waivers',
    'traitleak-waivers.yaml',
    '-f',
    'text=report.txt',
  );
  expect([accepted.exitCode, annotations(accepted)]).toEqual([0, []]);
  expect(accepted.stdout).toContain('waived');
  expect(readFileSync(join(folder, 'report.txt'), 'utf8')).toContain('Wound down');
  expect(results().findings.map(({ state }) => state)).toEqual(['waived']);

  // The day after its last day it fails again, and the report says that the waiver has expired.
  const expired = await release(
    folder,
    WITH_BAD,
    DAY.after,
    '--waivers',
    'traitleak-waivers.yaml',
    '-f',
    'text=report.txt',
  );
  expect(expired.exitCode).toBe(1);
  expect(annotations(expired)).toHaveLength(1);
  expect(readFileSync(join(folder, 'report.txt'), 'utf8')).toMatch(/expired/);

  // The baseline lets what is there pass, and stops what is new.
  expect((await traitleak(['baseline', 'results.json'], { cwd: folder })).exitCode).toBe(0);
  const old = await release(folder, WITH_BAD, DAY.after, '--baseline', 'traitleak-baseline.json');
  expect([old.exitCode, annotations(old)]).toEqual([0, []]);
  const fresh = await release(folder, WITH_TWO, DAY.after, '--baseline', 'traitleak-baseline.json');
  expect(fresh.exitCode).toBe(1);
  expect(annotations(fresh).map((line) => /line=(\d+)/.exec(line)?.[1])).toEqual(['5']);
  expect(
    results()
      .findings.map(({ segment, state }) => [segment, state])
      .sort(),
  ).toEqual([
    ['c3', 'baseline'],
    ['c4', 'new'],
  ]);

  // A wrong config is no answer: status 2, and nothing is written.
  writeFiles(folder, { 'traitleak.yaml': 'definitions: segments.csv\nfail_on: high\n' });
  const wrong = await traitleak(['audit', '-f', 'json=other.json', '-f', 'text=other.txt'], { cwd: folder });
  expect(wrong.exitCode).toBe(2);
  expect(wrong.stderr).toContain('traitleak.yaml:2:1');
  expect(existsSync(join(folder, 'other.json')) || existsSync(join(folder, 'other.txt'))).toBe(false);
});
