/** Shortest word of which a misspelling is looked for: shorter ones are too often other words. */
const SHORTEST = 8;
const LONGEST = 20;
const PLAIN = /^[a-z]+$/;
const VOWEL = /[aeiouy]/;
/** Letters before which `c` sounds like `s`. */
const SOFTENING = /[eiy]/;
/** Words of this many letters or more may hold two slips, when all consonants sound right. */
const LONG = 10;

/**
 * Right words and names that are one slip away from a term: nobody who writes them means the term.
 * Each was found by running word lists and real names through {@link createSpeller}.
 */
const INNOCENT: ReadonlySet<string> = new Set(
  [
    'addition additions adduction adductions adulteress adulterises amazonian amazonians antiwear aromatic',
    'aromatics backboard backboards backburn backburns bandage bandages bandsman bandsmen basilic bathmat bathmats',
    'beautification bedsides believes berthing bewitched blacken blackens blacking blandness bleating blockboard',
    'blotting bulldogger burnous buyback buybacks campong cancels candids cankers caplet caplets cappuccini carafes',
    'carriers carvery cathedras chalets champing chancers chancery chanties chicanes christen christiaan christiana',
    'christiane christina christine chronography cochleas coinvent coloreds commune communed communes compacts',
    'complies concerns concession concessions confusions connected consent consents content contention contents',
    'contrast contrasts convects conventions convents conversation cottages covents cratches cristian crotches',
    'crucifixes curches cutches dagobas daystars deadness departee detrains devotes diggings disables disadvantages',
    'dishable documented dodging dreamery dreamier drinkware eosinophil epiglottis evection evections faithers',
    'feather featherd feathers feinting fellowes fistulas flagging flashlight flashlights flouters fogging foisting',
    'follows forelay foreplays forestry forethought forethoughts gamestop genotypes gentiest germains grandams',
    'grenadines gropers groupers gujarat gustation gustations heathery hessites hispania hispanica humanest impanel',
    'impatience impatiences incarcerates independente indivisibly inhales insolent latinamerica luciferin luthern',
    'malayala malines marinas mesothelium midshipman midships minibars mismatches moderato monastics monistic',
    'moronism mothered mothering mouthers mutability myosotis neuropath nonconservative nonconservatives notional',
    'osteopathy overstares oversteers overweighs packeting palpations palters panhandles parises parisons patents',
    'patience peacemaker peacemakers peacher peachers peggies perishes personage personages piggings pocketing',
    'pollacks pooters porphyrio premies presbyter presbyters priggers proggers protostars pryings puggings purpures',
    'quackers queered rabbinite rajasthan randans redundance refuges remarries remission restate restates retrees',
    'revered rightest rosaceae rosaces roseries ruffians satisfier satisfiers sciatic sciatics seating separates',
    'shattering shinties shuttering sicilianos slovens smothers snarings soberises sorings southering spirometry',
    'squitters steamering stemming stotters stragglers strapper strappers striper stripers strokers strophers',
    'swinges swingier tallites teeners tenters trimeter trimeters unbaked underbaked undeserved unmarred vibratory',
    'vibratos voluntarism voluntarist wakings witchery withers woeness zoophily',
  ]
    .join(' ')
    .split(' '),
);

/** Letters that writers take for each other. */
function soundOf(letter: string, next: string): string {
  if (letter === 'c') return next !== '' && SOFTENING.test(next) ? 's' : 'k';
  if (letter === 'q') return 'k';
  if (letter === 'z') return 's';
  if (letter === 'p' && next === 'h') return 'f';
  return letter;
}

/** The consonants of a word as they sound, without doubles: what most slips of the pen leave alone. */
function consonants(word: string): string {
  let result = '';
  for (let at = 0; at < word.length; at += 1) {
    const letter = word[at] ?? '';
    if (at > 0 && (VOWEL.test(letter) || letter === 'h')) continue;
    const sound = soundOf(letter, word[at + 1] ?? '');
    if (sound !== result[result.length - 1]) result += sound;
  }
  return result;
}

/** Tells whether one slip leads from a word to another: a letter left out, put in, doubled, swapped, or a vowel or like sound replaced. */
function isOneSlip(written: string, meant: string): boolean {
  const shorter = Math.min(written.length, meant.length);
  let start = 0;
  while (start < shorter && written[start] === meant[start]) start += 1;
  let end = 0;
  while (end < shorter - start && written[written.length - 1 - end] === meant[meant.length - 1 - end]) end += 1;
  const wrong = written.slice(start, written.length - end);
  const right = meant.slice(start, meant.length - end);
  if (wrong.length + right.length === 1) return end > 0 || (written.length > 1 && written.at(-1) === written.at(-2));
  if (wrong.length === 1 && right.length === 1) {
    return VOWEL.test(wrong) ? VOWEL.test(right) : soundOf(wrong, '') === soundOf(right, '');
  }
  return wrong.length === 2 && right.length === 2 && wrong[0] === right[1] && wrong[1] === right[0];
}

/** Edits that lead from a word to another: letters put in, left out or replaced; counting stops above two. */
function slips(written: string, meant: string): number {
  if (Math.abs(written.length - meant.length) > 2) return 3;
  let row = Array.from({ length: meant.length + 1 }, (_, at) => at);
  for (let i = 1; i <= written.length; i += 1) {
    const next = [i];
    for (let k = 1; k <= meant.length; k += 1) {
      const replaced = (row[k - 1] ?? 0) + (written[i - 1] === meant[k - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[k] ?? 0) + 1, (next[k - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[meant.length] ?? 0;
}

/** Finds the word that a misspelt word was meant to be. */
export type Speller = (word: string) => string | undefined;

/**
 * Prepares the search for misspelt words: `hispnic`, `diabetis`, `republicns`, `immigants`.
 *
 * Words are found by their consonants, which most slips leave alone; one consonant may be missing. The first letter must
 * be right, and one of the two words must have eight letters or more.
 *
 * @param targets - words that are looked for; those with other characters than `a`–`z` are left out
 * @returns gives the word that was meant, or `undefined`
 */
export function createSpeller(targets: readonly string[]): Speller {
  const bySound = new Map<string, string[]>();
  const file = (key: string, word: string): void => {
    const list = bySound.get(key);
    if (list === undefined) bySound.set(key, [word]);
    else if (list[list.length - 1] !== word) list.push(word);
  };
  for (const word of targets) {
    if (word.length < SHORTEST - 1 || word.length > LONGEST || !PLAIN.test(word)) continue;
    const sounds = consonants(word);
    file(sounds, word);
    for (let at = 1; at < sounds.length - 1; at += 1) file(sounds.slice(0, at) + sounds.slice(at + 1), word);
  }
  return (word) => {
    if (word.length < SHORTEST - 1 || word.length > LONGEST || !PLAIN.test(word) || INNOCENT.has(word))
      return undefined;
    const sounds = consonants(word);
    const candidates = bySound.get(sounds);
    const oneSlip = candidates?.find(
      (meant) => meant[0] === word[0] && Math.max(meant.length, word.length) >= SHORTEST && isOneSlip(word, meant),
    );
    if (oneSlip !== undefined || word.length < LONG) return oneSlip;
    return candidates?.find(
      (meant) =>
        meant[0] === word[0] && meant.length >= LONG && consonants(meant) === sounds && slips(word, meant) <= 2,
    );
  };
}
