/** A segment's and the rest's members by label; the last of each pair has no label. */
export interface PartlyLabelled {
  readonly inValue: number;
  readonly inOther: number;
  readonly inUnlabelled: number;
  readonly outValue: number;
  readonly outOther: number;
  readonly outUnlabelled: number;
}

/** The least and the most that a quantity can be, whatever the missing labels are. */
export interface WorstCaseBounds {
  readonly lower: number | null;
  readonly upper: number | null;
}

/** Worst-case bounds of a segment's effects. */
export interface ManskiBounds {
  readonly shareInside: WorstCaseBounds;
  readonly shareOutside: WorstCaseBounds;
  readonly riskDifference: WorstCaseBounds;
  readonly riskRatio: WorstCaseBounds;
  readonly representationRatio: WorstCaseBounds;
}

/**
 * Bounds the effects of a segment over all ways to fill in the missing labels: nothing is assumed about why a label is
 * missing. Every bound is attained by giving all unlabelled members on one side the value and none on the other.
 *
 * Bounds of the population of members counted here; sampling error comes on top.
 *
 * @returns `null` where a share has no members, or a ratio is 0/0 at that end; a ratio's upper bound may be `Infinity`.
 * @see REFERENCES.md#manski-1989
 */
export function manskiBounds(counts: PartlyLabelled): ManskiBounds {
  const least = fill(counts, 0, counts.outUnlabelled);
  const most = fill(counts, counts.inUnlabelled, 0);
  return {
    shareInside: { lower: least.inside, upper: most.inside },
    shareOutside: { lower: most.outside, upper: least.outside },
    riskDifference: { lower: difference(least), upper: difference(most) },
    riskRatio: { lower: ratio(least.inside, least.outside), upper: ratio(most.inside, most.outside) },
    representationRatio: {
      lower: ratio(least.caught, least.caughtOthers),
      upper: ratio(most.caught, most.caughtOthers),
    },
  };
}

interface Filled {
  readonly inside: number | null;
  readonly outside: number | null;
  /** Share of members with the value who are in the segment. */
  readonly caught: number | null;
  /** Share of members without the value who are in the segment. */
  readonly caughtOthers: number | null;
}

/** Gives the value to so many of the unlabelled inside and outside, and not to the others. */
function fill(counts: PartlyLabelled, insideWithValue: number, outsideWithValue: number): Filled {
  const a = counts.inValue + insideWithValue;
  const b = counts.inOther + counts.inUnlabelled - insideWithValue;
  const c = counts.outValue + outsideWithValue;
  const d = counts.outOther + counts.outUnlabelled - outsideWithValue;
  return { inside: share(a, b), outside: share(c, d), caught: share(a, c), caughtOthers: share(b, d) };
}

function share(count: number, rest: number): number | null {
  return count + rest > 0 ? count / (count + rest) : null;
}

function difference({ inside, outside }: Filled): number | null {
  return inside === null || outside === null ? null : inside - outside;
}

function ratio(numerator: number | null, denominator: number | null): number | null {
  if (numerator === null || denominator === null || (numerator === 0 && denominator === 0)) return null;
  return numerator / denominator;
}
