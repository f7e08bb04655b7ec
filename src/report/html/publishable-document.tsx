import type { VNode } from 'preact';
import { VerdictBars } from '../charts/verdict-bars.tsx';
import type { Block, PageSection } from '../page-blocks.ts';
import type { PublishableReport } from '../publishable-report.ts';
import { publishableSections } from '../publishable-sections.ts';
import { Foreign } from './foreign-text.tsx';
import { renderPage } from './page-shell.tsx';
import { ScrollTable } from './scroll-table.tsx';

/** Writes the publishable edition as one HTML file that needs nothing else. */
export function renderPublishable(report: PublishableReport): string {
  const sections = publishableSections(report);
  return renderPage({
    tool: report.tool,
    edition: 'publishable',
    title: `Audit of user segments, publishable edition, ${report.date}`,
    sections,
    colophon: 'Publishable edition: it names no segment and no person.',
    main: (
      <>
        <h1>Audit of user segments: publishable edition</h1>
        {sections.map((section, index) => (
          <PublishableSection section={section} number={index + 1} report={report} />
        ))}
      </>
    ),
  });
}

function PublishableSection({
  section: { id, title, blocks },
  number,
  report,
}: {
  readonly section: PageSection;
  readonly number: number;
  readonly report: PublishableReport;
}): VNode {
  return (
    <section class="part" id={id} aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>
        <span class="part-number">{number}</span> {title}
      </h2>
      {blocks.map((block) => (
        <BlockOf block={block} />
      ))}
      {id === 'verdicts' && <VerdictBars verdicts={report.verdicts} />}
    </section>
  );
}

function BlockOf({ block }: { readonly block: Block }): VNode {
  switch (block.kind) {
    case 'text':
      return (
        <p class={block.isStrong === true ? 'sentence' : 'prose'}>
          <Foreign text={block.text} length={3000} />
        </p>
      );
    case 'heading':
      return (
        <h3>
          <Foreign text={block.text} />
        </h3>
      );
    case 'list':
      return (
        <ul>
          {block.items.map((item) => (
            <li>
              <Foreign text={item} length={3000} />
            </li>
          ))}
        </ul>
      );
    case 'code':
      return <pre>{block.text}</pre>;
    case 'table':
      return (
        <>
          <ScrollTable label={block.label} columns={block.header}>
            {block.rows.map((cells) => (
              <tr>
                {cells.map((cell, column) =>
                  column === 0 ? (
                    <th scope="row">
                      <Foreign text={cell} />
                    </th>
                  ) : (
                    <td>
                      <Foreign text={cell} length={1200} />
                    </td>
                  ),
                )}
              </tr>
            ))}
          </ScrollTable>
          {block.cut !== undefined && <p class="cut">{block.cut}</p>}
        </>
      );
  }
}
