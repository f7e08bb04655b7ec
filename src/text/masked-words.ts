/** Characters that writers put in place of a letter. */
export const MASK: RegExp = /[*#•●■█▪✱∗]/u;

function bucket(length: number, first: string): string {
  return `${length} ${first}`;
}

/** Words that writers mask most; they win where several words fit. */
const OFTEN_MASKED: ReadonlySet<string> = new Set(
  'gay gays sex sexy porn fag fags faggot faggots dyke dykes queer tranny trans lesbian lesbians homo jew jews jewish muslim muslims islam black blacks nigger niggers rape raped nazi nazis suicide suicidal abortion abortions cancer whore whores slut sluts'.split(
    ' ',
  ),
);

/** Files a word under its length and first letter. */
export function fileWord(sets: Map<string, string[]>, word: string): void {
  if (!/^[a-z]{3,}$/.test(word)) return;
  const key = bucket(word.length, word[0] ?? '');
  const set = sets.get(key);
  if (set === undefined) sets.set(key, [word]);
  else set.push(word);
}

/**
 * Finds the one word that a masked word (`g*y`, `les****`) can stand for.
 *
 * @param masked - letters and mask characters, folded; the first letter is shown
 * @param sets - words by length and first letter, from {@link fileWord}
 * @param tests - `isPlain`: words that nobody would mask ("guy"), which count only when no other fits; `isHome`: words of
 *   the language in which most names are written, which win over others
 * @returns the word; `undefined` when none fits, or several of which none is often masked
 */
export function unmask(
  masked: string,
  sets: ReadonlyMap<string, readonly string[]>,
  tests: {
    readonly isPlain: (word: string) => boolean;
    readonly isHome: (word: string) => boolean;
  },
): string | undefined {
  const candidates = sets.get(bucket(masked.length, masked[0] ?? ''));
  if (candidates === undefined) return undefined;
  const plain: string[] = [];
  const others: string[] = [];
  for (const word of candidates) {
    let fits = true;
    for (let at = 1; at < word.length && fits; at += 1) {
      const letter = masked[at] ?? '';
      fits = letter === word[at] || MASK.test(letter);
    }
    if (fits) (tests.isPlain(word) ? plain : others).push(word);
  }
  const fitting = others.length > 0 ? others : plain;
  if (fitting.length === 1) return fitting[0];
  const often = fitting.find((word) => OFTEN_MASKED.has(word));
  if (often !== undefined) return often;
  const home = fitting.filter(tests.isHome);
  return home.length === 1 ? home[0] : undefined;
}
