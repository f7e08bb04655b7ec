import type { VNode } from 'preact';
import type { LineageRecord } from '../../domain/lineage.ts';
import type { AuditReport } from '../../domain/report.ts';
import { formatPercent } from '../../wording/format-number.ts';
import { LineageFlow } from '../charts/lineage-flow.tsx';
import { CutNote, ScrollTable } from './scroll-table.tsx';
import { Section } from './section.tsx';
import { SegmentName } from './segment-name.tsx';

const ROWS_SHOWN = 300;

const KINDS: Readonly<Record<LineageRecord['kind'], string>> = {
  renamed: 'lives on under another id or name',
  kept: 'kept',
  churned: 'goes on, with many other people',
  split: 'split',
  merged: 'merged into another',
  dropped: 'ended',
  new: 'new',
};

/** What became of the segments of an earlier export: those under another name first. */
export function LineageSection({ report }: { readonly report: AuditReport }): VNode {
  const { lineage } = report;
  if (lineage.length === 0)
    return (
      <Section id="lineage">
        <p>
          Not examined: no earlier export was compared, so a segment that gave a trait away can live on under another
          name or a number.
        </p>
      </Section>
    );
  const order = Object.keys(KINDS);
  const sorted = [...lineage].sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
  return (
    <Section id="lineage" lead="Segments are matched by the people in them, whatever they are called.">
      <LineageFlow report={report} />
      <ScrollTable
        id="lineage-table"
        label="Earlier and later segments"
        columns={[
          'Earlier segment',
          'What became of it',
          'Later segment',
          { title: 'People of the earlier one in both', className: 'number' },
        ]}
        sorts
      >
        {sorted.slice(0, ROWS_SHOWN).map((row) => (
          <tr>
            <td>
              {row.before === null ? '–' : <SegmentName segment={row.before} name={row.nameBefore} length={60} />}
            </td>
            <td data-sort={order.indexOf(row.kind)}>{KINDS[row.kind]}</td>
            <td>{row.after === null ? '–' : <SegmentName segment={row.after} name={row.nameAfter} length={60} />}</td>
            <td class="number">{shareText(row)}</td>
          </tr>
        ))}
      </ScrollTable>
      <CutNote shown={ROWS_SHOWN} all={sorted.length} what="rows" where="-f json" />
    </Section>
  );
}

function shareText({ atLeast, suppressed, shareOfBefore, before, after }: LineageRecord): string {
  if (before === null || after === null) return '';
  if (atLeast !== null)
    return `at least ${formatPercent(atLeast.share)}${atLeast.of === 'before' ? '' : ' of the later one'}`;
  return suppressed ? 'hidden' : formatPercent(shareOfBefore);
}
