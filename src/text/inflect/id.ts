import type { Inflection } from './inflection.ts';

/** Indonesian and Malay: -nya, and the plural by saying the word twice. */
export const indonesian: Inflection = {
  bend: (word) => [`${word}nya`, `${word}-${word}`],
};
