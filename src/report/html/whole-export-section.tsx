import type { VNode } from 'preact';
import type { IntervalEstimate } from '../../domain/association.ts';
import type { Leakage } from '../../domain/leakage.ts';
import type { AuditReport } from '../../domain/report.ts';
import { counted } from '../../wording/counted.ts';
import { formatPercentInterval } from '../../wording/format-interval.ts';
import { formatCount, formatNumber, formatPercent } from '../../wording/format-number.ts';
import { capitalised, traitWords } from '../../wording/trait-words.ts';
import { RemovalCurve } from '../charts/removal-curve.tsx';
import { segmentNames } from '../finding-subject.ts';
import { Foreign } from './foreign-text.tsx';
import { CutNote, ScrollTable } from './scroll-table.tsx';
import { Section } from './section.tsx';
import { SegmentName } from './segment-name.tsx';

const ROWS_SHOWN = 200;
const NAMES_SHOWN = 8;

/** How well all memberships together tell each value, and which segments to drop; pairs of segments. */
export function WholeExportSection({ report }: { readonly report: AuditReport }): VNode {
  const { leakage, compositions, summary } = report;
  if (leakage.length === 0 && summary.compositions === null)
    return (
      <Section id="whole-export">
        <p>Not examined: what all segments together tell of the people in them is not known.</p>
      </Section>
    );
  const sorted = [...leakage].sort((a, b) => Number(b.auc.lower ?? 0) - Number(a.auc.lower ?? 0));
  const nameOf = segmentNames(report);
  return (
    <Section
      id="whole-export"
      lead="Somebody who knows the traits of some users and sees the segments of all could guess the traits of the others. 50 % is guessing, 100 % is certainty."
    >
      {sorted.length === 0 ? (
        <p>What all segments together tell was not measured.</p>
      ) : (
        <ScrollTable
          id="leakage-table"
          label="How well all segments together tell each trait value"
          columns={[
            'Trait value',
            { title: 'Told right', className: 'number' },
            { title: 'Without flagged segments', className: 'number' },
            { title: 'Bound', className: 'number' },
            'Segments to drop',
          ]}
          sorts
        >
          {sorted.slice(0, ROWS_SHOWN).map((row) => (
            <LeakageRow row={row} nameOf={nameOf} />
          ))}
        </ScrollTable>
      )}
      <CutNote shown={ROWS_SHOWN} all={sorted.length} what="trait values" where="-f json" />
      <RemovalCurve report={report} />
      <h3>Pairs of segments</h3>
      <p>{pairsText(report)}</p>
      {compositions.length > 0 && (
        <ScrollTable
          label="Pairs of segments that show more together than apart"
          columns={[
            'Pair',
            'Trait value',
            { title: 'Share with the value', className: 'number' },
            { title: 'In the stronger one alone', className: 'number' },
          ]}
        >
          {compositions.slice(0, ROWS_SHOWN).map(({ name, trait, value, shareInside, largerShare, suppressed }) => (
            <tr>
              <td>
                <Foreign text={name} />
              </td>
              <td>
                <Foreign text={`${capitalised(traitWords(trait))}: ${value}`} />
              </td>
              <td class="number">{suppressed ? 'hidden' : percentRange(shareInside)}</td>
              <td class="number">{suppressed ? 'hidden' : formatPercent(largerShare)}</td>
            </tr>
          ))}
        </ScrollTable>
      )}
      <CutNote shown={ROWS_SHOWN} all={compositions.length} what="pairs" where="-f json" />
    </Section>
  );
}

function LeakageRow({
  row,
  nameOf,
}: {
  readonly row: Leakage;
  readonly nameOf: (segment: string) => string | null;
}): VNode {
  const { trait, value, auc, residual, bound, removal, removalSuffices, suppressed } = row;
  return (
    <tr>
      <th scope="row">
        <Foreign text={`${capitalised(traitWords(trait))}: ${value}`} />
      </th>
      <td class="number" data-sort={Number(auc.estimate ?? 0)}>
        {suppressed ? 'hidden' : percentRange(auc)}
      </td>
      <td class="number" data-sort={Number(residual?.auc.estimate ?? 0)}>
        {residual === null || suppressed ? '' : percentRange(residual.auc)}
      </td>
      <td class="number">{bound === null ? 'none' : formatPercent(bound)}</td>
      <td data-sort={removal.length}>
        {removal.length === 0 ? (
          dropText(row)
        ) : (
          <>
            {removal.slice(0, NAMES_SHOWN).map(({ segment }, position) => (
              <>
                {position > 0 && ', '}
                <SegmentName segment={segment} name={nameOf(segment)} length={40} />
              </>
            ))}
            {removal.length > NAMES_SHOWN && ` and ${formatCount(removal.length - NAMES_SHOWN)} more`}
            {removalSuffices === false && <strong> (not enough to get below the bound)</strong>}
            {coarseningText(row)}
          </>
        )}
      </td>
    </tr>
  );
}

/** What coarsening these segments into their parents would do instead; nothing where none has one. */
function coarseningText({ removal, coarseningSuffices }: Leakage): string {
  const left = removal.at(-1)?.coarsenedAuc?.estimate ?? null;
  if (coarseningSuffices === null || left === null) return '';
  return `; coarsening into parents instead leaves ${formatPercent(left)}, ${coarseningSuffices ? '' : 'not '}enough`;
}

/** Why no segment is named to drop. */
function dropText({ suppressed, bound, auc }: Leakage): string {
  if (suppressed) return 'hidden';
  if (bound === null) return 'no rule sets a bound';
  return Number(auc.lower ?? 0) <= bound ? 'none needed' : 'none found that would do';
}

function pairsText({ summary, compositions }: AuditReport): string {
  const search = summary.compositions;
  if (search === null) return 'Not examined: pairs of segments were not searched.';
  const cut = search.cut
    ? ` Only the ${formatCount(search.searched)} largest of ${counted(search.segments, 'segment')} were searched; nothing is known of the others.`
    : '';
  const result =
    compositions.length === 0
      ? 'none shows more than its two segments do alone'
      : `${counted(compositions.length, 'of them shows', 'of them show')} more together than apart`;
  return `${counted(search.pairs, 'pair')} searched with ${counted(search.candidates, 'test')}: ${result}.${cut}`;
}

function percentRange(interval: IntervalEstimate): string {
  return interval.estimate === null ? formatNumber(null) : formatPercentInterval(interval);
}
