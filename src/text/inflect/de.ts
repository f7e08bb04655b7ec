import type { BendingForms, Inflection } from './inflection.ts';

const UMLAUT: ReadonlyMap<string, string> = new Map([
  ['a', 'ä'],
  ['o', 'ö'],
  ['u', 'ü'],
]);
const ADJECTIVE_ENDINGS = ['e', 'en', 'er', 'es', 'em'];

/** Changes the last a, o or u (`au` as a whole) to its umlaut: Vater, Väter; Haus, Häus-. */
function umlauted(word: string): string | undefined {
  const at = Math.max(word.lastIndexOf('a'), word.lastIndexOf('o'), word.lastIndexOf('u'));
  if (at < 0 || word.length - at > 5) return undefined;
  const place = word[at] === 'u' && word[at - 1] === 'a' ? at - 1 : at;
  return word.slice(0, place) + (UMLAUT.get(word[place] ?? '') ?? '') + word.slice(place + 1);
}

function noun(word: string): readonly string[] {
  const forms = ['s', 'n', 'en', 'e', 'es', 'er'].map((end) => word + end);
  if (word.endsWith('e')) forms.push(`${word}r`, `${word}m`);
  const umlaut = umlauted(word);
  if (umlaut !== undefined && word.length <= 9)
    forms.push(umlaut, `${umlaut}e`, `${umlaut}er`, `${umlaut}en`, `${umlaut}n`);
  if (
    word.endsWith('er') ||
    word.endsWith('ist') ||
    word.endsWith('ent') ||
    word.endsWith('ant') ||
    word.endsWith('ot')
  ) {
    forms.push(`${word}in`, `${word}innen`, `${word}*innen`);
  }
  if (word.endsWith('e') && word.length > 4) forms.push(`${word.slice(0, -1)}in`, `${word.slice(0, -1)}innen`);
  if (word.endsWith('um') || word.endsWith('us')) forms.push(`${word.slice(0, -2)}en`);
  return forms;
}

function adjective(word: string): readonly string[] {
  const stem = /e[lr]$/.test(word)
    ? [word, word.slice(0, -2) + word.slice(-1)]
    : [word.endsWith('e') ? word.slice(0, -1) : word];
  return stem.flatMap((base) => ADJECTIVE_ENDINGS.map((end) => base + end));
}

/** Takes the ending off an adjective written in an inflected form, so that the whole phrase can agree. */
function adjectiveStem(word: string): string | undefined {
  const match = /^(.{3,})(e|en|er|es|em)$/.exec(word);
  return match?.[1];
}

/** German: plural, cases, umlaut and -in of nouns; adjective endings, also of an adjective before a noun. */
export const german: Inflection = {
  bend: (word, forms) => (forms === 'noun' ? noun(word) : adjective(word)),
  agree: (words, forms: BendingForms) => {
    const last = words[words.length - 1] ?? '';
    const before = words.slice(0, -1);
    const tails = [last, ...(forms === 'noun' ? noun(last) : adjective(last))];
    const stem = words.length === 2 ? adjectiveStem(before[0] ?? '') : undefined;
    if (stem === undefined) return tails.map((tail) => [...before, tail]);
    return ADJECTIVE_ENDINGS.flatMap((end) => tails.map((tail) => [stem + end, tail]));
  },
};
