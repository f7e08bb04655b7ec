import { describe, expect, test } from 'vitest';
import { kishDesignEffect, kishEffectiveSize } from '../../src/statistics/kish.ts';
import { softCell, softClassEstimate } from '../../src/statistics/soft-class.ts';
import { addCells, weightedCell } from '../../src/statistics/weighted-cell.ts';
import { weightedShare } from '../../src/statistics/weighted-share.ts';
import { distance, type ReferenceNumber, readVectors } from './reference-files.ts';

type Row = {
  id: string;
  weight: number[];
  trait: number[];
  segment: number[];
  trait_probability: number[];
} & Record<string, ReferenceNumber>;

const vectors = readVectors<Row>('stat-vectors/weighted.json');

describe.skipIf(vectors.length === 0)('reference panels with weights (needs ../shared)', () => {
  test.each(vectors.map((vector) => [vector.id, vector] as const))('%s: every column agrees to 1e-9', (_, vector) => {
    const n = vector.weight.length;
    const members = vector.weight.map((weight, index) => ({
      weight,
      trait: vector.trait[index]!,
      segment: vector.segment[index]!,
      p: vector.trait_probability[index]!,
    }));
    const cell = (segment: number, trait: number) =>
      weightedCell(members.filter((m) => m.segment === segment && m.trait === trait).map((m) => m.weight));
    const panel = weightedCell(vector.weight);
    const inside = weightedShare(cell(1, 1), cell(1, 0), n);
    const outside = weightedShare(cell(0, 1), cell(0, 0), n);
    const all = weightedShare(addCells(cell(1, 1), cell(0, 1)), addCells(cell(1, 0), cell(0, 0)), n);
    const side = (segment: number, p: (value: number) => number) =>
      softCell(members.filter((m) => m.segment === segment).map((m) => p(m.p)));
    const soft = softClassEstimate(
      side(1, (p) => p),
      side(0, (p) => p),
    );
    const threshold = softClassEstimate(
      side(1, (p) => (p >= 0.5 ? 1 : 0)),
      side(0, (p) => (p >= 0.5 ? 1 : 0)),
    );
    const actual = {
      kish_n_eff: kishEffectiveSize(panel),
      kish_deff: kishDesignEffect(panel),
      weighted_p_in: inside?.estimate,
      weighted_p_in_se: inside?.standardError,
      weighted_p_out: outside?.estimate,
      weighted_p_out_se: outside?.standardError,
      weighted_p_all: all?.estimate,
      weighted_p_all_se: all?.standardError,
      soft_rate_segment_given_trait: soft?.rateWithValue,
      soft_rate_segment_given_not_trait: soft?.rateWithout,
      soft_disparity: soft?.disparity.estimate,
      threshold_050_rate_segment_given_trait: threshold?.rateWithValue,
      threshold_050_rate_segment_given_not_trait: threshold?.rateWithout,
    };

    for (const [column, value] of Object.entries(actual)) {
      const expected = vector[column] ?? null;
      expect(distance(value, expected), `${column}: ${value} for ${expected}`).toBeLessThan(1e-9);
    }
  });
});
