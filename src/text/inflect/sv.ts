import type { Inflection } from './inflection.ts';

/** Swedish: number and definiteness of nouns; -t, -a, -e of adjectives. */
export const swedish: Inflection = {
  bend: (word, forms) => {
    if (forms !== 'noun') return ['t', 'a', 'e'].map((end) => word + end);
    const ends = ['en', 'n', 'et', 't', 's', 'er', 'ar', 'or', 'r', 'na', 'erna', 'arna', 'orna', 'rna'];
    const forms_ = ends.map((end) => word + end);
    if (word.endsWith('a')) forms_.push(...['or', 'orna', 'an'].map((end) => word.slice(0, -1) + end));
    if (word.endsWith('e')) forms_.push(...['ar', 'arna', 'en'].map((end) => word.slice(0, -1) + end));
    return forms_;
  },
};
