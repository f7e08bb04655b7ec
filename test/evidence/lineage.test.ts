import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LineageCounts } from '../../src/engine/count-source.ts';
import { type MeasuredLineage, measureLineage } from '../../src/evidence/lineage.ts';
import type { LineageNames } from '../../src/evidence/lineage-names.ts';

type Export = Readonly<Record<string, readonly number[]>>;

const NO_NAMES: LineageNames = { before: new Map(), after: new Map() };

/** Users from `start` to one before `end`. */
function range(start: number, end: number): readonly number[] {
  return Array.from({ length: end - start }, (_, i) => start + i);
}

/** Counts as an engine makes them. */
function counts(before: Export, after: Export, users: number): LineageCounts {
  const sizes = (one: Export): LineageCounts['before'] =>
    Object.entries(one).map(([segment, members]) => ({ segment, members: members.length }));
  const overlaps = Object.entries(before).flatMap(([x, first]) =>
    Object.entries(after).map(([y, second]) => {
      const members = new Set(second);
      return { before: x, after: y, members: first.filter((user) => members.has(user)).length };
    }),
  );
  return {
    rows: 0,
    notUsed: {},
    users,
    before: sizes(before),
    after: sizes(after),
    overlaps: overlaps.filter(({ members }) => members > 0),
  };
}

const told = (rows: readonly MeasuredLineage[]): readonly string[] =>
  rows.map(({ kind, before, after }) => `${before ?? '-'} ${kind} ${after ?? '-'}`);

