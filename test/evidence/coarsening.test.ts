import { expect, test } from 'vitest';
import type { Leakage } from '../../src/domain/leakage.ts';
import { ancestorsOf } from '../../src/evidence/parents.ts';
import { explainSegment } from '../../src/report/explain-segment.ts';
import { PLAIN } from '../../src/report/format.ts';
import { auditResults, shownOf } from '../command-line.ts';
import { csv, inputFolder } from '../input-folder.ts';

const TIMEOUT = 60_000;

/** A generator by the multiplier of Park and Miller. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

/** Chance to be in a segment, with the value and without it, and its parent. `music` is no segment of the export. */
const SEGMENTS: Readonly<Record<string, readonly [number, number, string]>> = {
  gospel: [0.5, 0.05, 'music'],
  metal: [0.05, 0.45, 'music'],
  jazz: [0.2, 0.2, 'music'],
  hymns: [0.4, 0.1, 'choirs'],
  choirs: [0.3, 0.2, ''],
  fasting: [0.3, 0.05, ''],
};

type Row = readonly [user: string, segment: string];

function madeExport(): { readonly rows: readonly Row[]; readonly traits: string } {
  const random = generator(20_261_121);
  const users = Array.from({ length: 3_000 }, (_, i) => ({ id: `u${i}`, value: random() < 0.3 ? 'x' : 'y' }));
  return {
    rows: users.flatMap(({ id, value }) =>
      Object.entries(SEGMENTS)
        .filter(([, [withValue, without]]) => random() < (value === 'x' ? withValue : without))
        .map(([segment]): Row => [id, segment]),
    ),
    traits: csv(['user_id', 'religion'], ...users.map(({ id, value }) => [id, value])),
  };
}

const DEFINITIONS = csv(
  ['segment_id', 'parent'],
  ...Object.entries(SEGMENTS).map(([id, [, , parent]]) => [id, parent]),
);

/** The export in which these segments became the parents that `into` names, or went, where it names none. */
function coarsened(
  rows: readonly Row[],
  gone: readonly string[],
  into: Readonly<Record<string, string>>,
): readonly Row[] {
  const wholes = new Set(Object.values(into));
  const made = rows.flatMap(([user, segment]): Row[] => {
    const parent = SEGMENTS[segment]?.[2] ?? '';
    return [
      ...(wholes.has(parent) ? [[user, parent] as const] : []),
      ...(gone.includes(segment) ? [] : [[user, segment] as const]),
    ];
  });
  return [...new Set(made.map((row) => JSON.stringify(row)))].map((row) => JSON.parse(row) as Row);
}

async function leakageOf(files: Record<string, string>): Promise<Leakage> {
  const { leakage } = await auditResults(inputFolder(files), '.');
  expect(leakage).toHaveLength(1);
  return leakage[0]!;
}

test(
  'the AUC of coarsening is what an audit of the coarsened export measures',
  async () => {
    const { rows, traits } = madeExport();
    const filesOf = (list: readonly Row[]): Record<string, string> => ({
      'definitions.csv': DEFINITIONS,
      'traits.csv': traits,
      'assignments.csv': csv(['user_id', 'segment_id'], ...list),
    });
    const { removal, coarseningSuffices, removalSuffices } = await leakageOf(filesOf(rows));

    expect(removal.length).toBeGreaterThan(2);
    expect(removal.map(({ coarsenedAuc }) => coarsenedAuc?.estimate ?? null)).not.toContain(null);
    const into = { gospel: 'music', metal: 'music', hymns: 'choirs', jazz: 'music' };
    for (const [index, step] of removal.entries()) {
      const gone = removal.slice(0, index + 1).map(({ segment }) => segment);
      const used = Object.fromEntries(Object.entries(into).filter(([segment]) => gone.includes(segment)));
      expect(gone).not.toContain('choirs');
      const { auc } = await leakageOf(filesOf(coarsened(rows, gone, used)));
      expect(auc).toEqual(step.coarsenedAuc);
    }
    expect([removalSuffices, coarseningSuffices]).toEqual([true, Number(removal.at(-1)?.coarsenedAuc?.estimate) < 0.6]);
  },
  TIMEOUT,
);

test(
  'the report says what coarsening would do, and nothing where no definition names a parent',
  async () => {
    const { rows, traits } = madeExport();
    const files = { 'traits.csv': traits, 'assignments.csv': csv(['user_id', 'segment_id'], ...rows) };
    const report = await auditResults(inputFolder({ ...files, 'definitions.csv': DEFINITIONS }), '.');
    const without = await auditResults(inputFolder(files), '.');

    expect(shownOf(report)).toMatch(/; coarsening into\s+parents gives 0\.\d+/);
    expect(report.findings.find(({ rule }) => rule === 'export-tells-special')?.message).toMatch(
      /Coarsening those with a parent into it instead \("music".* gives \d/,
    );
    expect(explainSegment(report, 'gospel', { style: PLAIN, width: 100, verbose: true })).toContain(
      'its parent music instead',
    );
    expect(without.leakage[0]?.removal.map(({ coarsenedAuc }) => coarsenedAuc)).toEqual(
      without.leakage[0]?.removal.map(() => null),
    );
    expect(without.leakage[0]?.coarseningSuffices).toBeNull();
  },
  TIMEOUT,
);

test('parents that run in a circle end', () => {
  const parents = new Map([
    ['a', 'b'],
    ['b', 'c'],
    ['c', 'a'],
  ]);

  expect(ancestorsOf('a', parents)).toEqual(['b', 'c']);
});
