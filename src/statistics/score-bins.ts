/** Members that share one score, counted by whether they have the trait value. A list of bins is a score's histogram. */
export interface ScoreBin {
  readonly score: number;
  readonly positives: number;
  readonly negatives: number;
}

/** Histogram totals. */
export interface BinTotals {
  readonly positives: number;
  readonly negatives: number;
}

/**
 * Counts members by score from two lists, sorted by ascending score.
 *
 * @param labels - 1 or true for a member with the trait value.
 * @param scores - finite numbers, one per label.
 */
export function binScores(labels: readonly (number | boolean)[], scores: readonly number[]): ScoreBin[] {
  return mergeBins(
    labels.map((label, index) => ({
      score: scores[index] ?? 0,
      positives: label ? 1 : 0,
      negatives: label ? 0 : 1,
    })),
  );
}

/** Sorts bins by ascending score and merges those of equal score; empty bins are dropped. */
export function mergeBins(bins: readonly ScoreBin[]): ScoreBin[] {
  const merged: ScoreBin[] = [];
  const sorted = bins
    .filter((bin) => bin.positives + bin.negatives > 0)
    .sort((left, right) => left.score - right.score);
  for (const bin of sorted) {
    const last = merged.at(-1);
    if (last !== undefined && last.score === bin.score) {
      merged[merged.length - 1] = {
        score: bin.score,
        positives: last.positives + bin.positives,
        negatives: last.negatives + bin.negatives,
      };
    } else {
      merged.push(bin);
    }
  }
  return merged;
}

/** Adds up both columns of a histogram. */
export function binTotals(bins: readonly ScoreBin[]): BinTotals {
  let positives = 0;
  let negatives = 0;
  for (const bin of bins) {
    positives += bin.positives;
    negatives += bin.negatives;
  }
  return { positives, negatives };
}
