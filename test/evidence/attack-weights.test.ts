import { expect, test } from 'vitest';
import { FOLDS, UNITS_PER_NAT } from '../../src/engine/count-source.ts';
import { attackAuc, attackStrength } from '../../src/evidence/attack-strength.ts';
import { constantsWithout, strongestSegments, trainAttack } from '../../src/evidence/attack-weights.ts';

/** Two segments, each fold alike: the first goes with the value, the second does not. */
const COUNTS = {
  positives: new Array<number>(FOLDS).fill(20),
  negatives: new Array<number>(FOLDS).fill(80),
  insideValue: Float64Array.from([10, 10, 10, 10, 10, 5, 5, 5, 5, 5]),
  insideOther: Float64Array.from([4, 4, 4, 4, 4, 20, 20, 20, 20, 20]),
};

test('a weight is the smoothed log-odds of the other folds', () => {
  const { weights } = trainAttack(COUNTS);

  // 40 of 80 with the value, 16 of 320 without.
  const expected = Math.log(41 / 82) - Math.log(17 / 322) - Math.log(41 / 82) + Math.log(305 / 322);
  expect(weights[0]).toBe(Math.round(expected * UNITS_PER_NAT));
});

test('dropping every segment leaves the base rate', () => {
  const trained = trainAttack(COUNTS);

  const [constant] = constantsWithout(trained, [0, 1]);

  expect(Number(constant) / UNITS_PER_NAT).toBeCloseTo(Math.log(81 / 321), 10);
});

test('the segment that goes with the value comes first', () => {
  expect(strongestSegments(trainAttack(COUNTS))[0]).toBe(0);
});

test('perfect separation has an interval all the same', () => {
  const auc = attackAuc([
    { score: -1, positives: 0, negatives: 50 },
    { score: 1, positives: 50, negatives: 0 },
  ]);

  expect(auc?.estimate).toBe(1);
  expect(auc?.lower).toBeGreaterThan(0.9);
  expect(auc?.lower).toBeLessThan(1);
});

test('a score that tells nothing leaves the best guess as it was', () => {
  const bins = Array.from({ length: 40 }, (_, i) => ({ score: i / 100, positives: 10, negatives: 30 }));

  expect(attackStrength(bins)?.bayesVulnerability).toEqual({ prior: 0.75, posterior: 0.75 });
});
