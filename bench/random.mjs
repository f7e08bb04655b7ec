/** Numbers in [0, 1) that are the same in every run (mulberry32). */
export function generator(seed) {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A number between two others, evenly. */
export function between(random, low, high) {
  return low + (high - low) * random();
}

/** One of the keys of an object whose values are shares that add up to 1. */
export function oneOf(random, shares) {
  let left = random();
  const entries = Object.entries(shares);
  for (const [key, share] of entries) {
    left -= share;
    if (left < 0) return key;
  }
  return entries[entries.length - 1][0];
}

/** So many successes in n trials, one trial at a time. */
export function binomial(random, n, p) {
  let successes = 0;
  for (let trial = 0; trial < n; trial += 1) if (random() < p) successes += 1;
  return successes;
}

/** Draws `count` of the items without replacement; the items are shuffled in place as far as needed. */
export function sample(random, items, count) {
  const taken = Math.min(count, items.length);
  for (let place = 0; place < taken; place += 1) {
    const other = place + Math.floor(random() * (items.length - place));
    [items[place], items[other]] = [items[other], items[place]];
  }
  return items.slice(0, taken);
}
