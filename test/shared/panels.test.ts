import { describe, expect, test } from 'vitest';
import { cochranMantelHaenszelTest } from '../../src/statistics/cochran-mantel-haenszel.ts';
import { kishEffectiveSize } from '../../src/statistics/kish.ts';
import { mantelHaenszelOddsRatio } from '../../src/statistics/mantel-haenszel.ts';
import { raoScottTestOfTable } from '../../src/statistics/rao-scott.ts';
import { compareWithStrata } from '../../src/statistics/simpson.ts';
import { marginalTable } from '../../src/statistics/stratum.ts';
import type { TwoByTwo } from '../../src/statistics/two-by-two.ts';
import { addCells, EMPTY_CELL, weightedCell } from '../../src/statistics/weighted-cell.ts';
import { weightedShare } from '../../src/statistics/weighted-share.ts';
import { distance, readRecords } from './reference-files.ts';

type Record_ = Record<string, string>;

function membersBySegment(assignments: Record_[]): Map<string, Set<string>> {
  const segments = new Map<string, Set<string>>();
  for (const { user_id: user = '', segment_id: segment = '' } of assignments) {
    segments.set(segment, (segments.get(segment) ?? new Set()).add(user));
  }
  return segments;
}

const none = new Set<string>();

const survey = {
  traits: readRecords('panels/men-survey-2018/traits.csv'),
  segments: membersBySegment(readRecords('panels/men-survey-2018/assignments.csv')),
  reference: readRecords('panels/men-survey-2018/weighted-reference.csv'),
};

describe.skipIf(survey.traits.length === 0)('a weighted survey (needs ../shared)', () => {
  test('weighted shares, standard errors, effective sizes and Rao-Scott tests agree with the reference program', () => {
    let worst = { off: 0, what: '' };
    for (const row of survey.reference) {
      const members = survey.segments.get(row.segment_id!) ?? none;
      const panel = survey.traits.filter((user) => user[row.trait!] !== '' && user.weight !== '');
      const cell = (inside: boolean, withValue: boolean) =>
        weightedCell(
          panel
            .filter((u) => members.has(u.user_id!) === inside && (u[row.trait!] === row.value) === withValue)
            .map((u) => Number(u.weight)),
        );
      const table = {
        inValue: cell(true, true),
        inOther: cell(true, false),
        outValue: cell(false, true),
        outOther: cell(false, false),
      };
      const inside = weightedShare(table.inValue, table.inOther, panel.length);
      const outside = weightedShare(table.outValue, table.outOther, panel.length);
      const all = weightedShare(
        addCells(table.inValue, table.outValue),
        addCells(table.inOther, table.outOther),
        panel.length,
      );
      const test = raoScottTestOfTable(table);
      const actual: Record<string, number | null | undefined> = {
        n_in: inside?.n,
        weighted_p_in: inside?.estimate,
        weighted_p_in_se: inside?.standardError,
        weighted_p_out: outside?.estimate,
        weighted_p_out_se: outside?.standardError,
        weighted_p_all: all?.estimate,
        weighted_p_all_se: all?.standardError,
        kish_n_eff_in: kishEffectiveSize(addCells(table.inValue, table.inOther)),
        rao_scott_f: test?.f,
        rao_scott_p: test?.pValue,
      };
      for (const [column, value] of Object.entries(actual)) {
        const text = row[column]!;
        if (text === '' || text === 'NA') continue;
        const off = Math.abs((value ?? Number.NaN) - Number(text)) / Math.max(Math.abs(Number(text)), 1e-12);
        if (!(off <= worst.off))
          worst = { off, what: `${row.trait} ${row.value} ${row.segment_id} ${column}: ${value} for ${text}` };
      }
    }

    // The reference file has ten significant digits; p-values near 0 amplify the rounding.
    expect(worst.off, worst.what).toBeLessThan(1e-8);
    expect(survey.reference.length).toBeGreaterThan(500);
  });
});

const planted = {
  traits: readRecords('panels/planted-signals/traits.csv.gz'),
  segments: membersBySegment(readRecords('panels/planted-signals/assignments.csv.gz')),
  reference: readRecords('panels/planted-signals/reference.csv'),
};

