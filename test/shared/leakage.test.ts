import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { RowFile } from '../../src/engine/count-source.ts';
import { openDuckDbCountSource } from '../../src/engine/duckdb/duckdb-count-source.ts';
import { measureAssociations } from '../../src/evidence/associations.ts';
import type { MeasuredLeakage } from '../../src/evidence/leakage.ts';
import { examineLeakage } from '../../src/examine-leakage.ts';
import { PROJECT } from '../command-line.ts';
import { hasReference, readReference } from './reference-files.ts';

/** Naive Bayes AUC of another program on the same panels; see methods.md 1.14 and `attack-auc.json` beside the panels. */
interface ReferenceAuc {
  readonly trait: string;
  readonly value: string;
  readonly n: number;
  readonly positives: number;
  readonly auc_bernoulli_nb_cv5: number;
}

const PANELS = join(PROJECT, '..', 'shared', 'data', 'panels');

const measured = new Map<string, Promise<readonly MeasuredLeakage[]>>();

/** Attacks all values of some columns of a panel; every panel is read once. */
function leakageOf(panel: string, columns: readonly string[]): Promise<readonly MeasuredLeakage[]> {
  let leakage = measured.get(panel);
  if (leakage === undefined) {
    leakage = attackPanel(panel, columns);
    measured.set(panel, leakage);
  }
  return leakage;
}

async function attackPanel(panel: string, columns: readonly string[]): Promise<readonly MeasuredLeakage[]> {
  const file = (name: string): RowFile => {
    const [zipped] = [`${name}.csv.gz`].filter((path) => hasReference(`panels/${panel}/${path}`));
    const path = zipped ?? `${name}.csv`;
    const [header = ''] = readReference(`panels/${panel}/${path}`).split(/\r?\n/, 1);
    const names = header.split(',').map((cell) => cell.replaceAll('"', ''));
    return { path: join(PANELS, panel, path), shown: path, format: 'csv', delimiter: ',', columns: names };
  };
  const source = await openDuckDbCountSource({
    assignments: { files: [file('assignments')], userColumn: 'user_id', shape: { kind: 'long', column: 'segment_id' } },
    panel: {
      file: file('traits'),
      userColumn: 'user_id',
      traits: columns.map((column) => ({ kind: 'categorical', trait: column, column, unknownValues: [] })),
      probabilities: [],
      stratumColumns: [],
    },
  });
  try {
    const tables = await source.countTables();
    const associations = measureAssociations(tables, { protectedValues: new Map(), isWeighted: false });
    const { leakage } = await examineLeakage(source, {
      associations,
      flagged: new Map(),
      boundOf: () => undefined,
      parents: new Map(),
    });
    return leakage;
  } finally {
    await source.close();
  }
}

const PANELS_WITH_FILE: readonly (readonly [string, readonly string[]])[] = [
  ['admissions-1973', ['gender', 'department']],
  ['men-survey-2018', ['orientation', 'orientation_detail', 'race_2', 'ethnicity', 'education', 'age_band']],
  ['movielens-100k-noredist', ['gender', 'age_band', 'occupation']],
  ['recidivism-scores-2016', ['ethnicity', 'sex', 'age_band']],
];

describe.each(PANELS_WITH_FILE)('%s', (panel, columns) => {
  const file = `panels/${panel}/attack-auc.json`;

  test.skipIf(!hasReference(file))(
    'is attacked as well as by another program (needs ../shared)',
    async () => {
      const leakage = await leakageOf(panel, columns);
      const references = JSON.parse(readReference(file)) as ReferenceAuc[];
      const far: string[] = [];
      let compared = 0;
      let large = 0;
      for (const reference of references) {
        const row = leakage.find(({ trait, value }) => trait === reference.trait && value === reference.value);
        const estimate = row?.auc.estimate;
        if (estimate === undefined) continue;
        compared += 1;
        // The reference splits the users once, and otherwise, which moves the value of a small group by more than 0.02.
        const few = Math.min(reference.positives, reference.n - reference.positives);
        if (few >= 200) large += 1;
        const allowed = few >= 200 ? 0.02 : 0.04;
        const distance = Math.abs(estimate - reference.auc_bernoulli_nb_cv5);
        if (distance > allowed) far.push(`${reference.trait} = ${reference.value}: ${estimate}`);
      }

      console.log(`${panel}: ${compared} AUCs compared, ${large} of them with 200 or more users on both sides`);
      expect(far).toEqual([]);
      expect(compared).toBeGreaterThan(0);
    },
    120_000,
  );
});

/** The published figures have two or three places. */
const ROUNDING = 0.005;

/** Columns of the panels whose AUCs are published one by one. */
const COLUMNS: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(PANELS_WITH_FILE),
  'dating-profiles-2012': ['ethnicity', 'orientation'],
};

test.skipIf(!hasReference('panels/young-people-2013/traits.csv')).each([
  ['men-survey-2018', 'orientation_detail', ['Gay'], 0.954],
  ['young-people-2013', 'gender', ['male', 'female'], 0.946],
  ['movielens-100k-noredist', 'gender', ['female'], 0.681],
  ['voters-2020', 'ethnicity', ['Black'], 0.81],
  ['dating-profiles-2012', 'ethnicity', ['asian'], 0.87],
  ['dating-profiles-2012', 'ethnicity', ['indian'], 0.89],
  ['dating-profiles-2012', 'ethnicity', ['hispanic / latin'], 0.84],
  ['dating-profiles-2012', 'ethnicity', ['black'], 0.72],
  ['dating-profiles-2012', 'orientation', ['bisexual'], 0.8],
  ['dating-profiles-2012', 'orientation', ['gay'], 0.65],
] as const)(
  '%s: %s = %s has the published AUC (needs ../shared)',
  async (panel, column, values, expected) => {
    const leakage = await leakageOf(panel, COLUMNS[panel] ?? [column]);

    const row = leakage.find(({ value }) => (values as readonly string[]).includes(value));

    expect(Math.abs(Number(row?.auc.estimate) - expected)).toBeLessThan(0.02 + ROUNDING);
  },
  120_000,
);
