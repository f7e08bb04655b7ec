import { describe, expect, test } from 'vitest';
import { auc } from '../../src/statistics/auc.ts';
import { deLong } from '../../src/statistics/delong.ts';
import { mannWhitneyTest } from '../../src/statistics/mann-whitney.ts';
import { binScores } from '../../src/statistics/score-bins.ts';
import { distance, type ReferenceNumber, readVectors } from './reference-files.ts';

type Row = { id: string; label: number[]; score: number[] } & Record<string, ReferenceNumber>;

const vectors = readVectors<Row>('stat-vectors/auc.json');

describe.skipIf(vectors.length === 0)('reference scores and labels (needs ../shared)', () => {
  test.each(vectors.map((vector) => [vector.id, vector] as const))('%s: every column agrees to 1e-9', (_, vector) => {
    const bins = binScores(vector.label, vector.score);
    const interval = deLong(bins);
    const rank = mannWhitneyTest(bins);
    const actual = {
      auc: auc(bins),
      delong_var: interval?.variance,
      delong_lo: interval?.lower,
      delong_hi: interval?.upper,
      mann_whitney_p: rank?.pValue,
    };

    for (const [column, value] of Object.entries(actual)) {
      const expected = vector[column] ?? null;
      expect(distance(value, expected), `${column}: ${value} for ${expected}`).toBeLessThan(1e-9);
    }
    if (rank !== null) expect(distance(rank.u, vector.mann_whitney_u ?? null)).toBeLessThan(1e-9);
  });
});
