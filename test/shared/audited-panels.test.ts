import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Association, IntervalEstimate } from '../../src/domain/association.ts';
import type { AuditReport } from '../../src/domain/report.ts';
import { auditResults, PROJECT } from '../command-line.ts';
import { inputFolder } from '../input-folder.ts';
import { readRecords } from './reference-files.ts';

/** The real panels beside the project: whole audits, compared with what another program or a plain loop makes of the same files. */
const PANELS = join(PROJECT, '..', 'shared', 'data', 'panels');

interface PanelCase {
  readonly name: string;
  readonly assignments: string;
  readonly traits: string;
  /** Trait columns; each is audited under its own name. */
  readonly columns: readonly string[];
  readonly reference?: string;
}

const CASES: readonly PanelCase[] = [
  {
    name: 'admissions-1973',
    assignments: 'assignments.csv',
    traits: 'traits.csv',
    columns: ['gender', 'department'],
    reference: 'reference.csv.gz',
  },
  {
    name: 'men-survey-2018',
    assignments: 'assignments.csv',
    traits: 'traits.csv',
    columns: ['orientation', 'orientation_detail', 'race_2', 'ethnicity', 'education', 'age_band'],
    reference: 'reference.csv.gz',
  },
  {
    name: 'movielens-100k-noredist',
    assignments: 'assignments.csv',
    traits: 'traits.csv',
    columns: ['gender', 'age_band', 'occupation'],
    reference: 'reference.csv.gz',
  },
  {
    name: 'recidivism-scores-2016',
    assignments: 'assignments.csv',
    traits: 'traits.csv',
    columns: ['ethnicity', 'sex', 'age_band'],
    reference: 'reference.csv.gz',
  },
  {
    name: 'voters-2020',
    assignments: 'assignments.csv.gz',
    traits: 'traits.csv',
    columns: ['ethnicity', 'gender', 'age_band', 'education'],
  },
  {
    name: 'young-people-2013',
    assignments: 'assignments.csv',
    traits: 'traits.csv',
    columns: ['gender', 'age_band', 'education', 'handedness', 'only_child', 'home'],
  },
  {
    name: 'dating-profiles-2012',
    assignments: 'assignments.csv.gz',
    traits: 'traits.csv.gz',
    columns: ['orientation', 'ethnicity', 'religion', 'sex', 'age_band'],
  },
  {
    name: 'planted-signals',
    assignments: 'assignments.csv.gz',
    traits: 'traits.csv.gz',
    columns: ['ethnicity', 'orientation'],
  },
];

const audits = new Map<string, Promise<AuditReport>>();

/** Audits a panel with the smallest config that names its columns: no strata, no weights, every count shown. */
function audited({ name, assignments, traits, columns }: PanelCase): Promise<AuditReport> {
  const folder = join(PANELS, name);
  const config = {
    definitions: join(folder, 'definitions.csv'),
    assignments: { files: join(folder, assignments), user: 'user_id', segment: 'segment_id' },
    traits: {
      file: join(folder, traits),
      user: 'user_id',
      strata: [],
      columns: Object.fromEntries(columns.map((column) => [column, { trait: column, unknown: [] }])),
    },
    minCell: 0,
    failOn: 'never',
  };
  let audit = audits.get(name);
  if (audit === undefined) {
    audit = auditResults(inputFolder({ 'traitleak.json': JSON.stringify(config) }));
    audits.set(name, audit);
  }
  return audit;
}

const keyOf = (segment: string, trait: string, value: string): string => JSON.stringify([segment, trait, value]);
const byKey = ({ associations }: AuditReport): Map<string, Association> =>
  new Map(associations.map((row) => [keyOf(row.segment, row.trait, row.value), row]));
const numberOf = (value: number | string | null | undefined): number =>
  value === null || value === undefined ? Number.NaN : Number(value);

