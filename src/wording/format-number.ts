import { fromJsonNumber, type JsonNumber } from '../domain/json.ts';

/** Writes a number with three significant digits for people; `∞` when unbounded, `?` when undefined. */
export function formatNumber(value: JsonNumber): string {
  const number = fromJsonNumber(value);
  if (number === null) return '?';
  if (!Number.isFinite(number)) return number > 0 ? '∞' : '-∞';
  if (number !== 0 && (Math.abs(number) >= 1e6 || Math.abs(number) < 1e-3)) return number.toExponential(1);
  return String(Number(number.toPrecision(3)));
}

/** Writes a share as a percentage with a precision that fits its size. */
export function formatPercent(share: JsonNumber): string {
  const number = fromJsonNumber(share);
  if (number === null) return '?';
  const percent = 100 * number;
  if (percent !== 0 && Math.abs(percent) < 0.1) return `${percent.toPrecision(1)} %`;
  return `${percent.toFixed(Math.abs(percent) < 9.95 ? 1 : 0)} %`;
}

/** Writes a count with thousands apart, the same in every locale. */
export function formatCount(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** Keeps numbers and their percent signs in one line, where text is broken by somebody else. */
export function withoutBreaks(text: string): string {
  return text.replaceAll(/(\d) %/g, '$1\u00a0%');
}

/** Writes a p- or q-value for readers who need no more than its size. */
export function plainProbability(value: number | null): string {
  return value !== null && value < 0.0001 ? 'below 0.0001' : formatProbability(value);
}

/** Writes a p- or q-value. */
export function formatProbability(value: number | null): string {
  if (value === null) return '?';
  if (value < 1e-300) return '< 1e-300';
  return value < 0.001 ? value.toExponential(1) : String(Number(value.toPrecision(2)));
}
