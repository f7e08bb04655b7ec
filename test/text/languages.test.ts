import { describe, expect, test } from 'vitest';
import { judgeText } from '../../src/text/judge.ts';
import type { LexiconFile } from '../../src/text/lexicon-schema.ts';
import { lexicon, load } from './fixture-lexicons.ts';

function inLanguage(language: string, terms: readonly string[], more: object = {}): LexiconFile['groups'][0] {
  return { id: `words-${language}`, why: 'Test words.', language, terms, ...more };
}

const lexicons = load(
  {
    trait: 'health',
    groups: [
      inLanguage('es', ['mujer embarazada', 'persona con vih', 'diabético']),
      inLanguage('fr', ['personne handicapée', 'prison', 'dépression']),
      inLanguage('it', ['donna incinta', 'medico malato']),
      inLanguage('pt', ['pessoa surda', 'alemão']),
      inLanguage('de', ['Schwangere', 'Senior', 'Vater']),
      inLanguage('de', ['gewerkschaft'], { forms: 'stem' }),
      inLanguage('pl', ['rak', 'kobieta']),
      inLanguage('tr', ['hasta', 'göçmen']),
      inLanguage('ar', ['مسلم', 'النساء']),
      inLanguage('hi', ['महिला', 'रोगी']),
      inLanguage('zh', ['糖尿病', '同性恋']),
      inLanguage('ja', ['ゲイ', '糖尿病']),
      inLanguage('ko', ['게이']),
      inLanguage('th', ['อิสลาม']),
      inLanguage('ru', ['мигрант']),
      inLanguage('nl', ['moslim']),
    ],
  },
  lexicon('age', [
    { term: 'senior', near: ['citizen'] },
    { term: 'prison', near: ['nothing'] },
    { term: 'depression', near: ['nothing'] },
  ]),
);
const found = (text: string) => judgeText(text, lexicons).matches.map((match) => match.matched);

describe('words bend by the rules of their language', () => {
  test.each([
    ['mujeres embarazadas', 'mujeres embarazadas'],
    ['personas con VIH', 'personas con VIH'],
    ['diabéticas', 'diabéticas'],
    ['personnes handicapées', 'personnes handicapées'],
    ['donne incinte', 'donne incinte'],
    ['medici malati', 'medici malati'],
    ['pessoas surdas', 'pessoas surdas'],
    ['alemães e alemões', 'alemões'],
    ['Schwangeren', 'Schwangeren'],
    ['Väter', 'Väter'],
    ['kobiety', 'kobiety'],
    ['hastalar', 'hastalar'],
    ['göçmenlerin', 'göçmenlerin'],
    ['महिलाएं', 'महिलाएं'],
    ['мигрантов', 'мигрантов'],
    ['moslims', 'moslims'],
  ])('%s', (text, matched) => {
    expect(found(text)).toContain(matched);
  });

  test('forms: stem takes every word that begins with the term', () => {
    expect(found('Gewerkschaftsmitglieder')).toEqual(['Gewerkschaftsmitglieder']);
  });
});

describe('Arabic', () => {
  test.each(['مسلمون', 'المسلمين', 'والمسلمين', 'نساء'])('%s is found with its particles and endings', (text) => {
    expect(found(text)).toEqual([text]);
  });
});

describe('scripts without spaces', () => {
  test('a term inside a longer word is found', () => {
    expect(found('糖尿病患者')).toEqual(['糖尿病']);
  });

  test('three Chinese characters in a row are a term, however the text is cut into words', () => {
    expect(found('同性恋人群')).toEqual(['同性恋']);
  });

  test('a term in Katakana is not the beginning of another word', () => {
    expect(found('ゲイ男性')).toEqual(['ゲイ']);
    expect(found('ゲイム')).toEqual([]);
  });

  test('a short Korean term is a whole word, apart from particles', () => {
    expect(found('게이 클럽')).toEqual(['게이']);
    expect(found('게이들의 모임')).toEqual(['게이']);
    expect(found('게이머')).toEqual([]);
  });

  test('Thai', () => {
    expect(found('ศาสนาอิสลาม')).toEqual(['อิสลาม']);
  });
});

describe('words that English has too', () => {
  test('are English in an English name', () => {
    expect(found('Senior Engineering Manager')).toEqual([]);
    expect(found('Escape from the prison')).toEqual([]);
    expect(found('Great Depression')).toEqual([]);
  });

  test('are the other language where another word speaks for it', () => {
    expect(found('sortie de prison avec la famille')).toEqual(['prison']);
    expect(found('Senior Schwangere')).toEqual(['Senior', 'Schwangere']);
  });

  test('count when they are written with their accents', () => {
    expect(found('dépression')).toEqual(['dépression']);
  });
});
