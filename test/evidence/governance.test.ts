import { describe, expect, test } from 'vitest';
import type { GovernanceCondition } from '../../src/domain/governance.ts';
import type { Json } from '../../src/domain/json.ts';
import { findGap, readAttribute } from '../../src/evidence/governance.ts';

const TODAY = '2026-11-21';

describe('an attribute', () => {
  const read = (attributes: Record<string, Json>, name: string): Json | null =>
    readAttribute({ segment: 's', topics: [], attributes, location: { file: 'd.csv' } }, name);

  test.each(['retention_days', 'retentionDays', 'Retention days', 'TTL-days', 'retention'])(
    'is found as %s',
    (name) => {
      expect(read({ [name]: 30 }, 'retention_days')).toBe(30);
    },
  );

  test('that is empty is not there', () => {
    expect([' ', '', null, []].map((value) => read({ owner: value }, 'owner'))).toEqual([null, null, null, null]);
  });

  test('that a pack of rules made up is read under its own name', () => {
    expect(read({ dpiaLink: 'x' }, 'dpia_link')).toBe('x');
  });
});

describe('a condition', () => {
  test.each<[Json | null, GovernanceCondition, Json | undefined, string | null]>([
    [null, 'present', undefined, 'missing'],
    ['x', 'present', undefined, null],
    ['x', 'absent', undefined, 'there'],
    [90, 'atMost', 90, null],
    ['91', 'atMost', 90, 'out-of-bounds'],
    ['90 days', 'atMost', 90, null],
    ['3 months', 'atMost', 90, 'out-of-bounds'],
    ['P1Y', 'atMost', 90, 'out-of-bounds'],
    ['until 2030', 'atMost', 90, 'unreadable'],
    [['a', 'b', 'c', 'd'], 'atMost', 3, 'out-of-bounds'],
    ['a; b', 'atMost', 3, null],
    ['Explicit consent', 'in', ['explicit_consent'], null],
    ['contract', 'in', ['explicit consent'], 'out-of-bounds'],
    ['crm; Ad-Network', 'notIn', ['ad network'], 'out-of-bounds'],
    [true, 'notIn', ['true', 'yes'], 'out-of-bounds'],
    [false, 'notIn', ['true', 'yes'], null],
    ['2026-11-21', 'notPast', undefined, null],
    ['2026-11-20T23:59:59Z', 'notPast', undefined, 'out-of-bounds'],
    ['next year', 'notPast', undefined, 'unreadable'],
    [null, 'notPast', undefined, null],
    [null, 'in', ['x'], null],
  ])('%j %s %j: %s', (found, is, value, gap) => {
    expect(findGap(found, is, value, TODAY)).toBe(gap);
  });
});
