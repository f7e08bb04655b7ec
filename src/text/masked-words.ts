/** Characters that writers put in place of a letter. */
export const MASK: RegExp = /[*#•●■█▪✱∗]/u;

function bucket(length: number, first: string): string {
  return `${length} ${first}`;
}

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
 * @returns the word, or `undefined` when none or several fit
 */
export function unmask(masked: string, sets: ReadonlyMap<string, readonly string[]>): string | undefined {
  const candidates = sets.get(bucket(masked.length, masked[0] ?? ''));
  if (candidates === undefined) return undefined;
  let found: string | undefined;
  for (const word of candidates) {
    let fits = true;
    for (let at = 1; at < word.length && fits; at += 1) {
      const letter = masked[at] ?? '';
      fits = letter === word[at] || MASK.test(letter);
    }
    if (!fits) continue;
    if (found !== undefined) return undefined;
    found = word;
  }
  return found;
}
