import type { VNode } from 'preact';
import type { AuditReport } from '../../domain/report.ts';
import { formatCount } from '../../wording/format-number.ts';
import { PValueHistogram } from '../charts/p-values.tsx';
import { glossary } from '../glossary.ts';
import { limits, methodParagraphs } from '../method-limits.ts';
import { Foreign } from './foreign-text.tsx';
import { CutNote, ScrollTable } from './scroll-table.tsx';
import { Section } from './section.tsx';

const RULES_SHOWN = 500;

/** How it was measured, by which rules, and what it cannot tell. */
export function MethodSection({ report }: { readonly report: AuditReport }): VNode {
  const { rules } = report;
  return (
    <Section id="method">
      <dl class="method">
        {methodParagraphs(report).map(({ heading, text }) => (
          <div>
            <dt>{heading}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      <PValueHistogram report={report} />
      <h3>What this audit cannot tell</h3>
      <ul>
        {limits().map((limit) => (
          <li>{limit}</li>
        ))}
      </ul>
      {rules.length > 0 && (
        <>
          <h3>Rules that were applied</h3>
          <details class="table-fold">
            <summary>{formatCount(rules.length)} rules, whether they found anything or not</summary>
            <ScrollTable
              id="rule-table"
              label="Rules that were applied"
              className="rules"
              columns={['Rule', 'How it measures', { title: 'Findings', className: 'number' }]}
              sorts
            >
              {rules.slice(0, RULES_SHOWN).map(({ id, pack, title, measures, findings }) => (
                <tr>
                  <th scope="row">
                    <Foreign text={title} />{' '}
                    <span class="id">
                      <Foreign text={`${pack}/${id}`} />
                    </span>
                  </th>
                  <td>
                    <Foreign text={measures} length={1200} />
                  </td>
                  <td class="number">{formatCount(findings)}</td>
                </tr>
              ))}
            </ScrollTable>
          </details>
          <CutNote shown={RULES_SHOWN} all={rules.length} what="rules" where="-f json" />
        </>
      )}
    </Section>
  );
}

/** What the words mean. */
export function GlossarySection({ report }: { readonly report: AuditReport }): VNode {
  return (
    <Section id="glossary">
      <dl class="glossary">
        {glossary(report).map(({ term, meaning }) => (
          <div>
            <dt>{term}</dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
