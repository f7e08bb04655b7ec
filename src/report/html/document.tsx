import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import type { AuditReport } from '../../domain/report.ts';
import { CHART_STYLE } from '../charts/chart-style.ts';
import { AnswerSection } from './answer-section.tsx';
import { DecisionsSection } from './decisions-section.tsx';
import { FindingsSection } from './findings-section.tsx';
import { GapsSection } from './gaps-section.tsx';
import { LineageSection } from './lineage-section.tsx';
import { MatrixSection } from './matrix-section.tsx';
import { GlossarySection, MethodSection } from './method-section.tsx';
import { OpenSection } from './open-section.tsx';
import { ScopeSection } from './scope-section.tsx';
import { SECTIONS } from './section.tsx';
import { WholeExportSection } from './whole-export-section.tsx';

/** The style sheet and the script of the page; the build copies them beside the compiled code. */
const STYLE = readFileSync(new URL('./report.css', import.meta.url), 'utf8') + CHART_STYLE;
const SCRIPT = readFileSync(new URL('./report.js', import.meta.url), 'utf8');

/** Nothing is loaded from anywhere, and nothing runs but the script below, whatever an input may have brought into the page. */
const POLICY = [
  "default-src 'none'",
  `style-src '${sourceHash(STYLE)}'`,
  `script-src '${sourceHash(SCRIPT)}'`,
  'img-src data:',
  "form-action 'none'",
  "base-uri 'none'",
].join('; ');

function sourceHash(source: string): string {
  return `sha256-${createHash('sha256').update(source).digest('base64')}`;
}

/** Writes a report as one HTML file that needs nothing else. */
export function renderDocument(report: AuditReport): string {
  return `<!DOCTYPE html>\n${renderToString(<Document report={report} />)}\n`;
}

function Document({ report }: { readonly report: AuditReport }): VNode {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content={POLICY} />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <meta name="robots" content="noindex" />
        <meta name="generator" content={`${report.tool.name} ${report.tool.version}`} />
        <title>Audit of user segments, {report.generatedAt.slice(0, 10)}</title>
        <link rel="icon" href="data:," />
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: the style sheet of this program, and nothing from an input */}
        <style dangerouslySetInnerHTML={{ __html: STYLE }} />
      </head>
      <body>
        <a class="skip" href="#main">
          Skip to the report
        </a>
        <div class="page">
          <Navigation />
          <main id="main">
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
          </main>
        </div>
        <footer class="colophon">
          Made by {report.tool.name} {report.tool.version}. It holds no user id. It names which segments go with which
          traits: show it only to those who need it.
        </footer>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: the script of this program, and nothing from an input */}
        <script dangerouslySetInnerHTML={{ __html: SCRIPT }} />
      </body>
    </html>
  );
}

function Navigation(): VNode {
  return (
    <nav class="contents" aria-label="Contents">
      <p class="brand">Contents</p>
      <ol>
        {SECTIONS.map(({ id, title }) => (
          <li>
            <a href={`#${id}`}>{title}</a>
          </li>
        ))}
      </ol>
    </nav>
  );
}
