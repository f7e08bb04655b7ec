/** Digits and signs that stand for letters, each with the letters in the order in which they are tried. */
const STAND_INS: ReadonlyMap<string, string> = new Map([
  ['0', 'o'],
  ['1', 'il'],
  ['2', 'z'],
  ['3', 'e'],
  ['4', 'a'],
  ['5', 's'],
  ['6', 'gb'],
  ['7', 't'],
  ['8', 'b'],
  ['9', 'g'],
  ['@', 'a'],
  ['$', 's'],
  ['!', 'il'],
  ['|', 'li'],
  ['+', 't'],
  ['€', 'e'],
  ['¢', 'c'],
  ['£', 'l'],
  ['¥', 'y'],
  ['¡', 'i'],
  ['§', 's'],
  ['%', 'x'],
  ['^', 'a'],
  ['°', 'o'],
  ['†', 't'],
  ['‡', 't'],
]);

/** Signs that are looked at as letters even at the edge of a word. */
export const STAND_IN_SIGNS: ReadonlySet<string> = new Set([...STAND_INS.keys()].filter((sign) => !/[0-9]/.test(sign)));

const MOST_VARIANTS = 16;
const LONGEST = 24;
/** After or before one number these are ordinals, units, times and models: 4th, 3d, 10k, 7up. */
const UNIT_AFTER_NUMBER =
  /^[0-9]+(st|nd|rd|th|d|ds|g|k|m|x|w|v|p|s|c|f|l|am|pm|gb|tb|mb|mm|cm|km|kg|lb|lbs|ft|oz|in|up|pc|pcs|yo|yr|yrs|y|mo|mos|hr|hrs|h|min|sec|hd|xl|bn|er|ers|ish|plus|way|day|days|wd|u|b)$/;
const SHORT_MODEL = /^[a-z]{1,3}[0-9]+$/;

/**
 * Reads a word in which digits or signs stand for letters: `d1abetes`, `le$bian`, `un!on`.
 *
 * @param word - lower-case word with at least one letter and one stand-in
 * @param goesOn - a hyphen and letters follow (`pr0-life`), so that it is no model
 * @returns possible readings, at most 16; none where the word looks like an ordinal, a unit or a model (`4th`, `ps4`)
 */
export function leetReadings(word: string, goesOn: boolean = false): readonly string[] {
  if (word.length < 3 || word.length > LONGEST || UNIT_AFTER_NUMBER.test(word)) return [];
  if (SHORT_MODEL.test(word) && !goesOn) return [];
  let readings = [''];
  let letters = 0;
  let standIns = 0;
  for (const character of word) {
    const options = STAND_INS.get(character);
    if (options === undefined) {
      if (!/[a-z]/.test(character)) return [];
      letters += 1;
      readings = readings.map((reading) => reading + character);
    } else {
      standIns += 1;
      const chosen = readings.length * options.length > MOST_VARIANTS ? [options[0] ?? ''] : [...options];
      readings = readings.flatMap((reading) => chosen.map((option) => reading + option));
    }
  }
  return standIns > 0 && letters > 0 && standIns <= letters + 1 ? readings : [];
}
