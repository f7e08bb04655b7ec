import type { Token } from './tokenise.ts';

/** A bracket read in a text: `45-54`, `65+`, `under $20k`. Open ends are infinite. */
export interface Bracket {
  readonly low: number;
  readonly high: number;
  /** Index of the token after it. */
  readonly next: number;
}

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

/** Words before a number that open it upwards ("over 60") or downwards ("under 20k"). Folded. */
const OVER = words(
  'over above from plus mas de ab uber exceeding beyond past minimum min ovanfor powyzej ponad uzeri di diatas atas oltre mayores maiores acima boven',
);
const UNDER = words(
  'under below beneath unter sous menos moins menor menores abaixo sotto onder ponizej alti bawah dibawah maximum max',
);
const THAN_OVER = words('more older greater higher plus mas mais piu starsze starsi older ouder alter meer');
const THAN_UNDER = words('less fewer younger lower moins menos meno minder junger jonger');
const THAN = words('than de que di als dan do');
const TO = words('to through thru til till until bis a ate hasta al tot do ile sampai hingga and');
const UNITS = words(
  'year years yr yrs yo y old age aged ans anos ano jahre jahren jahriger anni jaar lat lata yas tahun percent months month',
);
const AND = words('and or und oder y o e ou et of en i ve veya dan atau');
const UP = words(
  'up over older above more plus greater higher mas mais alter mayores oltre piu ouder starsze wiecej uzeri keatas lebih',
);
const DOWN = words('under less younger below lower menos moins meno junger jonger minder mlodsze');

function isCurrency(token: Token | undefined): boolean {
  return token?.kind === 'sign' && /^\p{Sc}$/u.test(token.key);
}

function numberAt(
  tokens: readonly Token[],
  at: number,
): { readonly value: number; readonly next: number; readonly currency: boolean } | undefined {
  const currency = isCurrency(tokens[at]);
  const token = tokens[currency ? at + 1 : at];
  if (token?.kind !== 'number' || token.value === undefined) return undefined;
  const next = (currency ? at + 1 : at) + 1;
  const isSuffix = isCurrency(tokens[next]) && tokens[next + 1]?.kind !== 'number';
  return {
    value: token.value,
    next: isSuffix ? next + 1 : next,
    currency: currency || isSuffix,
  };
}

function has(set: ReadonlySet<string>, token: Token | undefined): boolean {
  return token?.kind === 'word' && set.has(token.key);
}

/** The greatest whole value below a limit: people under 18 are at most 17. */
function below(value: number): number {
  return Number.isInteger(value) ? value - 1 : value;
}

/** Skips "years", "years old", "years of age". */
function skipUnits(tokens: readonly Token[], at: number): number {
  let next = at;
  // Spanish "y" is English "y" for years, unless "more" or "less" follows.
  const joins = (index: number): boolean =>
    has(AND, tokens[index]) && (has(UP, tokens[index + 1]) || has(DOWN, tokens[index + 1]));
  while (next < at + 3 && has(UNITS, tokens[next]) && !joins(next)) next += 1;
  return next;
}

function openAfter(tokens: readonly Token[], low: number, at: number): Bracket | undefined {
  if (tokens[at]?.kind === 'sign' && tokens[at]?.key === '+')
    return { low, high: Number.POSITIVE_INFINITY, next: at + 1 };
  const afterUnits = skipUnits(tokens, at);
  if (afterUnits > at && tokens[afterUnits]?.kind === 'sign' && tokens[afterUnits]?.key === '+') {
    return { low, high: Number.POSITIVE_INFINITY, next: afterUnits + 1 };
  }
  if (has(UP, tokens[at]) && tokens[at]?.key === 'plus') return { low, high: Number.POSITIVE_INFINITY, next: at + 1 };
  if (!has(AND, tokens[afterUnits])) return undefined;
  if (has(UP, tokens[afterUnits + 1])) return { low, high: Number.POSITIVE_INFINITY, next: afterUnits + 2 };
  if (has(DOWN, tokens[afterUnits + 1])) return { low: Number.NEGATIVE_INFINITY, high: low, next: afterUnits + 2 };
  return undefined;
}

