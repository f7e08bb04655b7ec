import type { VNode } from 'preact';
import type { AuditReport } from '../../domain/report.ts';
import { counted } from '../../wording/counted.ts';
import { formatCount } from '../../wording/format-number.ts';
import { traitWords } from '../../wording/trait-words.ts';
import { type Decision, decisionLog } from '../decision-log.ts';
import { segmentNames } from '../finding-subject.ts';
import { Foreign, ForeignBlock } from './foreign-text.tsx';
import { CutNote, ScrollTable } from './scroll-table.tsx';
import { Section } from './section.tsx';
import { SegmentName } from './segment-name.tsx';

const ROWS_SHOWN = 500;

/** Who accepted what, why, and until when; and where to sign. */
export function DecisionsSection({ report }: { readonly report: AuditReport }): VNode {
  const { decisions, undecided, baseline } = decisionLog(report);
  const nameOf = segmentNames(report);
  return (
    <Section
      id="decisions"
      lead="A finding is accepted by a waiver with a reason, an owner and a last day, or known from a baseline."
    >
      <p>
        {counted(undecided, 'finding is', 'findings are')} without a decision.
        {baseline !== null &&
          ` The baseline holds ${counted(baseline.findings, 'finding')}: ${formatCount(baseline.present)} still there, ${formatCount(baseline.gone)} gone.`}
      </p>
      {decisions.length === 0 ? (
        <p>No waiver was given to this audit.</p>
      ) : (
        <ScrollTable
          id="decision-table"
          label="Waivers"
          className="decisions"
          columns={['Finding', 'Reason', 'Owner, approver, ticket', 'Until', 'State']}
          sorts
        >
          {decisions.slice(0, ROWS_SHOWN).map((decision) => (
            <DecisionRow decision={decision} nameOf={nameOf} />
          ))}
        </ScrollTable>
      )}
      <CutNote shown={ROWS_SHOWN} all={decisions.length} what="waivers" where="-f json" />
      <h3>Signatures</h3>
      <p>The undersigned have read this report, including what could not be concluded, and decide as follows.</p>
      <ScrollTable
        label="Signatures"
        className="signatures"
        columns={['Role', 'Name', 'Decision', 'Date and signature']}
      >
        {['Owner of the segments', 'Reviewer', 'Data protection'].map((role) => (
          <tr>
            <th scope="row">{role}</th>
            <td />
            <td />
            <td />
          </tr>
        ))}
      </ScrollTable>
    </Section>
  );
}

function DecisionRow({
  decision,
  nameOf,
}: {
  readonly decision: Decision;
  readonly nameOf: (segment: string) => string | null;
}): VNode {
  const { findings, fingerprint, reason, owner, approver, ticket, expires, meaning, note, state } = decision;
  const [first] = findings;
  return (
    <tr>
      <td>
        {first === undefined ? (
          'none of this audit'
        ) : (
          <>
            <SegmentName segment={first.segment} name={nameOf(first.segment)} length={60} />:{' '}
            <Foreign text={traitWords(first.trait)} />
            {first.value !== undefined && (
              <>
                {' = '}
                <Foreign text={first.value} />
              </>
            )}
          </>
        )}{' '}
        <span class="id">
          <Foreign text={fingerprint} />
        </span>
      </td>
      <td>
        <ForeignBlock text={reason} />
      </td>
      <td>
        {[owner, approver, ticket].flatMap((text, position) =>
          text === null
            ? []
            : [
                <>
                  {position > 0 && ', '}
                  <Foreign text={text} length={80} />
                </>,
              ],
        )}
      </td>
      <td class="date">
        <Foreign text={expires} length={30} />
      </td>
      <td>
        <span class={`waiver ${state}`}>{meaning}</span>
        {note !== null && (
          <>
            {' '}
            <Foreign text={note} length={300} />
          </>
        )}
      </td>
    </tr>
  );
}
