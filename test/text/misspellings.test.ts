import { describe, expect, test } from 'vitest';
import { createSpeller } from '../../src/text/misspellings.ts';

const meant = createSpeller([
  'hispanic',
  'diabetes',
  'republicans',
  'immigrants',
  'christian',
  'catholic',
  'addiction',
  'fathers',
  'retired',
]);

describe('one slip of the pen leads back to the word', () => {
  test.each([
    ['hispnic', 'hispanic'],
    ['diabetis', 'diabetes'],
    ['diabeetes', 'diabetes'],
    ['republicns', 'republicans'],
    ['immigants', 'immigrants'],
    ['catholik', 'catholic'],
    ['christain', 'christian'],
    ['retiered', 'retired'],
  ])('%s is %s', (written, word) => {
    expect(meant(written)).toBe(word);
  });
});

describe('right words are left alone', () => {
  test.each([
    'addition',
    'feathers',
    'christina',
    'cristian',
    'hispania',
    'christiansen',
    'fathoms',
    'tired',
    'republics',
  ])('%s', (word) => {
    expect(meant(word)).toBeUndefined();
  });
});

test('a word that is far too long is not looked up', () => {
  expect(meant('a'.repeat(100_000))).toBeUndefined();
});

test('a long word may hold two slips, when its consonants sound right', () => {
  const speller = createSpeller(['schizophrenia', 'bankruptcy', 'undocumented']);
  expect(speller('skizophrenia')).toBe('schizophrenia');
  expect(speller('bankruptsy')).toBe('bankruptcy');
  expect(speller('documented')).toBeUndefined();
});