function comparison(
  tokens: readonly Token[],
  at: number,
): { readonly up: boolean; readonly next: number; readonly strict: boolean } | undefined {
  const token = tokens[at];
  if (token === undefined) return undefined;
  if (token.kind === 'sign') {
    const equals = tokens[at + 1]?.kind === 'sign' && tokens[at + 1]?.key === '=' ? 1 : 0;
    if (token.key === '<' || token.key === '≤')
      return { up: false, next: at + 1 + equals, strict: token.key === '<' && equals === 0 };
    if (token.key === '>' || token.key === '≥') return { up: true, next: at + 1 + equals, strict: false };
    return undefined;
  }
  if (token.key === 'at' || token.key === 'up') {
    const second = tokens[at + 1]?.key;
    if (token.key === 'at' && second === 'least') return { up: true, next: at + 2, strict: false };
    if (token.key === 'at' && second === 'most') return { up: false, next: at + 2, strict: false };
    if (token.key === 'up' && second === 'to') return { up: false, next: at + 2, strict: false };
    return undefined;
  }
  if (has(THAN_OVER, token) && has(THAN, tokens[at + 1])) return { up: true, next: at + 2, strict: false };
  if (has(THAN_UNDER, token) && has(THAN, tokens[at + 1])) return { up: false, next: at + 2, strict: true };
  if (has(OVER, token)) return { up: true, next: at + 1, strict: false };
  if (has(UNDER, token)) return { up: false, next: at + 1, strict: true };
  return undefined;
}

const OPENERS: ReadonlySet<string> = new Set([...OVER, ...UNDER, ...THAN_OVER, ...THAN_UNDER, 'at', 'up']);

/** Tells whether a bracket can begin with a token, at the cost of one look. */
export function mayOpenBracket(token: Token): boolean {
  return token.kind === 'number' || token.kind === 'sign' || (token.kind === 'word' && OPENERS.has(token.key));
}

/**
 * Reads a number bracket, if one begins at a token: `45-54`, `45 to 54`, `65+`, `60 and up`, `over 60`,
 * `under $20k`, `<$15,000`, `$0 - $9,999`; a lone amount of money counts as a bracket from itself to itself.
 *
 * @param text - the text that the tokens were cut from
 * @param tokens - its tokens
 * @param at - index of the first token
 * @returns the bracket, or `undefined`
 */
export function bracketAt(text: string, tokens: readonly Token[], at: number): Bracket | undefined {
  const compared = comparison(tokens, at);
  if (compared !== undefined) {
    const limit = numberAt(tokens, compared.next);
    if (limit === undefined) return undefined;
    const next = skipUnits(tokens, limit.next);
    if (compared.up) return { low: limit.value, high: Number.POSITIVE_INFINITY, next };
    return { low: Number.NEGATIVE_INFINITY, high: compared.strict ? below(limit.value) : limit.value, next };
  }
  const first = numberAt(tokens, at);
  if (first === undefined) return undefined;
  const to = tokens[first.next];
  const hasWord = has(TO, to);
  const second = numberAt(tokens, hasWord ? first.next + 1 : first.next);
  if (second !== undefined) {
    const before = tokens[first.next - 1];
    const after = tokens[hasWord ? first.next + 1 : first.next];
    const between = text.slice(before?.end ?? 0, after?.start ?? 0);
    if (hasWord || /^\s*[-‐‑‒–—~〜～_]\s*$/u.test(between)) {
      const low =
        second.value >= 1000 * first.value && first.value > 0 && first.value < 1000 ? first.value * 1000 : first.value;
      if (low <= second.value) return { low, high: second.value, next: skipUnits(tokens, second.next) };
    }
  }
  const open = openAfter(tokens, first.value, first.next);
  if (open !== undefined) return { ...open, next: skipUnits(tokens, open.next) };
  return first.currency ? { low: first.value, high: first.value, next: first.next } : undefined;
}

/**
 * Tells whether a bracket answers a test `{range:from..to}`. With only `from`, its lower end must not be below; with
 * only `to`, its upper end must not be above; with both, it must lie inside.
 *
 * @param bracket - what the text says
 * @param from - lower bound or `null`
 * @param to - upper bound or `null`
 */
export function bracketFits(bracket: Bracket, from: number | null, to: number | null): boolean {
  const low = bracket.low === Number.NEGATIVE_INFINITY && from !== null && to !== null ? 0 : bracket.low;
  return (from === null || low >= from) && (to === null || bracket.high <= to);
}
