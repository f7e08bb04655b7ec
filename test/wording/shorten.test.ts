import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shorten } from '../../src/wording/shorten.ts';

test.each([
  ['abc', 3, 'abc'],
  ['abcd', 3, 'ab…'],
  ['a🏴b', 3, 'a…'],
  ['a🏴b', 4, 'a🏴b'],
  ['ab', 1, '…'],
])('%j in %i code units is %j', (text, length, short) => {
  expect(shorten(text, length)).toBe(short);
});

test('is never longer than asked, and never ends in half a character', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 50 }), fc.integer({ min: 1, max: 60 }), (text, length) => {
      const short = shorten(text, length);

      expect(short.length).toBeLessThanOrEqual(length);
      expect(short).not.toMatch(/\p{Cs}/u);
    }),
  );
});
