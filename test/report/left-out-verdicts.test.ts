import { expect, test } from 'vitest';
import type { AuditReport } from '../../src/domain/report.ts';
import { association, smallReport, written } from '../formats/small-report.ts';

const VERDICTS = ['cleared', 'cleared', 'inconclusive'] as const;

/** The last segments have a proxy that no finding rests on, and no rule judges the very last. */
function reportOn(segments: number): AuditReport {
  const small = smallReport();
  const ids = Array.from({ length: segments }, (_, i) => `s${String(i).padStart(4, '0')}`);
  return {
    ...small,
    findings: [],
    segments: ids.map((segment) => ({ ...small.segments[0]!, segment, name: null })),
    pseudoSegments: [],
    associations: ids.flatMap((segment, i) => [
      association(segment, 'a', i < segments - 2 ? VERDICTS[i % 3]! : 'proxy'),
      { ...association(segment, 'b', 'cleared'), ...(i === segments - 1 ? { verdict: null } : {}) },
    ]),
  };
}

test.each([
  ['html', 500, 100],
  ['markdown-report', 200, 400],
])('%s says what the panel shows of the segments after the first %i', (format, shown, left) => {
  const report = reportOn(600);
  const open = report.associations.slice(shown * 2).filter(({ verdict }) => verdict === 'inconclusive').length;
  const cleared = 2 * left - open - 3;

  expect(written(format, report)).toContain(
    `Of the segments that are not shown here, 2 comparisons show a proxy, ${cleared} are cleared, ${open} are inconclusive and 1 was judged by no rule. Inconclusive is not cleared.`,
  );
});

test.each(['html', 'markdown-report'])('%s says nothing of the kind where all are shown', (format) => {
  expect(written(format, reportOn(200))).not.toContain('Of the segments that are not shown');
});
