import type { VNode } from 'preact';
import type { AuditReport } from '../../domain/report.ts';
import { SEVERITIES } from '../../domain/severity.ts';
import { formatCount } from '../../wording/format-number.ts';
import { capitalised } from '../../wording/trait-words.ts';
import { plainAnswer } from '../plain-answer.ts';
import { Foreign } from './foreign-text.tsx';

/** The answer in one sentence, and the figures behind it. */
export function AnswerSection({ report }: { readonly report: AuditReport }): VNode {
  const { summary, generatedAt } = report;
  const { passed, verdict, rest } = plainAnswer(report);
  const { proxy, cleared, inconclusive, untestable } = summary.associations;
  return (
    <section class={`answer ${passed ? 'passed' : 'failed'}`} id="answer" aria-labelledby="answer-title">
      <p class="kicker">
        Do segments name, describe or stand in for protected traits? ·{' '}
        <time dateTime={generatedAt}>{generatedAt.slice(0, 10)}</time>
      </p>
      <h1 id="answer-title">Audit of user segments</h1>
      <p class="sentence">
        <strong>{verdict}</strong>
        <Foreign text={rest} length={800} />
      </p>
      <div class="tally-groups">
        <div>
          <p class="tally-title">Findings by severity</p>
          <dl class="tallies">
            {SEVERITIES.map((severity) => (
              <Tally className={severity} term={capitalised(severity)} count={summary.findings[severity]} />
            ))}
          </dl>
        </div>
        {summary.examined.includes('membership') && (
          <div>
            <p class="tally-title">Comparisons with the panel</p>
            <dl class="tallies">
              <Tally className="proxy" term="Proxy shown" count={proxy} />
              <Tally className="cleared" term="Cleared" count={cleared} />
              <Tally className="unsure" term="Not concluded" count={inconclusive + untestable} />
            </dl>
          </div>
        )}
      </div>
      <p class="soft">What was not concluded is not a pass.</p>
    </section>
  );
}

function Tally({
  className,
  term,
  count,
}: {
  readonly className: string;
  readonly term: string;
  readonly count: number;
}): VNode {
  return (
    <div class={className}>
      <dt>{term}</dt>
      <dd>{formatCount(count)}</dd>
    </div>
  );
}
