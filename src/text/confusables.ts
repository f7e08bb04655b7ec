/**
 * Letters of other scripts, lower case, that look like a Latin one. Written from the letters' shapes; the idea is that
 * of the "skeleton" of Unicode Technical Standard 39. Letters that NFKC makes plain are not listed.
 */
const LOOK_ALIKES: ReadonlyMap<string, string> = new Map(
  [
    // Cyrillic
    'аa',
    'вb',
    'ьb',
    'сc',
    'ԁd',
    'еe',
    'ҽe',
    'эe',
    'ғf',
    'ԍg',
    'һh',
    'нh',
    'іi',
    'їi',
    'јj',
    'кk',
    'қk',
    'ӏl',
    'мm',
    'пn',
    'иn',
    'оo',
    'рp',
    'ԛq',
    'гr',
    'яr',
    'ѕs',
    'тt',
    'цu',
    'ѵv',
    'ԝw',
    'шw',
    'щw',
    'хx',
    'уy',
    'ү' + 'y',
    'зz',
    // Greek
    'αa',
    'βb',
    'ϲc',
    'δd',
    'εe',
    'ηn',
    'ιi',
    'κk',
    'λl',
    'μm',
    'νv',
    'οo',
    'ρp',
    'σo',
    'τt',
    'υu',
    'χx',
    'γy',
    'ωw',
    'ζz',
    'θo',
    'πn',
    // Armenian
    'օo',
    'ս' + 'u',
    'հh',
    'ոn',
    'ցg',
    'զq',
    'եt',
    'ա' + 'w',
    'վ' + 'u',
    'ք' + 'p',
    'ռn',
    'յj',
    'լl',
    // Cherokee small letters
    'ꭺa',
    'ꭼe',
    'ꮃw',
    'ꮇm',
    'ꮋh',
    'ꮎo',
    'ꮐg',
    'ꮓz',
    'ꮞ4',
    'ꮟb',
    'ꮢr',
    'ꮤw',
    'ꮥs',
    'ꮪs',
    'ꮩv',
    'ꮮl',
    'ꮯc',
    'ꮲp',
    'ꭰd',
    'ꭱr',
    'ꭲt',
    'ꭵi',
    'ꭹy',
    'ꮶk',
    // Latin small capitals and letters of phonetic alphabets
    'ᴀa',
    'ʙb',
    'ᴄc',
    'ᴅd',
    'ᴇe',
    'ꜰf',
    'ɢg',
    'ʜh',
    'ɪi',
    'ᴊj',
    'ᴋk',
    'ʟl',
    'ᴍm',
    'ɴn',
    'ᴏo',
    'ᴘp',
    'ʀr',
    'ꜱs',
    'ᴛt',
    'ᴜu',
    'ᴠv',
    'ᴡw',
    'ʏy',
    'ᴢz',
    'ɑa',
    'ɐa',
    'ɓb',
    'ɕc',
    'ɖd',
    'ɗd',
    'ɛe',
    'ɜe',
    'ǝe',
    'ɘe',
    'ɡg',
    'ɠg',
    'ɦh',
    'ɨi',
    'ɩi',
    'ʝj',
    'ɫl',
    'ɭl',
    'ɯm',
    'ɱm',
    'ɲn',
    'ɳn',
    'ɔo',
    'ɵo',
    'ɹr',
    'ɾr',
    'ʂs',
    'ʃs',
    'ʈt',
    'ʇt',
    'ʉu',
    'ʊu',
    'ʋv',
    'ʌv',
    'ʍw',
    'ʎy',
    'ʐz',
    'ʒz',
    'ƨs',
    'ǥg',
    'ħh',
    'ŧt',
    'ƙk',
    'ƭt',
    'ƴy',
    'ƶz',
    'ⱥa',
    'ƀb',
    'ȼc',
    'ɇe',
    'ɍr',
    'ⱦt',
    // Negative squared letters
    '🅰a',
    '🅱b',
    '🅾o',
    '🅿p',
  ].map((pair) => {
    const letters = [...pair];
    return [letters[0] ?? '', letters[1] ?? ''] as const;
  }),
);

/** Letters whose capital looks like another Latin letter than the small one does: Η and η, В and в. */
const CAPITAL_LOOK_ALIKES: ReadonlyMap<string, string> = new Map([
  ['η', 'h'],
  ['ν', 'n'],
  ['υ', 'y'],
  ['μ', 'm'],
  ['γ', 'r'],
  ['ω', 'o'],
  ['и', 'n'],
  ['ь', 'b'],
  ['п', 'n'],
  ['σ', 'e'],
]);

function readAsLatin(key: string, first: ReadonlyMap<string, string>): string | undefined {
  let result = '';
  let replaced = false;
  for (const letter of key) {
    const latin = first.get(letter) ?? LOOK_ALIKES.get(letter);
    if (latin !== undefined) replaced = true;
    else if (/\p{L}/u.test(letter) && !/[a-z]/.test(letter)) return undefined;
    result += latin ?? letter;
  }
  return replaced ? result : undefined;
}

/**
 * Replaces letters that look like Latin ones, when the word becomes all Latin by it.
 *
 * @param key - a folded word
 * @returns the Latin look-alikes, by small letters and by capitals; none when nothing was replaced or letters of other
 *   scripts remain
 */
export function latinLookAlikes(key: string): readonly string[] {
  if (/^[a-z0-9]*$/.test(key)) return [];
  const small = readAsLatin(key, new Map());
  if (small === undefined) return [];
  const capital = readAsLatin(key, CAPITAL_LOOK_ALIKES);
  return capital === undefined || capital === small ? [small] : [small, capital];
}
