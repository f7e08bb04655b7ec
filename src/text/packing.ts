/**
 * Packs whole numbers into text: seven bits a byte, smallest first, the top bit saying that more follow; then base 64.
 *
 * @param numbers - integers from 0 to 2^28 - 1
 * @returns base-64 text
 */
export function packNumbers(numbers: readonly number[]): string {
  const bytes: number[] = [];
  for (const number of numbers) {
    let rest = number;
    while (rest >= 0x80) {
      bytes.push((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    bytes.push(rest);
  }
  return Buffer.from(Uint8Array.from(bytes)).toString('base64');
}

/**
 * Unpacks what {@link packNumbers} packed.
 *
 * @param text - base-64 text
 * @param count - how many numbers there are
 * @returns the numbers
 */
export function unpackNumbers(text: string, count: number): Int32Array {
  const bytes = Buffer.from(text, 'base64');
  const numbers = new Int32Array(count);
  let at = 0;
  for (let index = 0; index < count; index += 1) {
    let value = 0;
    let shift = 0;
    let byte = bytes[at] ?? 0;
    at += 1;
    while (byte >= 0x80) {
      value |= (byte & 0x7f) << shift;
      shift += 7;
      byte = bytes[at] ?? 0;
      at += 1;
    }
    numbers[index] = value | (byte << shift);
  }
  return numbers;
}
