import { expect, test } from 'vitest';
import { assertValid } from '../../src/documents/validate-document.ts';

const LONG = 'x'.repeat(100_000);
const locate = () => ({ file: 'd.json' });
const nested = {
  type: 'object',
  additionalProperties: { type: 'object', properties: {}, additionalProperties: false },
};

test.each([
  ['a key that nobody knows', { a: { [LONG]: 1 } }, /^In `a`, `x+…` is not a known key/],
  ['the name of an object', { [LONG]: { b: 1 } }, /^In `x+…`, `b` is not a known key/],
  ['a value', { a: LONG }, /^In `a`, expected object, found "x+…\.$/],
])('%s is cut short in a message', (_, document, message) => {
  const thrown = (): void => assertValid(document, nested, locate, 'E_CONFIG_INVALID');

  expect(thrown).toThrow(message);
  expect(thrown).not.toThrow(/x{300}/);
});
