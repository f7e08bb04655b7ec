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
      <dl class="tallies">
        {SEVERITIES.map((severity) => (
          <div class={severity}>
            <dt>{capitalised(severity)}</dt>
            <dd>{formatCount(summary.findings[severity])}</dd>
          </div>
        ))}
      </dl>
      {summary.examined.includes('membership') && (
        <dl class="tallies verdicts">
          <div class="proxy">
            <dt>Proxy shown</dt>
            <dd>{formatCount(proxy)}</dd>
          </div>
          <div class="cleared">
            <dt>Cleared</dt>
            <dd>{formatCount(cleared)}</dd>
          </div>
          <div class="unsure">
            <dt>Not concluded</dt>
            <dd>{formatCount(inconclusive + untestable)}</dd>
          </div>
        </dl>
      )}
      <p class="soft">
        Findings by severity
        {summary.examined.includes('membership') ? ', and comparisons with the panel by verdict' : ''}. What was not
        concluded is not a pass.
      </p>
    </section>
  );
}
