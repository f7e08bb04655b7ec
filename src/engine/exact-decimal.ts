/** Places that an exact decimal keeps; the squares of weights with nine need no more. */
const PLACES = 18;
const DECIMAL = /^([0-9]+)(?:\.([0-9]*))?(?:[eE]([+-]?[0-9]{1,3}))?$/;

/** A decimal in units of 10^-18. */
export type ExactDecimal = bigint;

/**
 * Reads a decimal that is not negative, such as `12.5` or `0E-18`.
 *
 * @returns undefined when it is none, or has more than 18 places
 */
export function parseExactDecimal(text: string): ExactDecimal | undefined {
  const [, whole, fraction = '', exponent = '0'] = DECIMAL.exec(text) ?? [];
  if (whole === undefined) return undefined;
  const digits = BigInt(whole + fraction);
  const shift = PLACES + Number(exponent) - fraction.length;
  if (shift >= 0) return digits * 10n ** BigInt(shift);
  const divisor = 10n ** BigInt(-shift);
  return digits % divisor === 0n ? digits / divisor : undefined;
}

/** The nearest floating-point number. */
export function toNearestNumber(decimal: ExactDecimal): number {
  const unit = 10n ** BigInt(PLACES);
  return Number(`${decimal / unit}.${String(decimal % unit).padStart(PLACES, '0')}`);
}
