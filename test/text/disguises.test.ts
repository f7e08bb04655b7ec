import { describe, expect, test } from 'vitest';
import { judgeText } from '../../src/text/judge.ts';
import { lexicon, load } from './fixture-lexicons.ts';

const lexicons = load(
  lexicon('sexual_orientation', ['gay', 'lesbian', 'lgbt', 'lgbtq', 'queer']),
  lexicon('religion', ['muslim', 'jewish']),
  lexicon('ethnicity_race', ['black lives matter', { term: 'black', beside: ['@people'] }]),
  lexicon('health', ['diabetes', 'cancer', 'hiv', 'hiv positive', 'pro ana', 'psa']),
  lexicon('trade_union', ['union']),
  lexicon('gender_identity', ['transgender', 'trans', '🏳️‍⚧️']),
  lexicon('financial_hardship', ['bankruptcy']),
);
const first = (text: string) => judgeText(text, lexicons).matches[0];

describe('a disguised term is found, and the disguise is named', () => {
  test.each([
    ['gаy nightlife', 'gay', 'gаy', 'confusable letters'],
    ['ΗΙV patients', 'hiv', 'ΗΙV', 'confusable letters'],
    ['dıabetes forum', 'diabetes', 'dıabetes', 'confusable letters'],
    ['ｇａｙ bars', 'gay', 'ｇａｙ', 'full-width forms'],
    ['𝗴𝗮𝘆 bars', 'gay', '𝗴𝗮𝘆', 'styled letters'],
    ['g\u200ba\u200by bars', 'gay', 'g\u200ba\u200by', 'zero-width characters'],
    ['d1abetes', 'diabetes', 'd1abetes', 'leetspeak'],
    ['le$bian moms', 'lesbian', 'le$bian', 'leetspeak'],
    ['un!on organizers', 'union', 'un!on', 'leetspeak'],
    ['bankrupt¢y filers', 'bankruptcy', 'bankrupt¢y', 'leetspeak'],
    ['J3wish singles', 'jewish', 'J3wish', 'leetspeak'],
    ['B|ack women', 'black', 'B|ack', 'leetspeak'],
    ['pro-4na tips', 'pro ana', 'pro-4na', 'leetspeak'],
    ['gaaaay bars', 'gay', 'gaaaay', 'repeated letters'],
    ['c a n c e r survivors', 'cancer', 'c a n c e r', 'spaced-out letters'],
    ['g.a.y bars', 'gay', 'g.a.y', 'spaced-out letters'],
    ['l-g-b-t families', 'lgbt', 'l-g-b-t', 'spaced-out letters'],
    ['les bian bars', 'lesbian', 'les bian', 'spaced-out letters'],
    ['g*y bars', 'gay', 'g*y', 'masked letters'],
    ['gaymen', 'gay', 'gay', 'joined words'],
    ['muslimwomen', 'muslim', 'muslim', 'joined words'],
    ['#blacklivesmatter', 'black lives matter', 'blacklivesmatter', 'joined words'],
    ['lesbiann', 'lesbian', 'lesbiann', 'misspelling'],
    ['diabetis', 'diabetes', 'diabetis', 'misspelling'],
    ['k4ncer', 'cancer', 'k4ncer', 'leetspeak'],
    ['ǥay bars', 'gay', 'ǥay', 'confusable letters'],
    ['mooslims', 'muslim', 'mooslims', 'misspelling'],
    ['queerr', 'queer', 'queerr', 'misspelling'],
    ['qveers', 'queer', 'qveers', 'confusable letters'],
    ['rnuslim moms', 'muslim', 'rnuslim', 'confusable letters'],
    ['†rans', 'trans', '†rans', 'leetspeak'],
    ['les bi ans', 'lesbian', 'les bi ans', 'spaced-out letters'],
    ['m u s l i m  h i v', 'muslim', 'm u s l i m', 'spaced-out letters'],
    ['gaydad', 'gay', 'gay', 'joined words'],
    ['caf&eacute; g&#97;y', 'gay', 'g&#97;y', 'html entities'],
    ['g%61y bars', 'gay', 'g%61y', 'url encoding'],
  ])('%s', (text, term, matched, disguise) => {
    expect(first(text)).toMatchObject({ term, matched, disguise });
  });

  test('codes for a terminal stand between words and hide none', () => {
    expect(first('x\u001b[31m\u001b[2Jgay bars')).toMatchObject({ term: 'gay', matched: 'gay' });
  });

  test('who hides a word that needs a context needs none', () => {
    expect(first('bl4ck')).toMatchObject({ term: 'black', disguise: 'leetspeak' });
    expect(first('black')).toBeUndefined();
  });

  test.each([
    ['HIVpositive men', 'hiv positive'],
    ['gay_men', 'gay'],
    ['GayMen', 'gay'],
    ['H.I.V. care', 'hiv'],
    ['trans-gender', 'transgender'],
    ['LGBTQ+', 'lgbtq'],
    ['🏳️‍⚧ folks', '🏳️‍⚧️'],
  ])('%s is just another way to write %s', (text, term) => {
    expect(first(text)).toMatchObject({ term });
  });
});

describe('ordinary writing is left alone', () => {
  test.each([
    '4th of July',
    'b2b marketers',
    'covid-19',
    'type 2',
    'W3C',
    '3D printing',
    '401k holders',
    '7-eleven',
    'PS4 gamers',
    'Blackman',
    'a b c d',
    'f#',
    'Yo Ga y',
    '1990s',
    'G&Y',
  ])('%s', (text) => {
    expect(judgeText(text, lexicons).matches).toEqual([]);
  });
});
