import type { Inflection } from './inflection.ts';

const VOWELS = 'aeıioöuü';

/** Vowel of a suffix after the last vowel of a word: two-way (a, e) and four-way (ı, i, u, ü). */
function harmony(word: string): readonly [string, string] {
  const last = [...word].reverse().find((letter) => VOWELS.includes(letter)) ?? 'a';
  const two = 'eiöü'.includes(last) ? 'e' : 'a';
  const four = 'aı'.includes(last) ? 'ı' : 'ei'.includes(last) ? 'i' : 'ou'.includes(last) ? 'u' : 'ü';
  return [two, four];
}

/** Turkish: plural, possessive and case suffixes with vowel harmony, one after another. */
export const turkish: Inflection = {
  bend: (word) => {
    const [two, four] = harmony(word);
    const endsInVowel = VOWELS.includes(word[word.length - 1] ?? '');
    const softened = word.replace(/k$/, 'ğ').replace(/ç$/, 'c').replace(/p$/, 'b').replace(/t$/, 'd');
    const plural = `${word}l${two}r`;
    const pluralFour = two === 'e' ? 'i' : 'ı';
    const own = endsInVowel ? `${word}s${four}` : `${word}${four}`;
    const forms = [
      plural,
      `${plural}${pluralFour}`,
      `${plural}${pluralFour}n`,
      `${plural}${pluralFour}n${pluralFour}`,
      `${plural}d${two}`,
      `${plural}d${two}n`,
      `${plural}${two}`,
      own,
      `${own}n${four}`,
      `${own}n${two}`,
      endsInVowel ? `${word}n${four}n` : `${word}${four}n`,
      endsInVowel ? `${word}y${two}` : `${word}${two}`,
      endsInVowel ? `${word}y${four}` : `${word}${four}`,
      `${word}d${two}`,
      `${word}t${two}`,
      `${word}l${four}`,
      `${word}l${four}l${two}r`,
      `${word}l${four}k`,
      `${word}c${four}`,
      `${word}c${four}l${two}r`,
    ];
    if (softened !== word) forms.push(`${softened}${four}`, `${softened}${two}`, `${softened}${four}n`);
    return forms;
  },
};
