import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { SECTIONS } from '../../src/report/html/section.tsx';
import { auditResults, PROJECT } from '../command-line.ts';
import { HOSTILE_NAMES, hostileText } from './hostile-names.ts';
import { finding, passing, reportOf, smallReport, written } from './small-report.ts';

/** What the document itself writes; whatever else is left over came from a name. */
const OWN =
  /^#{1,3} |^(?:\| |- )|\| ---(?: \| ---)* \||<\/?code>|<br>|&#\d+;|^\*\*|\*\*$|^```\w*$|^_|_$|(?<= )\||\|$/gm;

const tablesOf = (markdown: string): readonly (readonly string[])[] =>
  markdown
    .trimEnd()
    .split('\n\n')
    .filter((block) => block.startsWith('| '))
    .map((block) => block.split('\n'));

/** What is written outside of fenced code, where text means nothing. */
const outsideCode = (markdown: string): string => markdown.replace(/^```\w*\n[\s\S]*?^```$/gm, '');

test('has the sections of the HTML report, in the same order', () => {
  const headings = [...written('markdown-report', smallReport()).matchAll(/^## \d+\. (.*)$/gm)].map(
    ([, title]) => title,
  );

  expect(headings).toEqual(SECTIONS.map(({ title }) => title));
});

test('tells each finding with its evidence, remedy, law, decision, and what to do next', async () => {
  const report = await auditResults(join(PROJECT, 'fixtures', 'numbered'));
  const markdown = written('markdown-report', report);
  const [worst] = report.findings.filter(({ verdict }) => verdict === 'proxy');
  const part = markdown.split('\n### ').find((text) => text.includes(worst!.fingerprint))!;

  expect(part).toMatch(/^Critical: \d+/);
  expect(part).toMatch(/Panel: \d+ of [\d,]+ members have the value/);
  expect(part).toContain('What to do: ');
  expect(part).toContain('Law: ');
  expect(part).toContain('New: nobody has decided about it.');
  expect(part).toContain(`traitleak explain ${worst!.segment} --from results.json`);
  expect(parse(/```yaml\n([\s\S]*?)```/.exec(part)![1]!)).toMatchObject([
    { fingerprint: worst!.fingerprint, reason: '', owner: '' },
  ]);
});

test('says who accepted a finding, and until when', () => {
  const waiver = {
    reason: 'measured & cleared',
    owner: 'Data team',
    approver: null,
    ticket: 'P-7',
    expires: '2026-12-31',
  };
  const markdown = written('markdown-report', smallReport({ findings: [finding({ state: 'waived', waiver })] }));

  expect(markdown).toContain('Waived until 2026-12-31 by Data team, P-7: measured &#38; cleared');
  expect(markdown).not.toContain('```yaml');
});

test('does not call an export safe that has no findings', () => {
  const markdown = written('markdown-report', smallReport({ findings: [], gate: passing('high') }));

  expect(markdown).toContain('That is not proof of safety.');
});

test('tells the first hundred findings at length and lists the others', () => {
  const findings = Array.from({ length: 1300 }, (_, i) => finding({ fingerprint: `fp${i}` }));
  const markdown = written('markdown-report', smallReport({ findings }));

  expect(markdown.match(/^### Critical/gm)).toHaveLength(100);
  expect(markdown).toContain('### 1,200 further findings');
  expect(markdown).toContain('_200 more rows are in -f csv._');
});

test.each(Object.entries(HOSTILE_NAMES))('names that hold %s leave every table whole', (_what, name) => {
  for (const rows of tablesOf(written('markdown-report', reportOf(name)))) {
    expect(new Set(rows.map((row) => row.split('|').length)).size).toBe(1);
  }
});

test('no name makes markup, a heading or a column', () => {
  fc.assert(
    fc.property(hostileText, (name) => {
      const markdown = written('markdown-report', reportOf(name));

      expect(markdown.match(/^#{1,6} /gm)).toHaveLength(
        written('markdown-report', smallReport()).match(/^#{1,6} /gm)!.length,
      );
      expect(outsideCode(markdown).replace(OWN, '')).not.toMatch(/[<>[\]`\\*~{}|]|&(?!#)|(?<!&)#/);
    }),
    { numRuns: 150 },
  );
});
