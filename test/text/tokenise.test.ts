import { describe, expect, test } from 'vitest';
import { tokenise } from '../../src/text/tokenise.ts';

const KNOWN = new Set(['lgbtq', 'hiv', 'covid19', 'iphone']);
const keys = (text: string) => tokenise(text, (key) => KNOWN.has(key)).map((token) => token.key);

describe('words', () => {
  test.each([
    ['snake_case name', ['snake', 'case', 'name']],
    ['kebab-case', ['kebab', 'case']],
    ['camelCaseName', ['camel', 'case', 'name']],
    ['HTMLParser', ['html', 'parser']],
    ['HIVpositive', ['hiv', 'positive']],
    ['LGBTQ', ['lgbtq']],
    ['iPhone', ['iphone']],
    ["women's", ['women']],
    ["l'islam", ['l', 'islam']],
    ["undoc'd", ['undocd']],
    ['Müller Straße', ['muller', 'strasse']],
    ['Covid19', ['covid19']],
    ['Age65', ['age', '65']],
    ['R&B', ['r', 'and', 'b']],
    ['#Pride', ['pride']],
    ['日本', ['日', '本']],
  ])('%s', (text, expected) => {
    expect(keys(text)).toEqual(expected);
  });
});

describe('numbers', () => {
  test.each([
    ['15,000', 15_000],
    ['15.000', 15_000],
    ['1.5', 1.5],
    ['20k', 20_000],
    ['2m', 2_000_000],
    ['٤٥', 45],
  ])('%s is %d', (text, value) => {
    expect(tokenise(text, () => false)).toMatchObject([{ kind: 'number', value }]);
  });
});

describe('emoji', () => {
  test('a flag, a joined sequence and a skin tone are one token each, without what only changes the look', () => {
    expect(keys('🇮🇱🏳️‍🌈👍🏽')).toEqual(['🇮🇱', '🏳\u200d🌈', '👍']);
  });
});

describe('structure', () => {
  test('a path has parts, a comparison has none', () => {
    expect(tokenise('A > B | C', () => false).map((token) => token.part)).toEqual([0, 1, 2]);
    expect(tokenise('Income >$20k', () => false).map((token) => token.part)).toEqual([0, 0, 0, 0]);
  });

  test('words in brackets are marked', () => {
    expect(tokenise('Pride (film) x', () => false).map((token) => token.isBracketed)).toEqual([false, true, false]);
  });
});
