import type { VNode } from 'preact';
import type { Finding, LawReference } from '../../domain/finding.ts';
import { formatLocation } from '../../domain/location.ts';
import { withoutBreaks } from '../../wording/format-number.ts';
import { capitalised, traitWords } from '../../wording/trait-words.ts';
import { explainCommand } from '../next-steps.ts';
import { FindingEvidence } from './finding-evidence.tsx';
import { Foreign, ForeignBlock } from './foreign-text.tsx';
import { SeverityMark, StateMark } from './marks.tsx';
import type { ReportIndex } from './report-index.ts';
import { SegmentName } from './segment-name.tsx';

/** Findings in the page; each takes some 8 kB. */
export const FINDINGS_SHOWN = 500;

const LONGEST_PROSE = 1200;

interface Props {
  readonly finding: Finding;
  /** Position in the report, from 1. */
  readonly position: number;
  readonly index: ReportIndex;
}

/** A finding: what it says, what it rests on, which law it touches, what to do, and how to decide about it. */
export function FindingCard({ finding, position, index }: Props): VNode {
  const { severity, state, segment, trait, value, rule, pack, fingerprint, location } = finding;
  const command = explainCommand(finding);
  return (
    <article
      class={`finding ${severity}`}
      id={`finding-${position}`}
      data-severity={severity}
      data-state={state}
      data-trait={trait}
    >
      <header>
        <p class="marks">
          <SeverityMark severity={severity} /> <StateMark state={state} />
          <span class="position">Finding {position}</span>
        </p>
        <h3>
          <SegmentName segment={segment} name={index.nameOf(segment)} />
        </h3>
        <p class="about">
          <Foreign text={capitalised(traitWords(trait))} />
          {value !== undefined && (
            <>
              : <Foreign text={value} />
            </>
          )}
          {' · '}
          <Foreign text={finding.title} length={200} />
        </p>
      </header>
      <div class="columns">
        <div>
          <div class="message">
            <Foreign text={withoutBreaks(finding.message)} length={LONGEST_PROSE} />
          </div>
          <FindingEvidence finding={finding} index={index} id={`finding-${position}`} />
        </div>
        <div>
          <h4>What to do</h4>
          <p>
            <Foreign text={withoutBreaks(finding.remedy)} length={LONGEST_PROSE} />
          </p>
          {finding.law.length > 0 && (
            <>
              <h4>Law it touches</h4>
              <ul class="law">
                {finding.law.map((reference) => (
                  <li>
                    <Law reference={reference} />
                  </li>
                ))}
              </ul>
            </>
          )}
          {finding.waiver !== undefined && (
            <>
              <h4>Accepted</h4>
              <dl class="measures">
                <div>
                  <dt>Reason</dt>
                  <dd>
                    <ForeignBlock text={finding.waiver.reason} />
                  </dd>
                </div>
                <div>
                  <dt>Owner</dt>
                  <dd>
                    <Foreign text={finding.waiver.owner} />
                  </dd>
                </div>
                <Accepted term="Approved by" text={finding.waiver.approver} />
                <Accepted term="Ticket" text={finding.waiver.ticket} />
                <div>
                  <dt>Until</dt>
                  <dd>
                    <Foreign text={finding.waiver.expires} />
                  </dd>
                </div>
              </dl>
            </>
          )}
        </div>
      </div>
      <details class="decide">
        <summary>Decide or look further</summary>
        <p>To accept this finding, fill in reason, owner and last day, and add the entry to the waiver file:</p>
        <pre data-copy="">{index.waiverOf(finding)}</pre>
        {command !== null && (
          <>
            <p>To see everything that is known of it:</p>
            <pre data-copy="">{command}</pre>
          </>
        )}
      </details>
      <footer>
        Rule <Foreign text={rule} /> of <Foreign text={pack} /> · fingerprint <Foreign text={fingerprint} />
        {location !== undefined && (
          <>
            {' · defined at '}
            <Foreign text={formatLocation(location)} />
          </>
        )}
      </footer>
    </article>
  );
}

/** A provision, linked where its address is a web address. */
function Law({ reference }: { readonly reference: LawReference }): VNode {
  const { title, provision, url, verify } = reference;
  const text = <Foreign text={provision === undefined ? title : `${title}, ${provision}`} length={400} />;
  const isWeb = url !== undefined && /^https:\/\/[^\s\p{Cc}]+$/u.test(url);
  return (
    <>
      {isWeb ? (
        <a href={url} rel="noreferrer noopener">
          {text}
        </a>
      ) : (
        text
      )}
      {verify !== undefined && (
        <span class="soft">
          {' '}
          Check before relying on it: <Foreign text={verify} length={400} />
        </span>
      )}
    </>
  );
}

function Accepted({ term, text }: { readonly term: string; readonly text: string | null }): VNode | null {
  if (text === null) return null;
  return (
    <div>
      <dt>{term}</dt>
      <dd>
        <Foreign text={text} />
      </dd>
    </div>
  );
}
