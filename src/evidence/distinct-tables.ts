import type { TwoByTwo } from '../statistics/two-by-two.ts';

/** Odd numbers with well-mixed bits, to spread tables over the slots. */
const MULTIPLIERS = [0x9e3779b1, 0x85ebca6b, 0xc2b2ae35, 0x27d4eb2f] as const;

/**
 * Distinct tables, each with a number. Small segments of one panel repeat each other's tables, and what follows from a table alone is worked
 * out once. A hash table over the counts themselves: a map by text takes several times as long, and the memory.
 */
export class DistinctTables {
  /** Counts a, b, c, d of each table, one after the other. */
  readonly #counts: Float64Array;
  /** Number of a table plus 1, by the hash of its counts or the next free slot after it; 0 where free. */
  readonly #slots: Uint32Array;
  #size = 0;

  /** @param most - how many tables may be added */
  constructor(most: number) {
    this.#counts = new Float64Array(4 * most);
    this.#slots = new Uint32Array(2 ** Math.ceil(Math.log2(2 * most + 2)));
  }

  /** How many there are. */
  get size(): number {
    return this.#size;
  }

  /** @returns the number of the table, which an equal one has got before */
  add({ a, b, c, d }: TwoByTwo): number {
    const mask = this.#slots.length - 1;
    let slot = hash(a, b, c, d) & mask;
    for (let taken = this.#slots[slot] ?? 0; taken !== 0; taken = this.#slots[slot] ?? 0) {
      const at = 4 * (taken - 1);
      const counts = this.#counts;
      if (counts[at] === a && counts[at + 1] === b && counts[at + 2] === c && counts[at + 3] === d) return taken - 1;
      slot = (slot + 1) & mask;
    }
    const at = 4 * this.#size;
    this.#counts[at] = a;
    this.#counts[at + 1] = b;
    this.#counts[at + 2] = c;
    this.#counts[at + 3] = d;
    this.#size += 1;
    this.#slots[slot] = this.#size;
    return this.#size - 1;
  }

  at(number: number): TwoByTwo {
    const [counts, at] = [this.#counts, 4 * number];
    return { a: counts[at] ?? 0, b: counts[at + 1] ?? 0, c: counts[at + 2] ?? 0, d: counts[at + 3] ?? 0 };
  }
}

function hash(a: number, b: number, c: number, d: number): number {
  const mixed =
    Math.imul(a, MULTIPLIERS[0]) ^
    Math.imul(b, MULTIPLIERS[1]) ^
    Math.imul(c, MULTIPLIERS[2]) ^
    Math.imul(d, MULTIPLIERS[3]);
  return (mixed ^ (mixed >>> 15)) >>> 0;
}
