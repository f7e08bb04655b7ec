import type { Inflection } from './inflection.ts';

/** Arabic: sound plurals, dual, feminine and relative endings. Broken plurals are written out in the lexicon. */
export const arabic: Inflection = {
  bend: (word) => {
    const base = /[ةه]$/.test(word) ? word.slice(0, -1) : word;
    return [
      ...['ون', 'ين', 'ات', 'ان', 'ة', 'ية', 'تين', 'تان'].map((end) => base + end),
      `${base}يون`,
      `${base}يين`,
      `${base}ي`,
    ];
  },
};
