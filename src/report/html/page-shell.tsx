import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import type { AuditReport } from '../../domain/report.ts';
import { CHART_STYLE } from '../charts/chart-style.ts';

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

/** What a page holds besides its frame. */
export interface PageProps {
  readonly tool: AuditReport['tool'];
  readonly title: string;
  readonly edition: 'restricted' | 'publishable';
  /** For the table of contents. */
  readonly sections: readonly { readonly id: string; readonly title: string }[];
  /** What a reader has to know of who may see it. */
  readonly colophon: string;
  readonly main: VNode;
}

/** Writes a page as one HTML file that needs nothing else. */
export function renderPage(props: PageProps): string {
  return `<!DOCTYPE html>\n${renderToString(<Page {...props} />)}\n`;
}

function Page({ tool, title, edition, sections, colophon, main }: PageProps): VNode {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content={POLICY} />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <meta name="robots" content="noindex" />
        <meta name="generator" content={`${tool.name} ${tool.version}`} />
        <title>{title}</title>
        <link rel="icon" href="data:," />
        <style dangerouslySetInnerHTML={{ __html: STYLE }} />
      </head>
      <body class={edition}>
        <a class="skip" href="#main">
          Skip to the report
        </a>
        <div class="page">
          <Navigation sections={sections} />
          <main id="main">{main}</main>
        </div>
        <footer class="colophon">
          Made by {tool.name} {tool.version}. {colophon}
        </footer>
        <script dangerouslySetInnerHTML={{ __html: SCRIPT }} />
      </body>
    </html>
  );
}

function Navigation({ sections }: Pick<PageProps, 'sections'>): VNode {
  return (
    <nav class="contents" aria-label="Contents">
      <p class="brand">Contents</p>
      <ol>
        {sections.map(({ id, title }) => (
          <li>
            <a href={`#${id}`}>{title}</a>
          </li>
        ))}
      </ol>
    </nav>
  );
}
