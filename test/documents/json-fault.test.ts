import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonFault } from '../../src/documents/json-fault.ts';

test.each([
  ['', 0],
  ['[1,]', 3],
  ['{"a" 1}', 5],
  ['{"a": }', 6],
  ['{"a": 1,}', 8],
  ['{a: 1}', 1],
  ['[1 2]', 3],
  ['[1', 2],
  ['{"a": [}', 7],
  ['[1]]', 3],
  ['nul', 0],
  ['["a\nb"]', 1],
  [' [01]', 3],
])('%j is wrong from offset %i on', (text, offset) => {
  expect(jsonFault(text)).toBe(offset);
});

test('JSON has no fault', () => {
  fc.assert(
    fc.property(fc.json(), fc.constantFrom(0, 2), (text, indent) => {
      expect(jsonFault(JSON.stringify(JSON.parse(text), undefined, indent))).toBeUndefined();
    }),
  );
});

test('text with one character cut out has a fault exactly when it is not JSON', () => {
  fc.assert(
    fc.property(fc.json(), fc.nat(), (text, position) => {
      const at = position % text.length;
      const cut = text.slice(0, at) + text.slice(at + 1);
      expect(jsonFault(cut) === undefined).toBe(isJson(cut));
    }),
  );
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
