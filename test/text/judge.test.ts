import { describe, expect, test } from 'vitest';
import { judgeText } from '../../src/text/judge.ts';
import { lexicon, load } from './fixture-lexicons.ts';

const lexicons = load(
  lexicon('sexual_orientation', ['gay', 'lesbian', { term: 'pride parade', unless: ['lion'] }]),
  lexicon('religion', [
    'muslim',
    { term: 'jewish', also: ['ethnicity_race'] },
    { term: 'christian', beside: ['@people'] },
  ]),
  {
    trait: 'ethnicity_race',
    groups: [
      {
        id: 'black',
        why: 'Names a group.',
        language: 'en',
        unless: ['black friday', '@title-of-work'],
        terms: [
          { term: 'black', beside: ['@people'] },
          { term: 'black', near: ['=alone'] },
          '{@nation} (engineers|nurses)',
        ],
      },
      { id: 'music', why: 'A proxy.', language: 'en', strength: 'implied', terms: ['afrobeats', 'black music'] },
      { id: 'markets', why: 'No people.', language: 'en', strength: 'harmless', terms: ['black men market'] },
    ],
  },
  lexicon('age', ['age {range:40..}', '{n:0..17} year old', 'teen']),
  lexicon('financial_hardship', ['income {range:..20000}']),
  lexicon('health', [
    { term: 'ED', case: 'upper' },
    { term: 'PrEP', case: 'exact' },
    'hiv',
    'hiv+',
    { term: 'pané', accents: 'exact' },
  ]),
);
const judge = (text: string) => judgeText(text, lexicons);

describe('the label', () => {
  test('is "sensitive" when an explicit term stands in the text', () => {
    expect(judge('Gay men in Berlin')).toMatchObject({ label: 'sensitive', traits: ['sexual_orientation'] });
  });

  test('is "borderline" when a term only implies a trait', () => {
    expect(judge('Afrobeats listeners')).toMatchObject({ label: 'borderline', traits: ['ethnicity_race'] });
  });

  test('is "not" for a text without terms, and for the empty text', () => {
    expect(judge('Running shoes').label).toBe('not');
    expect(judge('').label).toBe('not');
  });

  test('names only the traits that carry it', () => {
    expect(judge('Gay afrobeats fans').traits).toEqual(['sexual_orientation']);
  });

  test('lists traits in the order of the known traits', () => {
    expect(judge('Jewish lesbians').traits).toEqual(['sexual_orientation', 'ethnicity_race', 'religion']);
  });
});

describe('a match', () => {
  test('says where it stands, which term it is, and why it counts', () => {
    expect(judge('The Lesbians of Paris').matches).toEqual([
      {
        trait: 'sexual_orientation',
        term: 'lesbian',
        strength: 'explicit',
        start: 4,
        end: 12,
        matched: 'Lesbians',
        language: 'en',
        lexicon: 'sexual_orientation',
        group: 'words',
        why: 'Test words.',
      },
    ]);
  });

  test('gives way to a longer match of the same trait', () => {
    const { label, matches } = judge('black music men');

    expect(matches.map((match) => match.matched)).toEqual(['black music']);
    expect(label).toBe('borderline');
  });

  test('stands beside a longer match of another trait', () => {
    expect(judge('jewish women').matches.map((match) => match.trait)).toEqual(['ethnicity_race', 'religion']);
  });

  test('is hidden by a longer harmless phrase of the same trait', () => {
    expect(judge('black men market').label).toBe('not');
  });

  test('does not reach over the parts of a path', () => {
    expect(judge('Pride > Parade').label).toBe('not');
  });
});

describe('contexts', () => {
  test('beside: the term needs its neighbour, with at most one word between', () => {
    expect(judge('Christian women').label).toBe('sensitive');
    expect(judge('Christian and devout families').label).toBe('sensitive');
    expect(judge('Christian Dior bags for women').label).toBe('not');
  });

  test('a term without the context that it needs is reported as harmless', () => {
    expect(judge('Christian Dior').harmless).toMatchObject([
      { term: 'christian', reason: 'needs-context', needs: '@people' },
    ]);
  });

  test('unless: a word nearby makes the term harmless, and is named', () => {
    const { label, harmless } = judge('Lion pride parade');

    expect(label).toBe('not');
    expect(harmless).toMatchObject([{ reason: 'context', context: 'lion' }]);
  });

  test('unless: a phrase that holds the term must overlap it', () => {
    expect(judge('Black Friday women deals').label).toBe('not');
    expect(judge('Black women on a black friday').label).toBe('sensitive');
  });

  test('=alone: the whole text, or a whole part of a path', () => {
    expect(judge('Demographics > Ethnicity > Black').label).toBe('sensitive');
    expect(judge('Black').label).toBe('sensitive');
    expect(judge('Black shoes').label).toBe('not');
  });

  test('a class word written in brackets counts only in brackets', () => {
    expect(judge('Black women (single)').label).toBe('not');
    expect(judge('Black women single').label).toBe('sensitive');
  });
});

describe('conditions on the writing', () => {
  test('case: upper takes capitals only', () => {
    expect(judge('ED treatment').label).toBe('sensitive');
    expect(judge('Ed Sheeran').label).toBe('not');
  });

  test('case: exact takes the letters as written', () => {
    expect(judge('PrEP users').label).toBe('sensitive');
    expect(judge('prep school').label).toBe('not');
  });

  test('accents: exact needs the accents', () => {
    expect(judge('pané').label).toBe('sensitive');
    expect(judge('pane').label).toBe('not');
  });
});

describe('patterns', () => {
  test.each(['Age 45-54', 'age 65+', 'Age 60 and up', 'Age 45 to 54', 'age over 60'])(
    '"%s" is a bracket from 40 up',
    (text) => {
      expect(judge(text).traits).toEqual(['age']);
    },
  );

  test.each(['Age 18-24', 'age 25+', 'Ages 40'])('"%s" is not', (text) => {
    expect(judge(text).label).toBe('not');
  });

  test.each(['Income under $20k', 'income <$15,000', 'income $0 - $9,999', 'income less than 20000'])(
    '"%s" is a low income',
    (text) => {
      expect(judge(text).traits).toEqual(['financial_hardship']);
    },
  );

  test.each(['Income $20,000 - $39,999', 'income over $20k'])('"%s" is not', (text) => {
    expect(judge(text).label).toBe('not');
  });

  test('a whole number in a range', () => {
    expect(judge('12 year old').label).toBe('sensitive');
    expect(judge('21 year old').label).toBe('not');
  });

  test('a class and a choice inside a term', () => {
    expect(judge('Nigerian nurses').matches[0]).toMatchObject({ matched: 'Nigerian nurses' });
  });

  test('a sign that a term holds is part of the match, another is stepped over', () => {
    expect(judge('HIV+ men').matches[0]).toMatchObject({ term: 'hiv+', matched: 'HIV+' });
    expect(judge('gay+ men').matches[0]).toMatchObject({ term: 'gay', matched: 'gay' });
  });
});

test('a number that lacks its context is not told of', () => {
  const ages = load(lexicon('age', [{ term: '{range:40..}', near: ['age'] }]));
  expect(judgeText('45-54 orders', ages).harmless).toEqual([]);
  expect(judgeText('age 45-54', ages).label).toBe('sensitive');
});
