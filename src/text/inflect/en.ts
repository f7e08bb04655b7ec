import type { Inflection } from './inflection.ts';

const IRREGULAR: ReadonlyMap<string, readonly string[]> = new Map([
  ['man', ['men']],
  ['woman', ['women']],
  ['child', ['children']],
  ['person', ['people', 'persons']],
  ['people', ['peoples']],
  ['wife', ['wives']],
  ['life', ['lives']],
  ['foot', ['feet']],
  ['tooth', ['teeth']],
  ['mouse', ['mice']],
  ['goose', ['geese']],
  ['ox', ['oxen']],
  ['leaf', ['leaves']],
  ['thief', ['thieves']],
  ['half', ['halves']],
  ['self', ['selves']],
  ['elf', ['elves']],
  ['calf', ['calves']],
  ['knife', ['knives']],
  ['wolf', ['wolves']],
  ['shelf', ['shelves']],
  ['loaf', ['loaves']],
  ['diagnosis', ['diagnoses']],
  ['crisis', ['crises']],
  ['thesis', ['theses']],
  ['criterion', ['criteria']],
  ['phenomenon', ['phenomena']],
  ['alumnus', ['alumni']],
  ['alumna', ['alumnae']],
  ['fetus', ['fetuses']],
  ['uterus', ['uteri', 'uteruses']],
  ['matzo', ['matzos', 'matzoh']],
  ['brother-in-law', ['brothers-in-law']],
  ['passerby', ['passersby']],
  ['gypsy', ['gypsies']],
  ['german', ['germans']],
  ['roman', ['romans']],
  ['norman', ['normans']],
  ['human', ['humans']],
  ['shaman', ['shamans']],
  ['ottoman', ['ottomans']],
  ['talisman', ['talismans']],
  ['mussulman', ['mussulmans']],
  ['ramadan', []],
  ['children', []],
  ['women', []],
  ['men', []],
  ['seniors', []],
  ['series', []],
  ['species', []],
]);
const UNCHANGING = /(ness|ism|ics|itis|osis|ese|hood|ship|ity|phobia|emia|pathy)$/;

function plural(word: string): readonly string[] {
  const irregular = IRREGULAR.get(word);
  if (irregular !== undefined) return irregular;
  if (word.length < 2 || UNCHANGING.test(word)) return [];
  if (/(^|[a-z])woman$/.test(word) || /[a-z]{2}man$/.test(word)) return [`${word.slice(0, -3)}men`];
  if (/[^aeiou]y$/.test(word)) return [`${word.slice(0, -1)}ies`];
  if (/(s|x|z|ch|sh)$/.test(word)) return word.endsWith('s') ? [] : [`${word}es`];
  if (/[^aeiou]o$/.test(word)) return [`${word}s`, `${word}es`];
  return [`${word}s`];
}

function doubled(word: string): string {
  return /^[^aeiou]*[aeiou][bdgklmnprt]$/.test(word) ? word + (word[word.length - 1] ?? '') : word;
}

function verb(word: string): readonly string[] {
  if (word.endsWith('ing') || word.endsWith('ed')) return [];
  const stem = word.endsWith('e') ? word.slice(0, -1) : doubled(word);
  const y = /[^aeiou]y$/.test(word);
  const third = y ? `${word.slice(0, -1)}ies` : /(s|x|z|ch|sh)$/.test(word) ? `${word}es` : `${word}s`;
  return [third, y ? `${word.slice(0, -1)}ied` : `${stem}ed`, y ? `${word}ing` : `${stem}ing`];
}

/** English: plural of nouns, regular verb endings. Adjectives do not bend. */
export const english: Inflection = {
  bend: (word, forms) => (forms === 'noun' ? plural(word) : forms === 'verb' ? verb(word) : []),
};
