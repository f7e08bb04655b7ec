import { describe, expect, test } from 'vitest';
import { KNOWN_TRAITS } from '../../src/domain/trait.ts';
import {
  foldColumnName,
  recogniseColumn,
  recogniseTrait,
  SEGMENT_COLUMNS,
  TRAIT_COLUMNS,
  USER_COLUMNS,
} from '../../src/ingest/column-names.ts';
import { guessDelimiter } from '../../src/ingest/csv-header.ts';

describe('usual column names', () => {
  test.each(['user_id', 'User ID', 'userId', 'UserID', ' user-id ', 'USER_ID', 'uid', 'member_id', 'customerId', 'id'])(
    '%j holds users',
    (name) => {
      expect(recogniseColumn(['x', name], USER_COLUMNS)).toBe(name);
    },
  );

  test.each(['segment_id', 'Segment', 'cluster', 'clusterId', 'Cohort ID', 'audience', 'taste-group', 'label'])(
    '%j holds segments',
    (name) => {
      expect(recogniseColumn([name, 'y'], SEGMENT_COLUMNS)).toBe(name);
    },
  );

  test.each([
    ['Sexual Orientation', 'sexual_orientation'],
    ['orientation', 'sexual_orientation'],
    ['raceEthnicity', 'ethnicity_race'],
    ['Ethnic group', 'ethnicity_race'],
    ['gender', 'sex_gender'],
    ['ageBand', 'age'],
    ['party', 'political'],
    ['marital status', 'family_status'],
  ])('%j holds the trait %s', (column, trait) => {
    expect(recogniseTrait(column)).toBe(trait);
  });

  test.each(['height', 'agent', 'terrace', 'embargo', 'country', 'score'])('%j holds no trait', (column) => {
    expect(recogniseTrait(column)).toBeUndefined();
  });

  test('the more telling name wins over the earlier column', () => {
    expect(recogniseColumn(['id', 'user_id'], USER_COLUMNS)).toBe('user_id');
  });

  test('every known trait is recognised by its own id, and no name stands for two traits', () => {
    const names = Object.values(TRAIT_COLUMNS).flat();

    for (const trait of KNOWN_TRAITS) expect(recogniseTrait(trait)).toBe(trait);
    expect(new Set(names).size).toBe(names.length);
  });

  test('every usual name is written in the form that names are compared in', () => {
    const names = [...USER_COLUMNS, ...SEGMENT_COLUMNS, ...Object.values(TRAIT_COLUMNS).flat()];

    expect(names.map(foldColumnName)).toEqual(names);
  });
});

test.each([
  ['a,b;c,d', ','],
  ['a\tb\tc,d', '\t'],
  ['a;b;c', ';'],
  ['a|b', '|'],
  ['alone', ','],
  ['"a;b;c;d",e', ','],
])('the header %j is split at %j', (header, delimiter) => {
  expect(guessDelimiter(`${header}\n1;2;3;4;5;6\n`)).toBe(delimiter);
});
