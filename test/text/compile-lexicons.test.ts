import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { loadCompiled } from '../../src/text/compiled-lexicons.ts';
import { judgeText } from '../../src/text/judge.ts';
import { CONTEXTS_SCHEMA, LEXICON_SCHEMA } from '../../src/text/lexicon-schema.ts';
import { CONTEXTS, compile, lexicon, load } from './fixture-lexicons.ts';

describe('compiling', () => {
  test('gives a JSON value that works after a round trip', () => {
    const { compiled } = compile(lexicon('religion', ['muslim']));

    const again = JSON.parse(JSON.stringify(compiled));

    expect(again).toEqual(compiled);
    expect(judgeText('Muslims', loadCompiled(again)).traits).toEqual(['religion']);
  });

  test('gives the same value for the same lexicons', () => {
    const once = compile(lexicon('religion', ['muslim', 'sikh'])).compiled;
    const twice = compile(lexicon('religion', ['muslim', 'sikh'])).compiled;

    expect(twice).toEqual(once);
  });

  test('changes the digest when a word changes', () => {
    expect(compile(lexicon('religion', ['muslim'])).compiled.digest).not.toBe(
      compile(lexicon('religion', ['sikh'])).compiled.digest,
    );
  });

  test.each([
    ['{@nobody} women', 'uses the class @nobody, which nobody defines'],
    ['{m:1..2}', 'has "{m:1..2}", which is neither {@class}, {n:a..b} nor {range:a..b}'],
    ['(men|women', 'has "(" without ")"'],
    ['...', 'has no letter, digit or sign to match'],
    ['(a|b|c) (a|b|c) (a|b|c) (a|b|c) (a|b|c) (a|b|c)', 'stands for more than 256 phrases; use a word class instead'],
    ['a b c d e f g h i j k l m', 'is longer than 12 words'],
  ])('reports the term "%s" and goes on', (term, message) => {
    const { compiled, problems } = compile(lexicon('religion', [term, 'muslim']));

    expect(problems).toEqual([{ lexicon: 'religion.yaml', group: 'words', term, message }]);
    expect(judgeText('muslim', loadCompiled(compiled)).label).toBe('sensitive');
  });

  test('a file sees its own classes before the shared ones', () => {
    const own = {
      ...lexicon('religion', [{ term: 'temple', beside: ['@people'] }]),
      contexts: { people: { en: ['monk'] } },
    };

    const lexicons = load(own);

    expect(judgeText('temple monks', lexicons).label).toBe('sensitive');
    expect(judgeText('temple women', lexicons).label).toBe('not');
  });
});

describe('the schemas', () => {
  const ajv = new Ajv2020({ allErrors: true });
  const check = ajv.compile(LEXICON_SCHEMA);

  test('take a lexicon with every setting', () => {
    const file = lexicon('religion', [
      {
        term: 'x',
        language: 'de',
        strength: 'implied',
        forms: 'stem',
        near: ['a'],
        beside: ['b'],
        unless: ['c'],
        also: ['age'],
        accents: 'exact',
        case: 'upper',
        trait: 'age',
      },
    ]);

    expect(check(file)).toBe(true);
  });

  test.each([
    ['an unknown key', { trait: 'religion', groups: [], words: [] }],
    ['an unknown form', lexicon('religion', [{ term: 'x', forms: 'plural' as 'noun' }])],
    ['a group without a reason', { trait: 'religion', groups: [{ id: 'a', terms: ['x'] }] }],
  ])('refuse %s', (_, file) => {
    expect(check(file)).toBe(false);
  });

  test('take the shared classes', () => {
    expect(ajv.compile(CONTEXTS_SCHEMA)(CONTEXTS)).toBe(true);
  });
});
