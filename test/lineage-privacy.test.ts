import fc from 'fast-check';
import { expect, test } from 'vitest';
import { measureLineage } from '../src/evidence/lineage.ts';
import { showLineage } from '../src/report/show-lineage.ts';
import { auditResults } from './command-line.ts';
import { csv, inputFolder } from './input-folder.ts';

const idOf = (i: number): string => `qz${(i * 7919 + 104_729) % 1_000_003}x`;

test('a sensitive segment that lives on under a number is found, and no user id gets out', async () => {
  const users = Array.from({ length: 400 }, (_, i) => i);
  const rows = (segmentOf: (i: number) => readonly string[]): string =>
    csv(['user_id', 'segment_id'], ...users.flatMap((i) => segmentOf(i).map((segment) => [idOf(i), segment])));
  const cwd = inputFolder({
    'new.csv': csv(['segment_id', 'name'], ['48213', '48213'], ['7', '7']),
    'new-rows.csv': rows((i) => (i < 103 ? ['48213'] : i < 300 ? ['7'] : [])),
    'old.csv': csv(['segment_id', 'name'], ['x', 'LGBT'], ['y', 'gardeners']),
    'old-rows.csv': rows((i) => (i < 100 ? ['x'] : i < 290 ? ['y'] : [])),
  });

  const report = await auditResults(
    cwd,
    '--definitions',
    'new.csv',
    '--assignments',
    'new-rows.csv',
    '--previous-definitions',
    'old.csv',
    '--previous-assignments',
    'old-rows.csv',
  );
  const text = JSON.stringify(report);

  const found = report.findings.find(
    ({ rule, trait }) => rule === 'lives-on-special' && trait === 'sexual_orientation',
  );
  expect(found).toMatchObject({ segment: '48213', severity: 'critical' });
  expect(found?.message).toContain('"LGBT"');
  // Three people are in the later one only: neither their number nor what it could be had from is shown.
  expect(report.lineage.find(({ after }) => after === '48213')).toMatchObject({
    suppressed: true,
    overlap: null,
    jaccard: null,
    sizeBefore: null,
  });
  expect(found?.message).not.toMatch(/\b(97|100|3)\b/);
  expect(users.map(idOf).filter((id) => text.includes(id))).toEqual([]);
});

test('no pair shows a figure when one of its four groups is small', () => {
  const size = fc.oneof(fc.nat({ max: 25 }), fc.integer({ min: 0, max: 400 }));
  fc.assert(
    fc.property(size, size, size, size, (both, onlyBefore, onlyAfter, neither) => {
      fc.pre(both + onlyBefore > 0 && both + onlyAfter > 0);
      const [before, after] = [both + onlyBefore, both + onlyAfter];
      const measured = measureLineage(
        {
          rows: 0,
          notUsed: {},
          users: both + onlyBefore + onlyAfter + neither,
          before: [{ segment: 'x', members: before }],
          after: [{ segment: 'y', members: after }],
          overlaps: [{ before: 'x', after: 'y', members: both }],
        },
        { before: new Map(), after: new Map() },
      );
      const shown = showLineage(measured, {
        minCell: 11,
        namesBefore: new Map(),
        namesAfter: new Map(),
        hiddenAfter: new Set(after < 11 ? ['y'] : []),
      });
      const isSmall = [both, onlyBefore, onlyAfter, neither].some((count) => count > 0 && count < 11);
      for (const row of shown) {
        if (row.before === null || row.after === null) continue;
        expect(row.suppressed).toBe(isSmall);
        if (!isSmall) continue;
        expect([row.overlap, row.sizeBefore, row.sizeAfter, row.jaccard, row.shareOfBefore, row.z]).toEqual(
          Array(6).fill(null),
        );
        // A bound leaves room for at least as many people as the limit.
        const whole = row.atLeast?.of === 'after' ? after : before;
        if (row.atLeast !== null) expect(whole * (1 - row.atLeast.share)).toBeGreaterThanOrEqual(10);
      }
    }),
  );
});