describe.skipIf(planted.traits.length === 0)('planted signals by country (needs ../shared)', () => {
  test('Mantel-Haenszel tests and odds ratios agree with the reference program', () => {
    let worst = { off: 0, what: '' };
    for (const row of planted.reference) {
      const strata = new Map<string, { a: number; b: number; c: number; d: number }>();
      const members = planted.segments.get(row.segment_id!) ?? none;
      for (const user of planted.traits) {
        if (user[row.trait!] === '' || user.country === '') continue;
        const counts = strata.get(user.country!) ?? { a: 0, b: 0, c: 0, d: 0 };
        const hasValue = user[row.trait!] === row.value;
        if (members.has(user.user_id!)) counts[hasValue ? 'a' : 'b'] += 1;
        else counts[hasValue ? 'c' : 'd'] += 1;
        strata.set(user.country!, counts);
      }
      const tables: TwoByTwo[] = [...strata.values()];
      const { a, b, c, d } = marginalTable(tables);
      const oddsRatio = mantelHaenszelOddsRatio(tables);
      const cmh = cochranMantelHaenszelTest(tables);
      const actual: Record<string, number | null | undefined> = {
        a,
        b,
        c,
        d,
        or_marginal: (a * d) / (b * c),
        cmh_country: cmh?.statistic,
        cmh_country_p: cmh?.pValue,
        or_mh_country: oddsRatio.estimate,
        or_mh_lo: oddsRatio.lower,
        or_mh_hi: oddsRatio.upper,
      };
      for (const [column, value] of Object.entries(actual)) {
        // Empty where the reference program gave no interval.
        if (row[column] === '') continue;
        const off =
          Math.abs((value ?? Number.NaN) - Number(row[column])) / Math.max(Math.abs(Number(row[column])), 1e-300);
        if (!(off <= worst.off))
          worst = { off, what: `${row.segment_id} ${row.value} ${column}: ${value} for ${row[column]}` };
      }
    }

    expect(worst.off, worst.what).toBeLessThan(1e-8);
  });
});

const admissions = {
  traits: readRecords('panels/admissions-1973/traits.csv'),
  segments: membersBySegment(readRecords('panels/admissions-1973/assignments.csv')),
};

describe.skipIf(admissions.traits.length === 0)('admissions by department (needs ../shared)', () => {
  test('the marginal association of gender and admission is called out as not holding inside departments', () => {
    const admitted = admissions.segments.get('admitted') ?? none;
    const departments = [...new Set(admissions.traits.map((user) => user.department!))];
    const tables = departments.map((department) => {
      const applicants = admissions.traits.filter((user) => user.department === department);
      const count = (isIn: boolean, isMale: boolean) =>
        applicants.filter((u) => admitted.has(u.user_id!) === isIn && (u.gender === 'male') === isMale).length;
      return { a: count(true, true), b: count(true, false), c: count(false, true), d: count(false, false) };
    });

    const comparison = compareWithStrata(tables);

    expect(comparison.marginal.estimate).toBeCloseTo(1.84, 2);
    expect(comparison.conditional.estimate).toBeLessThan(1);
    expect(comparison.kind).toBe('explained');
    expect(comparison.estimatesReversed).toBe(true);
  });
});

const voters = {
  traits: readRecords('panels/voters-2020/traits.csv'),
  segments: membersBySegment(readRecords('panels/voters-2020/assignments.csv.gz')),
};

describe.skipIf(voters.traits.length === 0)('a poll with post-stratification weights (needs ../shared)', () => {
  test('weighted shares and their errors equal the sum over members of the linearised values', () => {
    const trait = 'ethnicity';
    const panel = voters.traits.filter((user) => user[trait] !== '');
    let checked = 0;
    for (const members of voters.segments.values()) {
      for (const value of ['Black', 'Hispanic', 'White']) {
        const inside = panel.filter((user) => members.has(user.user_id!));
        const weights = (withValue: boolean) =>
          inside.filter((u) => (u[trait] === value) === withValue).map((u) => Number(u.weight));
        const share = weightedShare(weightedCell(weights(true)), weightedCell(weights(false)), panel.length);
        const total = inside.reduce((sum, u) => sum + Number(u.weight), 0);
        const mean = inside.reduce((sum, u) => sum + (u[trait] === value ? Number(u.weight) : 0), 0) / total;
        const z = inside.map((u) => (Number(u.weight) * ((u[trait] === value ? 1 : 0) - mean)) / total);
        const squares = z.reduce((sum, x) => sum + x * x, 0);
        expect(distance(share?.estimate, mean)).toBeLessThan(1e-12);
        expect(distance(share?.standardError, Math.sqrt((squares * panel.length) / (panel.length - 1)))).toBeLessThan(
          1e-10,
        );
        checked += 1;
      }
    }

    expect(checked).toBeGreaterThan(200);
    expect(EMPTY_CELL.n).toBe(0);
  });
});
