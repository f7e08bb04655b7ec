import type { Inflection } from './inflection.ts';

function noun(word: string): readonly string[] {
  const forms = [`${word}s`, `${word}en`, `${word}n`];
  // boer-boeren, vrouw-vrouwen; man-mannen; homo-homo's (apostrophes fold away); kerk-kerken; graaf-graven
  const doubled = /[^aeiou][aeiou]([bdfgklmnprst])$/.exec(word);
  if (doubled) forms.push(`${word}${doubled[1] ?? ''}en`);
  const long = /^(.*)(aa|ee|oo|uu)([bdfgklmnprstvz])$/.exec(word);
  if (long) {
    const end = long[3] === 'f' ? 'v' : long[3] === 's' ? 'z' : (long[3] ?? '');
    forms.push(
      `${long[1] ?? ''}${(long[2] ?? '')[0] ?? ''}${end}en`,
      `${long[1] ?? ''}${(long[2] ?? '')[0] ?? ''}${long[3] ?? ''}en`,
    );
  }
  if (word.endsWith('e')) forms.push(`${word}n`);
  return forms;
}

/** Dutch: plurals of nouns; adjective -e. */
export const dutch: Inflection = {
  bend: (word, forms) => {
    if (forms === 'noun') return noun(word);
    if (word.endsWith('e')) return [word.slice(0, -1), `${word}n`, `${word}r`];
    const doubled = /[^aeiou][aeiou]([bdfgklmnprst])$/.exec(word);
    return [`${word}e`, `${word}en`, ...(doubled ? [`${word}${doubled[1] ?? ''}e`] : [])];
  },
};
