import { gTest } from './g-test.ts';
import { lnMidP } from './mid-p.ts';
import { margins, type TwoByTwo } from './two-by-two.ts';

/**
 * Below this expected count in any cell the chi-square approximation of G is not trusted. The customary 5 is for a level of 5 %: at the 0.1 to
 * 0.001 % that a correction for many tests leaves, G rejects two to three times as often as it may below 10 expected users, mid-p at most
 * 1.5 times; from 15 on they agree.
 */
const SMALL_EXPECTED = 20;
/** Below this many users in or outside the segment neither. */
const SMALL_GROUP = 200;

/** A two-sided test of association between membership and value. */
export interface AssociationTest {
  /** `mid-p`: exact with fixed margins; `g`: likelihood ratio. */
  readonly test: 'mid-p' | 'g';
  /** In [0, 1]; 0 below 5e-324. */
  readonly pValue: number;
  /** Natural logarithm of p, without a lower end. */
  readonly lnPValue: number;
}

/**
 * Tests whether the value is more or less common in the segment than outside: exact mid-p when an expected count is below 20 or either group
 * is below 200 users, the likelihood ratio otherwise. Never with a continuity correction.
 *
 * @param table - integer counts to 4e9.
 * @returns `null` with an empty margin: nothing could be tested.
 * @see REFERENCES.md#lydersen-fagerland-laake-2009
 */
export function testAssociation(table: TwoByTwo): AssociationTest | null {
  const { inside, outside, withValue, withoutValue, total } = margins(table);
  const smallGroup = Math.min(inside, outside);
  const smallColumn = Math.min(withValue, withoutValue);
  if (smallGroup === 0 || smallColumn === 0) return null;
  if (smallGroup < SMALL_GROUP || smallGroup * (smallColumn / total) < SMALL_EXPECTED) {
    const lnPValue = lnMidP(table);
    return { test: 'mid-p', pValue: Math.exp(lnPValue), lnPValue };
  }
  const result = gTest(table);
  return result === null ? null : { test: 'g', pValue: result.pValue, lnPValue: result.lnPValue };
}
