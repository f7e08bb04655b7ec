import type { BendingForms, Inflection } from './inflection.ts';

/** Number and gender of one Romance language, a word at a time. */
export interface RomanceRules {
  readonly plural: (word: string) => string;
  /** The feminine of a masculine singular; the word itself when it has none. */
  readonly feminine: (word: string) => string;
  /** Words after which nothing agrees with the head any more. */
  readonly stops: ReadonlySet<string>;
  readonly verb: (word: string) => readonly string[];
}

/**
 * Makes the bending of a Romance language from its rules: all words up to the first preposition agree in number and
 * gender.
 *
 * @param rules - number, gender and prepositions
 * @returns the bending
 */
export function romanceInflection(rules: RomanceRules): Inflection {
  const variants = (word: string, forms: BendingForms): readonly [string, string, string, string] => {
    if (forms === 'verb') return [word, word, word, word];
    const feminine = rules.feminine(word);
    return [word, rules.plural(word), feminine, rules.plural(feminine)];
  };
  return {
    bend: (word, forms) => (forms === 'verb' ? rules.verb(word) : variants(word, forms).slice(1)),
    agree: (words, forms) => {
      const stop = words.findIndex((word, index) => index > 0 && rules.stops.has(word));
      const bending = stop < 0 ? words.length : stop;
      return [1, 2, 3].map((which) =>
        words.map((word, index) => (index < bending ? (variants(word, forms)[which] ?? word) : word)),
      );
    },
  };
}
