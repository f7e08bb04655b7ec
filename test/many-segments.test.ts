import { expect, test } from 'vitest';
import { generator } from '../bench/random.mjs';
import type { Association } from '../src/domain/association.ts';
import { toJsonNumber } from '../src/domain/json.ts';
import { measureEffects } from '../src/evidence/effects.ts';
import { adjustLnP } from '../src/statistics/p-adjust.ts';
import { auditResults } from './command-line.ts';
import { csv, inputFolder } from './input-folder.ts';

const HEADER = ['segment_id', 'trait', 'value', 'in_value', 'in_other', 'out_value', 'out_other'];
const PANEL = 4_000;
const TRAITS = { religion: { a: 1_200, b: 2_300, c: 500 }, sexual_orientation: { lgb: 300, straight: 3_700 } };

/** Counts of small segments of one panel, many of which repeat each other's tables. */
function countsOfSmallSegments(segments: number): readonly (readonly (string | number)[])[] {
  const random = generator(7);
  return Array.from({ length: segments }, (_, index) => {
    const size = 20 + Math.floor(random() * 12);
    return Object.entries(TRAITS).flatMap(([trait, values]) => {
      let left = size;
      const all = Object.entries(values);
      return all.map(([value, people], place) => {
        const expected = Math.round((size * people) / PANEL + 4 * (random() - 0.5));
        const inside = place === all.length - 1 ? left : Math.max(0, Math.min(left, expected));
        left -= inside;
        return [`s${index}`, trait, value, inside, size - inside, people - inside, PANEL - people - size + inside];
      });
    });
  }).flat();
}

async function audited(rows: readonly (readonly (string | number)[])[]) {
  const folder = inputFolder({ 'counts.csv': csv(HEADER, ...rows) });
  return auditResults(folder, '--counts', 'counts.csv', '--min-cell', '0', '--set', 'packs=[recommended]');
}

const tableOf = ({ trait, counts }: Association): string => JSON.stringify([trait, counts]);

test('rows of counts give the same results in any order', async () => {
  const rows = countsOfSmallSegments(60);
  const random = generator(3);
  const shuffled = rows
    .map((row) => ({ row, key: random() }))
    .sort((x, y) => x.key - y.key)
    .map(({ row }) => row);

  const [inOrder, outOfOrder] = [await audited(rows), await audited(shuffled)];

  expect(outOfOrder.associations).toEqual(inOrder.associations);
  expect(outOfOrder.distributions).toEqual(inOrder.distributions);
  expect(outOfOrder.findings).toEqual(inOrder.findings);
});

test('every row has the figures of its own table, whether or not another row has the same table', async () => {
  const { associations } = await audited(countsOfSmallSegments(80));

  const tables = new Set(associations.map(tableOf));
  expect(tables.size).toBeLessThan(0.8 * associations.length);
  for (const { counts, ...row } of associations) {
    const { inValue: a, inOther: b, outValue: c, outOther: d } = counts;
    const { test: chosen, pValue, lnPValue, representationRatio } = measureEffects({ a: a!, b: b!, c: c!, d: d! });
    expect({ test: row.test, pValue: row.pValue, lnPValue: row.lnPValue }).toEqual({ test: chosen, pValue, lnPValue });
    expect(row.representationRatio.estimate).toBe(toJsonNumber(representationRatio.estimate));
  }
  const byTable = new Map(associations.map((row) => [tableOf(row), row]));
  for (const { segment: _, value: __, ...row } of associations) {
    const { segment: ___, value: ____, ...other } = byTable.get(tableOf(row as Association))!;
    expect(row).toEqual(other);
  }
});

test('equal p-values have equal q-values, and the order of the tests does not matter', () => {
  const lnP = [-3, -8, null, -3, 0, -8, -0.5, -3, Number.NEGATIVE_INFINITY, null, Number.NEGATIVE_INFINITY];

  for (const method of ['bh', 'by', 'holm', 'hochberg', 'hommel', 'bonferroni'] as const) {
    const adjusted = adjustLnP(lnP, method);
    const reversed = adjustLnP(lnP.toReversed(), method).toReversed();

    expect(reversed).toEqual(adjusted);
    expect(adjusted[3]).toBe(adjusted[0]);
    expect(adjusted[5]).toBe(adjusted[1]);
    expect([adjusted[2], adjusted[9]]).toEqual([null, null]);
    expect(adjusted[8]).toBe(Number.NEGATIVE_INFINITY);
  }
});
