import type { VNode } from 'preact';
import type { AuditReport } from '../../domain/report.ts';
import { withoutBreaks } from '../../wording/format-number.ts';
import { gapStatusText, gapTable } from '../gap-table.ts';
import { Foreign } from './foreign-text.tsx';
import { ScrollTable } from './scroll-table.tsx';
import { Section } from './section.tsx';

/** What was observed against what good practice asks for, aspect by aspect. */
export function GapsSection({ report }: { readonly report: AuditReport }): VNode {
  return (
    <Section
      id="gaps"
      lead="Each row is made from what this audit saw. What was not examined is said to be so, and is never a pass."
    >
      <ScrollTable
        label="Gaps to good practice"
        className="gaps"
        columns={['Aspect', 'Observed', 'Good practice', 'Gap', 'Recommended action']}
      >
        {gapTable(report).map(({ title, status, observed, goodPractice, gap, action }) => (
          <tr>
            <th scope="row">
              {title}
              <span class={`status ${status}`}>{gapStatusText(status)}</span>
            </th>
            <td data-label="Observed">
              <Lines lines={observed} />
            </td>
            <td data-label="Good practice">{goodPractice}</td>
            <td data-label="Gap">
              <Lines lines={gap} />
            </td>
            <td data-label="Recommended action">
              <Lines lines={action} />
            </td>
          </tr>
        ))}
      </ScrollTable>
    </Section>
  );
}

function Lines({ lines }: { readonly lines: readonly string[] }): VNode {
  return (
    <>
      {lines.map((line) => (
        <p>
          <Foreign text={withoutBreaks(line)} length={600} />
        </p>
      ))}
    </>
  );
}
