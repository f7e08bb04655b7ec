import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JsonNumber } from '../../src/domain/json.ts';
import type { EffectFigure } from '../../src/domain/waiver.ts';
import { effectChange } from '../../src/report/effect-change.ts';

const ratio = (
  estimate: JsonNumber,
  lower: JsonNumber,
  upper: JsonNumber,
  direction: EffectFigure['direction'] = 'over',
): EffectFigure => ({ measure: 'representation-ratio', direction, estimate, lower, upper });
const auc = (estimate: number, lower: number, upper: number): EffectFigure => ({
  measure: 'auc',
  direction: 'over',
  estimate,
  lower,
  upper,
});

const interval = fc
  .tuple(fc.double({ min: -3, max: 3, noNaN: true }), fc.double({ min: 0.01, max: 2, noNaN: true }))
  .map(([middle, half]) => ratio(Math.exp(middle), Math.exp(middle - half), Math.exp(middle + half)));

describe('an effect', () => {
  test.each<[string, EffectFigure, EffectFigure, string]>([
    ['the same', ratio(2, 1.5, 2.7), ratio(2, 1.5, 2.7), 'within-noise'],
    // ln 2.9 - ln 2 = 0.37 > hypot(ln 2.9 - ln 2.3, ln 2.4 - ln 2) = 0.295, though the intervals overlap.
    ['larger by more than both errors together', ratio(2, 1.6, 2.4), ratio(2.9, 2.3, 3.6), 'grown'],
    ['larger within the errors', ratio(2, 1.5, 2.7), ratio(2.5, 1.9, 3.3), 'within-noise'],
    ['smaller', ratio(4, 3, 5), ratio(1.5, 1.3, 1.8), 'shrunk'],
    ['further below 1 where it is under', ratio(0.5, 0.4, 0.6, 'under'), ratio(0.2, 0.15, 0.26, 'under'), 'grown'],
    ['nearer to 1 where it is under', ratio(0.2, 0.15, 0.26, 'under'), ratio(0.5, 0.4, 0.6, 'under'), 'shrunk'],
    ['on the other side of 1', ratio(2, 1.5, 2.7), ratio(0.5, 0.4, 0.6, 'under'), 'turned'],
    ['hidden now', ratio(2, 1.5, 2.7), ratio(null, null, null), 'unknown'],
    ['hidden then', ratio(null, null, null), ratio(2, 1.5, 2.7), 'unknown'],
    ['of another measure', ratio(2, 1.5, 2.7), auc(0.8, 0.7, 0.9), 'unknown'],
    ['unbounded, from above all that was', ratio(2, 1.5, 2.7), ratio('Infinity', 8, 'Infinity'), 'grown'],
    [
      'unbounded, with an interval that holds what was',
      ratio(2, 1.5, 2.7),
      ratio('Infinity', 2, 'Infinity'),
      'within-noise',
    ],
    ['unbounded before and after', ratio('Infinity', 8, 'Infinity'), ratio('Infinity', 9, 'Infinity'), 'within-noise'],
    ['an AUC that is higher', auc(0.6, 0.57, 0.63), auc(0.7, 0.67, 0.73), 'grown'],
    ['an AUC that is higher within its error', auc(0.6, 0.55, 0.65), auc(0.63, 0.58, 0.68), 'within-noise'],
  ])('that is %s', (_what, before, now, change) => {
    expect(effectChange(before, now)).toBe(change);
  });

  test('that has grown one way has shrunk the other way', () => {
    const mirror = { grown: 'shrunk', shrunk: 'grown', 'within-noise': 'within-noise' } as Record<string, string>;
    fc.assert(
      fc.property(interval, interval, (a, b) => {
        expect(effectChange(b, a)).toBe(mirror[effectChange(a, b)]);
      }),
    );
  });

  test('whose intervals do not overlap has always changed', () => {
    fc.assert(
      fc.property(interval, interval, (a, b) => {
        fc.pre(Number(b.lower) > Number(a.upper));
        expect(effectChange(a, b)).toBe('grown');
      }),
    );
  });
});
