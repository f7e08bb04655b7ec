import { beforeAll, describe, expect, test } from 'vitest';
import { type AuditedExport, auditPlanted, judgePlanted, type PlantedCounts } from '../../bench/audit-planted.mjs';
import { audit, parseConfig } from '../../src/index.ts';

const SEGMENTS = { 'no-signal': 30, direct: 10, weak: 6, 'country-only': 9, 'pair-only': 10 };

describe.each([101, 102])('an export whose signals are known, seed %d', (seed) => {
  let audited: AuditedExport;
  let counts: PlantedCounts;
  beforeAll(async () => {
    audited = await auditPlanted({ seed, users: 16_000, segments: SEGMENTS }, { audit, parseConfig });
    counts = judgePlanted(audited);
  }, 60_000);

  test('at most one segment is flagged for a trait that it does not go with', () => {
    expect(counts.falseFlags).toBeLessThanOrEqual(1);
  });

  test('every signal above the ratio that the panel could detect is found', () => {
    expect(counts.strong).toBeGreaterThan(5);
    expect(counts.found).toBe(counts.strong);
  });

  test('segments that depend on the country alone are explained by it', () => {
    expect(counts.country).toBeGreaterThan(5);
    expect(counts.unexplained).toBe(0);
  });

  test('no planted signal is cleared', () => {
    const signals = audited.truth.filter(({ kind }) => kind === 'direct');
    const cleared = audited.report.associations.filter(
      (row) =>
        row.verdict === 'cleared' &&
        signals.some(({ segment, value }) => segment === row.segment && value === row.value),
    );

    expect(cleared).toEqual([]);
  });
});
