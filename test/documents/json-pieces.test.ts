import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonPieces } from '../../src/documents/json-pieces.ts';

class Form {
  readonly #form: unknown;

  constructor(form: unknown) {
    this.#form = form;
  }

  toJSON(): unknown {
    return this.#form;
  }
}

const whole = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;
const joined = (value: unknown, heaviest?: number): string => [...jsonPieces(value, heaviest)].join('');

test('pieces make the text of JSON.stringify, however little is stringified at once', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6, stringUnit: 'binary' }), fc.nat(40), (value, heaviest) => {
      expect(joined(value, heaviest)).toBe(whole(value));
    }),
    { numRuns: 500 },
  );
});

test.each([
  ['a key that sets prototypes', JSON.parse('{"a": [1, 2], "__proto__": {"b": [3, 4]}, "__proto": 1}')],
  ['keys that look like numbers', { b: 1, 2: [1], 1: { x: 1 }, '01': 2 }],
  ['members without a value', { a: undefined, b: [1, undefined, 2], c: { d: undefined }, e: undefined }],
  ['nothing but members without a value', { a: { b: undefined, c: undefined, d: undefined } }],
  ['gaps in a list', [new Array(20), [1, new Array(3), 2]]],
  ['numbers that JSON has not', [Number.NaN, -0, Number.POSITIVE_INFINITY, { a: Number.NEGATIVE_INFINITY }]],
  ['halves of surrogate pairs', { '\ud800': ['\udfff', '😀\ud83d'] }],
  ['lines in texts', ['a\n  b', { 'c\n': '\n\n' }]],
  ['empty lists and objects', { a: [], b: {}, c: [[], {}, [[]]] }],
  ['no list or object', 'text'],
  [
    'values with a form of their own',
    [new Date(0), { a: new Form([new Form(1), 2]), b: [new Form(new Date(0))] }, new Form(null)],
  ],
  ['a whole with a form of its own', new Form({ a: [1, 2, new Form('x')] })],
  ['null', null],
])('%s', (_, value) => {
  for (const heaviest of [0, 1, 3, 10, 1000]) expect(joined(value, heaviest)).toBe(whole(value));
});

test('a long list, a long object and a long text come in pieces that memory need not notice', () => {
  const row = { segment: 'a name of some length', counts: { inValue: 1, inOther: 2 }, shares: [0.1, 0.2, null] };
  const value = {
    list: Array.from({ length: 20_000 }, () => row),
    forms: Array.from({ length: 20_000 }, () => new Form(row)),
    deep: { members: Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`key ${i}`, row])) },
    lists: Array.from({ length: 10 }, () => Array.from({ length: 2_000 }, () => row)),
    text: 'x'.repeat(300_000),
  };

  const pieces = [...jsonPieces(value)];

  expect(pieces.join('') === whole(value)).toBe(true);
  expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(1_500_000);
  expect(Math.min(...pieces.slice(0, -1).map(({ length }) => length))).toBeGreaterThan(200_000);
});