/** Distance of a figure from its reference, relative to the larger; the reference has twelve significant digits. */
function distance(figure: number | string | null | undefined, text: string): number {
  const [actual, expected] = [numberOf(figure), Number(text)];
  if (text === '') return 0;
  if (actual === expected) return 0;
  return Math.abs(actual - expected) / Math.max(Math.abs(expected), 1e-3);
}

describe.each(CASES)('$name', (panel) => {
  const isThere = existsSync(join(PANELS, panel.name, 'definitions.csv'));

  test.skipIf(!isThere)('has the counts that a plain loop over its rows gives (needs ../shared)', async () => {
    const audit = byKey(await audited(panel));
    const segments = new Map<string, Set<string>>();
    for (const { user_id = '', segment_id = '' } of readRecords(`panels/${panel.name}/${panel.assignments}`)) {
      segments.set(segment_id, (segments.get(segment_id) ?? new Set()).add(user_id));
    }
    const users = readRecords(`panels/${panel.name}/${panel.traits}`);
    const wrong: string[] = [];
    let compared = 0;
    for (const trait of panel.columns) {
      const known = new Map(users.flatMap((user) => (user[trait] ? [[user.user_id!, user[trait]] as const] : [])));
      const totals = new Map<string, number>();
      for (const value of known.values()) totals.set(value, (totals.get(value) ?? 0) + 1);
      for (const [segment, members] of segments) {
        const inside = new Map<string, number>();
        for (const user of members) {
          const value = known.get(user);
          if (value !== undefined) inside.set(value, (inside.get(value) ?? 0) + 1);
        }
        const size = [...inside.values()].reduce((sum, count) => sum + count, 0);
        for (const [value, total] of totals) {
          const a = inside.get(value) ?? 0;
          const counts = {
            inValue: a,
            inOther: size - a,
            outValue: total - a,
            outOther: known.size - size - total + a,
          };
          const row = audit.get(keyOf(segment, trait, value));
          compared += 1;
          if (JSON.stringify(row?.counts) !== JSON.stringify(counts)) wrong.push(`${segment} ${trait} ${value}`);
        }
      }
    }

    expect(wrong).toEqual([]);
    expect(compared).toBe(audit.size);
    console.log(`${panel.name}: ${compared} tables equal`);
  });

  test.skipIf(!isThere)(
    'has the q-values that Benjamini and Hochberg give for its p-values (needs ../shared)',
    async () => {
      const { associations } = await audited(panel);
      const values = new Map<string, Set<string>>();
      for (const { trait, value } of associations) values.set(trait, (values.get(trait) ?? new Set()).add(value));
      const isCounted = ({ trait, value }: Association): boolean => {
        const all = [...values.get(trait)!].sort();
        return all.length !== 2 || value === all[0];
      };
      // Tests that no count could have made significant have no q-value: they do not count.
      const tested = associations.filter((row) => row.pValue !== null && row.qValue !== null && isCounted(row));
      const q = new Map<Association, number>();
      let smallest = 1;
      for (const [rank, row] of [...[...tested].sort((x, y) => x.pValue! - y.pValue!).entries()].reverse()) {
        smallest = Math.min(smallest, (row.pValue! * tested.length) / (rank + 1));
        q.set(row, smallest);
      }

      const worst = Math.max(
        ...tested.map((row) => Math.abs(row.qValue! - q.get(row)!) / Math.max(q.get(row)!, 1e-300)),
      );
      expect(tested.length).toBeGreaterThan(0);
      expect(worst).toBeLessThan(1e-9);
    },
  );

  test.skipIf(!isThere || panel.reference === undefined)(
    'has the effects of the reference program (needs ../shared)',
    async () => {
      const audit = byKey(await audited(panel));
      const reference = readRecords(`panels/${panel.name}/${panel.reference}`);
      const worst = new Map<string, { off: number; where: string }>();
      const compare = (what: string, figure: number | string | null | undefined, text: string, where: string): void => {
        const off = distance(figure, text);
        if (!(off <= (worst.get(what)?.off ?? -1))) worst.set(what, { off, where: `${where}: ${figure} for ${text}` });
      };
      for (const row of reference) {
        const where = `${row.segment_id} ${row.trait} = ${row.value}`;
        const found = audit.get(keyOf(row.segment_id!, row.trait!, row.value!));
        const estimate = (what: string, effect: IntervalEstimate | undefined, column: string): void =>
          compare(what, effect?.estimate, row[column]!, where);
        const { inValue, inOther, outValue, outOther } = found?.counts ?? {};
        expect([where, inValue, inOther, outValue, outOther]).toEqual([
          where,
          ...[row.a, row.b, row.c, row.d].map(Number),
        ]);
        estimate('share inside', found?.shareInside, 'p_in');
        estimate('share outside', found?.shareOutside, 'p_out');
        estimate('difference', found?.riskDifference, 'rd');
        estimate('representation ratio', found?.representationRatio, 'rep_ratio');
        estimate('odds ratio', found?.oddsRatio, 'odds_ratio');
        compare('lift', found?.lift, row.lift!, where);
        compare('difference, lower limit', found?.riskDifference.lower, row.rd_newcombe_lo!, where);
        compare('difference, upper limit', found?.riskDifference.upper, row.rd_newcombe_hi!, where);
      }

      const off = Object.fromEntries([...worst].map(([what, { off, where }]) => [what, off < 1e-9 ? 'equal' : where]));
      expect(off).toEqual(Object.fromEntries([...worst.keys()].map((what) => [what, 'equal'])));
      console.log(`${panel.name}: effects of ${reference.length} rows equal`);
    },
  );
});

