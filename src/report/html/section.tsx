import type { ComponentChildren, VNode } from 'preact';

/** The sections of the report, in the order of reading. */
export const SECTIONS = [
  { id: 'answer', title: 'The answer' },
  { id: 'scope', title: 'What was audited' },
  { id: 'matrix', title: 'Segments and traits' },
  { id: 'findings', title: 'Findings' },
  { id: 'gaps', title: 'Gaps to good practice' },
  { id: 'whole-export', title: 'The export as a whole' },
  { id: 'lineage', title: 'What became of earlier segments' },
  { id: 'open', title: 'What could not be tested' },
  { id: 'method', title: 'Method and limits' },
  { id: 'glossary', title: 'Glossary' },
  { id: 'decisions', title: 'Decision log' },
] as const;

type SectionId = (typeof SECTIONS)[number]['id'];

interface Props {
  readonly id: SectionId;
  /** A sentence that says what the section is for. */
  readonly lead?: ComponentChildren;
  readonly children: ComponentChildren;
}

/** A numbered section with its heading. */
export function Section({ id, lead, children }: Props): VNode {
  const number = SECTIONS.findIndex((section) => section.id === id) + 1;
  const title = SECTIONS[number - 1]?.title ?? '';
  return (
    <section class="part" id={id} aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>
        <span class="part-number">{number}</span> {title}
      </h2>
      {lead !== undefined && <p class="lead">{lead}</p>}
      {children}
    </section>
  );
}
