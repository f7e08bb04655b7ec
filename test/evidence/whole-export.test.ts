import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { type AuditedExport, auditPlanted } from '../../bench/audit-planted.mjs';
import { generator } from '../../bench/random.mjs';
import type { AuditReport } from '../../src/domain/report.ts';
import { audit, parseConfig } from '../../src/index.ts';
import { auditResults, PROJECT } from '../command-line.ts';
import { csv, inputFolder } from '../input-folder.ts';

const FIXTURE = join(PROJECT, 'fixtures', 'numbered');
const TIMEOUT = 120_000;

describe('the numbered fixture', () => {
  let report: AuditReport;
  beforeAll(async () => {
    report = await auditResults(FIXTURE);
  }, TIMEOUT);

  const rowOf = ({ leakage }: AuditReport) => leakage.find(({ value }) => value === 'lgbq');

  test('has a finding about the whole export, with figures and a way out', () => {
    const finding = report.findings.find(({ rule, value }) => rule === 'export-tells-special' && value === 'lgbq');

    expect(finding).toMatchObject({ segment: 'traitleak:export', severity: 'high', verdict: 'proxy' });
    expect(finding?.message).toMatch(/84 % of the time .* Dropping these 2 segments brings it below 60 %/);
  });

  test('leaks hardly anything without the flagged segments', () => {
    const row = rowOf(report);

    expect(Number(row?.auc.lower)).toBeGreaterThan(0.75);
    expect(Number(row?.residual?.auc.estimate)).toBeLessThan(0.6);
  });

  test(
    'leaks no more than the rule allows when it is audited again without the segments to drop',
    async () => {
      const removed = new Set(rowOf(report)?.removal.map(({ segment }) => segment));
      const read = (file: string): string => readFileSync(join(FIXTURE, file), 'utf8');
      const kept = read('assignments.csv')
        .split('\n')
        .filter((line) => !removed.has(line.split(',')[1] ?? ''));

      const again = await auditResults(
        inputFolder({ 'assignments.csv': kept.join('\n'), 'traits.csv': read('../named/traits.csv') }),
      );

      expect(removed.size).toBe(2);
      expect(Number(rowOf(again)?.auc.estimate)).toBeLessThan(0.6);
      expect(Number(rowOf(again)?.auc.estimate)).toBeCloseTo(Number(rowOf(report)?.removal.at(-1)?.auc.estimate), 2);
      expect(again.findings.filter(({ rule, value }) => rule === 'export-tells-special' && value === 'lgbq')).toEqual(
        [],
      );
    },
    TIMEOUT,
  );
});

describe('planted pairs', () => {
  let audited: AuditedExport;
  beforeAll(async () => {
    const segments = { 'no-signal': 20, direct: 10, weak: 4, 'country-only': 6, 'pair-only': 10 };
    audited = await auditPlanted({ seed: 103, users: 60_000, segments }, { audit, parseConfig });
  }, TIMEOUT);

  test('are found, and hardly any other pair is, though ten segments go with a trait by themselves', () => {
    const ids = audited.truth.filter(({ kind }) => kind === 'pair-only').map(({ segment }) => segment);
    const planted = ids.flatMap((id, index) => (index % 2 === 0 ? [`${id} ${ids[index + 1]}`] : []));
    const reported = audited.report.compositions.map(({ first, second }) => `${first} ${second}`);
    const right = reported.filter((pair) => planted.includes(pair));

    expect(planted).toHaveLength(5);
    expect(new Set(right).size).toBe(5);
    expect(right.length / reported.length).toBeGreaterThanOrEqual(0.8);
  });

  test('tell more than both segments multiplied', () => {
    const synergies = audited.report.compositions.map(({ synergy }) => Number(synergy.lower));

    expect(Math.min(...synergies)).toBeGreaterThan(1);
  });
});

test(
  'an export without any signal leaks nothing and has no combinations',
  async () => {
    const users = Array.from({ length: 1_200 }, (_, i) => i);
    const random = generator(104);
    const folder = inputFolder({
      'assignments.csv': csv(
        ['user_id', 'segment_id'],
        ...users.flatMap((i) =>
          Array.from({ length: 12 }, (_, s) => s).flatMap((s) => (random() < 0.2 ? [[`u${i}`, `s${s}`]] : [])),
        ),
      ),
      'traits.csv': csv(['user_id', 'religion'], ...users.map((i) => [`u${i}`, random() < 0.3 ? 'x' : 'y'])),
    });

    const { leakage, compositions, findings } = await auditResults(folder);

    expect(leakage).toHaveLength(1);
    expect(Number(leakage[0]?.auc.lower)).toBeLessThan(0.55);
    expect(leakage[0]?.removal).toEqual([]);
    expect(compositions).toEqual([]);
    expect(findings.filter(({ segment }) => segment === 'traitleak:export')).toEqual([]);
  },
  TIMEOUT,
);

test(
  'nothing about few people is shown, whatever the limit',
  async () => {
    const { leakage, compositions } = await auditResults(FIXTURE, '--min-cell', '250');
    const few = leakage.filter(({ value }) => value === 'lgbq');

    expect(few).toHaveLength(1);
    expect(few[0]).toMatchObject({
      suppressed: true,
      members: { withValue: null },
      aucByChance: { mean: null, upper: null },
      auc: { estimate: null, lower: null, upper: null },
      brier: null,
      precisionAtTop: [],
    });
    expect(leakage.some(({ suppressed }) => !suppressed)).toBe(true);
    expect(leakage.flatMap((row) => row.precisionAtTop.map(({ precision }) => precision))).not.toContain(1);
    expect(compositions.filter(({ members }) => members !== null && members < 250)).toEqual([]);
  },
  TIMEOUT,
);
