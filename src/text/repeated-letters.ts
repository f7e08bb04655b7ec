/**
 * Shortens runs of one letter: `gaaaay` to `gaay` and `gay`.
 *
 * @param word - a folded word
 * @returns readings with runs of three or more cut to two and to one, and with all doubles cut to one; without the word
 */
export function withoutRepeats(word: string): readonly string[] {
  if (!/(.)\1/u.test(word)) return [];
  const readings = new Set<string>();
  if (/(.)\1\1/u.test(word)) {
    readings.add(word.replace(/(.)\1{2,}/gu, '$1$1'));
    readings.add(word.replace(/(.)\1{2,}/gu, '$1'));
    readings.add(word.replace(/(.)\1+/gu, '$1'));
  }
  readings.delete(word);
  return [...readings];
}
