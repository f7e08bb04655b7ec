import { createHmac } from 'node:crypto';
import type { UniformInteger } from '../statistics/discrete-laplace.ts';

/**
 * Random numbers that are the same whenever they are asked for: blocks of HMAC-SHA-256, keyed with the secret, over the purpose and a counter.
 * Without the secret they cannot be told from fresh random numbers; with it, anybody can draw them again.
 *
 * @param secret - known to whoever may know the exact counts
 * @param purpose - what the numbers are for; another purpose gives others
 */
export function noiseSource(secret: Uint8Array, purpose: readonly string[]): UniformInteger {
  const name = JSON.stringify(purpose);
  let block = 0;
  let pool = Buffer.alloc(0);
  const take = (bytes: number): Buffer => {
    while (pool.length < bytes) {
      pool = Buffer.concat([pool, createHmac('sha256', secret).update(`${block}:${name}`, 'utf8').digest()]);
      block += 1;
    }
    const taken = pool.subarray(0, bytes);
    pool = pool.subarray(bytes);
    return taken;
  };
  return (below) => {
    if (below <= 1n) return 0n;
    const bits = (below - 1n).toString(2).length;
    const bytes = Math.ceil(bits / 8);
    const mask = (1n << BigInt(bits)) - 1n;
    // Numbers beyond the range are thrown away, not folded into it: folding would favour the small ones.
    for (;;) {
      const drawn = BigInt(`0x${take(bytes).toString('hex')}`) & mask;
      if (drawn < below) return drawn;
    }
  };
}
