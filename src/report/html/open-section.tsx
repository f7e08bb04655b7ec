import type { VNode } from 'preact';
import type { AuditReport } from '../../domain/report.ts';
import { formatCount, formatNumber } from '../../wording/format-number.ts';
import { capitalised, traitWords } from '../../wording/trait-words.ts';
import { limitingNotices } from '../audited-scope.ts';
import { segmentNames } from '../finding-subject.ts';
import { type OpenComparison, openComparisons, openQuestions } from '../open-questions.ts';
import { Foreign } from './foreign-text.tsx';
import { Notices } from './scope-section.tsx';
import { CutNote, ScrollTable } from './scroll-table.tsx';
import { Section } from './section.tsx';
import { SegmentName } from './segment-name.tsx';

const ROWS_SHOWN = 200;

/** What was not tested or not concluded, and what it would take. */
export function OpenSection({ report }: { readonly report: AuditReport }): VNode {
  const questions = openQuestions(report);
  const comparisons = openComparisons(report);
  const notices = limitingNotices(report);
  const nameOf = segmentNames(report);
  return (
    <Section
      id="open"
      lead="None of this is a pass. It is what this audit cannot say, and what would let another one say it."
    >
      {questions.length === 0 ? (
        <p>Everything that this program examines was examined and concluded.</p>
      ) : (
        <ScrollTable
          label="What could not be tested"
          className="questions"
          columns={['Question', 'Why it is open', 'What it would take']}
        >
          {questions.map(({ question, why, takes }) => (
            <tr>
              <th scope="row">
                <Foreign text={question} length={600} />
              </th>
              <td data-label="Why it is open">{why}</td>
              <td data-label="What it would take">{takes}</td>
            </tr>
          ))}
        </ScrollTable>
      )}
      {notices.length > 0 && (
        <>
          <h3>Notes of the audit</h3>
          <Notices notices={notices} none="" />
        </>
      )}
      {comparisons.length > 0 && (
        <>
          <h3>Comparisons without a conclusion</h3>
          <details class="table-fold" open={comparisons.length <= 30}>
            <summary>{formatCount(comparisons.length)} comparisons, those nearest to a conclusion first</summary>
            <ScrollTable
              id="open-table"
              label="Comparisons without a conclusion"
              columns={[
                'Segment',
                'Trait value',
                'Why',
                { title: 'Smallest ratio that would show', className: 'number' },
                { title: 'More labelled members needed', className: 'number' },
              ]}
              sorts
            >
              {comparisons.slice(0, ROWS_SHOWN).map((row) => (
                <tr>
                  <td>
                    <SegmentName segment={row.segment} name={nameOf(row.segment)} length={60} />
                  </td>
                  <td>
                    <Foreign text={`${capitalised(traitWords(row.trait))}: ${row.value}`} />
                  </td>
                  <td>{row.why === 'untestable' ? 'nobody on one side' : 'panel too small'}</td>
                  <td class="number">{row.suppressed ? 'hidden' : formatNumber(row.detectable)}</td>
                  <td class="number">{neededText(row)}</td>
                </tr>
              ))}
            </ScrollTable>
          </details>
          <CutNote shown={ROWS_SHOWN} all={comparisons.length} what="comparisons" where="-f csv-associations" />
        </>
      )}
    </Section>
  );
}

function neededText({ suppressed, why, members, membersNeeded }: OpenComparison): string {
  if (suppressed) return 'hidden';
  if (why === 'untestable' || members === null || membersNeeded === null) return '?';
  return membersNeeded > members ? formatCount(membersNeeded - members) : 'none: it departs too much';
}
