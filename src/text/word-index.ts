/** Finds the number of a word. */
export interface WordIndex {
  readonly size: number;
  readonly get: (word: string) => number | undefined;
  readonly has: (word: string) => boolean;
}

const LINE_FEED = 0x0a;

/** FNV-1a over UTF-16 units. */
function step(hash: number, unit: number): number {
  return Math.imul(hash ^ unit, 0x01000193);
}

const SEED = 0x811c9dc5;

/**
 * Indexes words without making a string of each: a hash table over one text. Several times faster to set up than a Map.
 *
 * @param words - all words, joined by line feeds; a word's place is its number. An empty word is never found
 * @returns the index
 */
export function indexWords(words: string): WordIndex {
  let size = 1;
  for (let at = words.indexOf('\n'); at >= 0; at = words.indexOf('\n', at + 1)) size += 1;
  let slots = 1024;
  while (slots < size * 2) slots *= 2;
  const mask = slots - 1;
  const table = new Int32Array(slots);
  const hashes = new Int32Array(size);
  const starts = new Int32Array(size + 1);
  let word = 0;
  let hash = SEED;
  for (let at = 0; at <= words.length; at += 1) {
    const unit = at < words.length ? words.charCodeAt(at) : LINE_FEED;
    if (unit !== LINE_FEED) {
      hash = step(hash, unit);
      continue;
    }
    hashes[word] = hash;
    let slot = (hash ^ (hash >>> 15)) & mask;
    while (table[slot] !== 0) slot = (slot + 1) & mask;
    table[slot] = word + 1;
    word += 1;
    starts[word] = at + 1;
    hash = SEED;
  }
  const get = (wanted: string): number | undefined => {
    let wantedHash = SEED;
    for (let at = 0; at < wanted.length; at += 1) wantedHash = step(wantedHash, wanted.charCodeAt(at));
    let slot = (wantedHash ^ (wantedHash >>> 15)) & mask;
    for (let entry = table[slot] ?? 0; entry !== 0; entry = table[slot] ?? 0) {
      const number = entry - 1;
      const start = starts[number] ?? 0;
      if (
        hashes[number] === wantedHash &&
        (starts[number + 1] ?? 0) - start - 1 === wanted.length &&
        words.startsWith(wanted, start)
      ) {
        return wanted === '' ? undefined : number;
      }
      slot = (slot + 1) & mask;
    }
    return undefined;
  };
  return { size, get, has: (wanted) => get(wanted) !== undefined };
}