describe('the lineage of a segment', () => {
  test('is kept with the same id and name, renamed when either is another', () => {
    const one = { a: range(0, 100), b: range(200, 300) };
    const names = { before: new Map([['a', 'LGBT']]), after: new Map([['a', '48213']]) };

    expect(told(measureLineage(counts(one, one, 1000), NO_NAMES))).toEqual(['a kept a', 'b kept b']);
    expect(told(measureLineage(counts(one, one, 1000), names))).toEqual(['a renamed a', 'b kept b']);
  });

  test('is found when ids, names and order all changed', () => {
    const before = { gardens: range(0, 100), LGBT: range(50, 250), cats: range(400, 900) };
    const after = { 3: range(400, 890), 1: range(51, 250), 2: range(1, 101) };

    expect(told(measureLineage(counts(before, after, 1000), NO_NAMES))).toEqual([
      'LGBT renamed 1',
      'cats renamed 3',
      'gardens renamed 2',
    ]);
  });

  test('is churned when many members are others', () => {
    expect(told(measureLineage(counts({ a: range(0, 100) }, { x: range(25, 125) }, 1000), NO_NAMES))).toEqual([
      'a churned x',
    ]);
  });

  test('is split into parts, merged into a whole', () => {
    const parts = { p: range(0, 60), q: range(60, 100) };
    const whole = { w: range(0, 100) };

    expect(told(measureLineage(counts(whole, parts, 1000), NO_NAMES))).toEqual(['w split p', 'w split q']);
    expect(told(measureLineage(counts(parts, whole, 1000), NO_NAMES))).toEqual(['p merged w', 'q merged w']);
  });

  test('of a segment inside another one that was kept too is its own', () => {
    const both = { music: range(0, 400), rock: range(0, 100) };

    expect(told(measureLineage(counts(both, both, 1000), NO_NAMES))).toEqual(['music kept music', 'rock kept rock']);
  });

  test('ends, or begins, where no other segment holds the people', () => {
    const rows = measureLineage(counts({ a: range(0, 100) }, { x: range(500, 600) }, 1000), NO_NAMES);

    expect(told(rows)).toEqual(['a dropped -', '- new x']);
  });

  test('does not tie two huge unrelated segments together by their size', () => {
    // Nine tenths of the users each, drawn independently: 0.81 of all are in both, so the Jaccard index is 0.82.
    const before = { huge: range(0, 900) };
    const after = { other: [...range(0, 810), ...range(900, 990)] };
    const [dropped] = measureLineage(counts(before, after, 1000), NO_NAMES);

    expect(810 / (900 + 900 - 810)).toBeGreaterThan(0.8);
    expect(dropped).toMatchObject({ kind: 'dropped', before: 'huge' });
  });

  test('of segments that hold everybody is known by the sizes alone', () => {
    expect(told(measureLineage(counts({ all: range(0, 50) }, { 7: range(0, 50) }, 50), NO_NAMES))).toEqual([
      'all renamed 7',
    ]);
  });

  test('is known by a name that is left over on both sides when its people are others', () => {
    const before = { 17: range(0, 100), 18: range(200, 300) };
    const after = { 4: [...range(80, 100), ...range(400, 480)], 18: range(500, 600) };
    const names = {
      before: new Map([
        ['17', 'LGBT'],
        ['18', 'cats'],
      ]),
      after: new Map([
        ['4', 'LGBT'],
        ['18', 'dogs'],
      ]),
    };
    const rows = measureLineage(counts(before, after, 1000), names);

    expect(told(rows)).toEqual(['17 churned 4', '18 dropped -', '- new 18']);
    expect(rows[0]).toMatchObject({ by: 'name', overlap: 20, expectedOverlap: 10 });
  });

  test('follows the people first: a name that was given to others is new', () => {
    const before = { a: range(0, 100) };
    const after = { 1: range(0, 100), 2: range(500, 600) };
    const names = { before: new Map([['a', 'LGBT']]), after: new Map([['2', 'LGBT']]) };

    expect(told(measureLineage(counts(before, after, 1000), names))).toEqual(['a renamed 1', '- new 2']);
  });

  test('is not known by a name that two segments have, nor by an id that may be a number', () => {
    const before = { c7: range(0, 100), owls: range(200, 300), 5: range(300, 400) };
    const after = { c7: range(500, 600), owls: range(600, 700), 6: range(700, 800) };
    const twice = new Map([
      ['c7', 'x'],
      ['owls', 'x'],
    ]);
    const names = { before: twice, after: twice };

    expect(told(measureLineage(counts(before, after, 1000), NO_NAMES))).toContain('owls churned owls');
    expect(measureLineage(counts(before, after, 1000), NO_NAMES).filter(({ by }) => by !== null)).toHaveLength(1);
    expect(measureLineage(counts(before, after, 1000), names).filter(({ by }) => by !== null)).toEqual([]);
  });

  test('is not made up between two exports that were drawn independently', () => {
    const drawn = fc.record({ share: fc.double({ min: 0.03, max: 0.97, noNaN: true }), seed: fc.nat() });
    fc.assert(
      fc.property(fc.array(drawn, { minLength: 20, maxLength: 20 }), (segments) => {
        const made = segments.map(({ share, seed }, i) => {
          // A generator of its own for each segment, by the multiplier of Park and Miller.
          let state = (seed * 2_654_435 + i * 48_271 + 1) % 2_147_483_647 || 1;
          const random = (): number => {
            state = (state * 48_271) % 2_147_483_647;
            return state / 2_147_483_647;
          };
          for (let warm = 0; warm < 5; warm += 1) random();
          return range(0, 500).filter(() => random() < share);
        });
        const exported = (from: number, prefix: string): Export =>
          Object.fromEntries(made.slice(from, from + 10).map((members, i) => [`${prefix}${i}`, members]));
        const all = counts(exported(0, 'x'), exported(10, 'y'), 500);

        expect(measureLineage(all, NO_NAMES).filter(({ by }) => by !== null)).toEqual([]);
      }),
    );
  });

  test('gives every earlier and later segment a place, whatever the order of the counts', () => {
    const group = fc.uniqueArray(fc.nat({ max: 60 }), { minLength: 1, maxLength: 40 });
    const exported = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd', 'e'), group, { minKeys: 1 });
    fc.assert(
      fc.property(exported, exported, (before, after) => {
        const all = counts(before, after, 61);
        const rows = measureLineage(all, NO_NAMES);
        const turned = measureLineage({ ...all, overlaps: [...all.overlaps].reverse() }, NO_NAMES);

        expect(turned).toEqual(rows);
        expect(new Set(rows.flatMap((row) => row.before ?? []))).toEqual(new Set(Object.keys(before)));
        expect(new Set(rows.flatMap((row) => row.after ?? []))).toEqual(new Set(Object.keys(after)));
      }),
    );
  });
});