describe('planted signals', () => {
  const truth = readRecords('panels/planted-signals/truth.csv');

  test.skipIf(truth.length === 0)('are all found, and hardly anything else is (needs ../shared)', async () => {
    const folder = join(PANELS, 'planted-signals');
    const config = {
      definitions: join(folder, 'definitions.csv'),
      assignments: join(folder, 'assignments.csv.gz'),
      traits: {
        file: join(folder, 'traits.csv.gz'),
        strata: [],
        columns: { ethnicity: 'ethnicity_race', orientation: 'sexual_orientation' },
      },
    };
    const { findings } = await auditResults(inputFolder({ 'traitleak.json': JSON.stringify(config) }));
    const flagged = new Set(
      findings.filter(({ verdict }) => verdict === 'proxy').map(({ segment, trait }) => `${segment} ${trait}`),
    );
    const isFlagged = (segment: string, trait?: string): boolean =>
      [...flagged].some((item) => item.startsWith(`${segment} ${trait ?? ''}`));
    const idsOf = (kind: string): string[] => truth.filter((row) => row.kind === kind).map((row) => row.segment_id!);

    const direct = [
      ...idsOf('direct-ethnicity').map((segment) => ({ segment, trait: 'ethnicity_race' })),
      ...idsOf('direct-orientation').map((segment) => ({ segment, trait: 'sexual_orientation' })),
    ];
    const missed = direct.filter(({ segment, trait }) => !isFlagged(segment, trait));
    const falseAlarms = idsOf('no-signal').filter((segment) => isFlagged(segment));
    const found = direct.length - missed.length;

    console.log(
      `planted signals: recall ${found} of ${direct.length}; ${falseAlarms.length} of ${idsOf('no-signal').length} segments without a signal flagged ` +
        `(precision ${((100 * found) / (found + falseAlarms.length)).toFixed(1)} %); flagged of weak-orientation ` +
        `${idsOf('weak-orientation').filter((segment) => isFlagged(segment)).length}, confounded-by-country ` +
        `${idsOf('confounded-by-country').filter((segment) => isFlagged(segment)).length}, pair-only ${idsOf('pair-only').filter((segment) => isFlagged(segment)).length}`,
    );
    expect(missed).toEqual([]);
    expect(falseAlarms.length).toBeLessThanOrEqual(1);
  });
});
