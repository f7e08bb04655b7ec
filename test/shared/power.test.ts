import { describe, expect, test } from 'vitest';
import { minimumDetectableDifference, powerOfTwoProportions } from '../../src/statistics/power.ts';
import { distance, readVectors } from './reference-files.ts';

type Row = Record<
  'p_out' | 'diff' | 'n_in' | 'n_out' | 'alpha' | 'power' | 'mde_diff_power80' | 'mde_ratio_power80',
  number
> & {
  id: string;
};

const vectors = readVectors<Row>('stat-vectors/power.json');

describe.skipIf(vectors.length === 0)('reference designs (needs ../shared)', () => {
  test.each(vectors.map((vector) => [vector.id, vector] as const))(
    '%s: power and detectable difference agree',
    (_, vector) => {
      const design = { inside: vector.n_in, outside: vector.n_out, shareOutside: vector.p_out, alpha: vector.alpha };
      const smallest = minimumDetectableDifference(design);

      expect(distance(powerOfTwoProportions(design, vector.diff), vector.power)).toBeLessThan(1e-9);
      expect(distance(smallest?.difference, vector.mde_diff_power80)).toBeLessThan(1e-6);
      expect(distance(smallest?.ratio, vector.mde_ratio_power80)).toBeLessThan(1e-6);
    },
  );
});
