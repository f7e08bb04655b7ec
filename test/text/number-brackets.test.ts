import { describe, expect, test } from 'vitest';
import { bracketAt, bracketFits } from '../../src/text/number-brackets.ts';
import { tokenise } from '../../src/text/tokenise.ts';

function read(text: string): { readonly low: number; readonly high: number } | undefined {
  const bracket = bracketAt(
    text,
    tokenise(text, () => false),
    0,
  );
  return bracket === undefined ? undefined : { low: bracket.low, high: bracket.high };
}

describe('a bracket', () => {
  test.each([
    ['45-54', 45, 54],
    ['45 – 54', 45, 54],
    ['45 to 54', 45, 54],
    ['55_64', 55, 64],
    ['65+', 65, Infinity],
    ['65plus', 65, Infinity],
    ['60 and up', 60, Infinity],
    ['60 years and older', 60, Infinity],
    ['over 60', 60, Infinity],
    ['at least 50', 50, Infinity],
    ['65 y más', 65, Infinity],
    ['65 ans et plus', 65, Infinity],
    ['über 60', 60, Infinity],
    ['under 18', -Infinity, 17],
    ['up to 17', -Infinity, 17],
    ['less than $20,000', -Infinity, 19_999],
    ['<$15k', -Infinity, 14_999],
    ['≤ 580', -Infinity, 580],
    ['$0 - $9,999', 0, 9999],
    ['$20000 - $39999', 20_000, 39_999],
    ['$20-40k', 20_000, 40_000],
    ['€15.000', 15_000, 15_000],
  ])('"%s" goes from %d to %d', (text, low, high) => {
    expect(read(text)).toEqual({ low, high });
  });

  test.each(['45', 'over the hill', '54-45', 'type 2', '9 / 11', 'up and away'])('"%s" is none', (text) => {
    expect(read(text)).toBeUndefined();
  });
});

describe('a test on a bracket', () => {
  const bracket = (low: number, high: number) => ({ low, high, next: 1 });

  test('with a lower bound looks at the lower end', () => {
    expect(bracketFits(bracket(45, 54), 40, null)).toBe(true);
    expect(bracketFits(bracket(35, 44), 40, null)).toBe(false);
    expect(bracketFits(bracket(-Infinity, 60), 40, null)).toBe(false);
  });

  test('with an upper bound looks at the upper end', () => {
    expect(bracketFits(bracket(-Infinity, 19_999), null, 20_000)).toBe(true);
    expect(bracketFits(bracket(15_000, Infinity), null, 20_000)).toBe(false);
  });

  test('with both looks for brackets inside', () => {
    expect(bracketFits(bracket(13, 17), 0, 17)).toBe(true);
    expect(bracketFits(bracket(-Infinity, 17), 0, 17)).toBe(true);
    expect(bracketFits(bracket(13, 18), 0, 17)).toBe(false);
  });
});
