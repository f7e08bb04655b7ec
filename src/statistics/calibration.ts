import { binTotals, type ScoreBin } from './score-bins.ts';

/** One group of a reliability table. */
export interface CalibrationGroup {
  readonly members: number;
  /** Mean predicted probability. */
  readonly predicted: number;
  /** Share that has the value. */
  readonly observed: number;
}

/** How well predicted probabilities agree with what is true. */
export interface Calibration {
  /** Mean over members of |predicted - observed| by group; 0 is perfect, at most 1. Biased upwards in small groups. */
  readonly expectedError: number;
  /** Groups that hold someone, by ascending prediction. */
  readonly groups: readonly CalibrationGroup[];
}

/**
 * Groups members by predicted probability into equal widths and compares prediction with truth.
 *
 * @param bins - members per predicted probability (the score, in [0, 1]; 1 falls into the last group).
 * @param groupCount - 10 by default.
 * @returns `null` for no members.
 * @see REFERENCES.md#naeini-2015
 */
export function calibration(bins: readonly ScoreBin[], groupCount = 10): Calibration | null {
  const { positives, negatives } = binTotals(bins);
  const total = positives + negatives;
  if (total === 0) return null;
  const sums = Array.from({ length: groupCount }, () => ({ members: 0, predicted: 0, positives: 0 }));
  for (const bin of bins) {
    const group = sums[Math.min(groupCount - 1, Math.max(0, Math.floor(bin.score * groupCount)))];
    if (group === undefined) continue;
    const members = bin.positives + bin.negatives;
    group.members += members;
    group.predicted += bin.score * members;
    group.positives += bin.positives;
  }
  const groups = sums
    .filter((group) => group.members > 0)
    .map(({ members, predicted, positives: withValue }) => ({
      members,
      predicted: predicted / members,
      observed: withValue / members,
    }));
  const expectedError = groups.reduce(
    (error, group) => error + (group.members / total) * Math.abs(group.predicted - group.observed),
    0,
  );
  return { expectedError, groups };
}
