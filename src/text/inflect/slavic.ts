import type { BendingForms, Inflection } from './inflection.ts';

/** Endings by what a word ends in: the first rule whose ending fits takes it off and puts the others on. */
export interface EndingRule {
  readonly ends: string;
  readonly becomes: readonly string[];
}

function bendBy(rules: readonly EndingRule[], word: string): readonly string[] {
  const rule = rules.find((candidate) => word.length > candidate.ends.length + 1 && word.endsWith(candidate.ends));
  if (rule === undefined) return [];
  const stem = word.slice(0, word.length - rule.ends.length);
  return rule.becomes.map((end) => stem + end);
}

/**
 * Makes the bending of a language with case endings from tables of endings.
 *
 * @param nouns - rules for nouns, the first that fits counts
 * @param adjectives - rules for adjectives
 * @returns the bending; in a two-word phrase the adjective before the noun bends too
 */
export function endingInflection(nouns: readonly EndingRule[], adjectives: readonly EndingRule[]): Inflection {
  const bend = (word: string, forms: BendingForms): readonly string[] =>
    bendBy(forms === 'noun' ? nouns : adjectives, word);
  return {
    bend,
    agree: (words, forms) => {
      const first = words[0] ?? '';
      const last = words[words.length - 1] ?? '';
      const heads = words.length === 2 ? [first, ...bendBy(adjectives, first)] : [undefined];
      const tails = [last, ...bend(last, forms)];
      return heads.flatMap((head) =>
        tails.map((tail) => (head === undefined ? [...words.slice(0, -1), tail] : [head, tail])),
      );
    },
  };
}
