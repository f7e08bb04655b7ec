import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { auditResults, PROJECT } from '../command-line.ts';
import { inputFolder } from '../input-folder.ts';
import { readRecords } from './reference-files.ts';

const FOLDER = join(PROJECT, '..', 'shared', 'data', 'panels', 'planted-signals');

test.skipIf(!existsSync(FOLDER))(
  'all planted pairs are found, and nothing else (needs ../shared)',
  async () => {
    const config = {
      definitions: join(FOLDER, 'definitions.csv'),
      assignments: join(FOLDER, 'assignments.csv.gz'),
      traits: {
        file: join(FOLDER, 'traits.csv.gz'),
        strata: [],
        columns: { ethnicity: 'ethnicity_race', orientation: 'sexual_orientation' },
      },
    };
    const { compositions, findings, summary } = await auditResults(
      inputFolder({ 'traitleak.json': JSON.stringify(config) }),
    );
    const planted = new Set(
      readRecords('panels/planted-signals/truth.csv')
        .filter(({ kind }) => kind === 'pair-only')
        .map(({ segment_id = '', strength = '' }) => [segment_id, strength.replace('partner=', '')].sort().join(' ')),
    );

    const reported = compositions.map(({ first, second }) => [first, second].sort().join(' '));
    const right = reported.filter((pair) => planted.has(pair));
    console.log(
      `planted pairs: ${new Set(right).size} of ${planted.size} found, ${right.length} of ${reported.length} reported are planted; ` +
        `${summary.compositions?.candidates} tests on ${summary.compositions?.pairs} pairs`,
    );

    expect(planted.size).toBe(12);
    expect(new Set(right).size).toBe(12);
    expect(right.length / reported.length).toBeGreaterThanOrEqual(0.9);
    expect(findings.filter(({ rule }) => rule === 'combination-special')).toHaveLength(12);
  },
  120_000,
);
