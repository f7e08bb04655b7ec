import type { VNode } from 'preact';
import type { AuditReport } from '../../domain/report.ts';
import { AnswerSection } from './answer-section.tsx';
import { DecisionsSection } from './decisions-section.tsx';
import { FindingsSection } from './findings-section.tsx';
import { GapsSection } from './gaps-section.tsx';
import { LineageSection } from './lineage-section.tsx';
import { MatrixSection } from './matrix-section.tsx';
import { GlossarySection, MethodSection } from './method-section.tsx';
import { OpenSection } from './open-section.tsx';
import { renderPage } from './page-shell.tsx';
import { ScopeSection } from './scope-section.tsx';
import { SECTIONS } from './section.tsx';
import { WholeExportSection } from './whole-export-section.tsx';

/** Writes a report as one HTML file that needs nothing else. */
export function renderDocument(report: AuditReport): string {
  return renderPage({
    tool: report.tool,
    edition: 'restricted',
    title: `Audit of user segments, ${report.generatedAt.slice(0, 10)}`,
    sections: SECTIONS,
    colophon: 'It holds no user id. It names which segments go with which traits: show it only to those who need it.',
    main: <Sections report={report} />,
  });
}

function Sections({ report }: { readonly report: AuditReport }): VNode {
  return (
    <>
      <AnswerSection report={report} />
      <ScopeSection report={report} />
      <MatrixSection report={report} />
      <FindingsSection report={report} />
      <GapsSection report={report} />
      <WholeExportSection report={report} />
      <LineageSection report={report} />
      <OpenSection report={report} />
      <MethodSection report={report} />
      <GlossarySection report={report} />
      <DecisionsSection report={report} />
    </>
  );
}
