import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { escapeMarkdown, markdownCode } from '../../src/wording/escape-markdown.ts';
import { HOSTILE_NAMES, hostileText } from './hostile-names.ts';
import { finding, passing, reportOf, smallReport, written } from './small-report.ts';

/** Longest comment that GitHub takes. */
const LONGEST = 65_536;

/** What the format itself writes; whatever else is left over came from a name. */
const OWN =
  /^<!-- traitleak -->|<\/?(?:code|sub)>|<br>|&#\d+;|\*\*(?:critical|high|medium|low|warning:)\*\*|^(?:\| |- |#{2,3} )/gm;

const decoded = (markdown: string): string =>
  markdown.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));

test('is written as expected', async () => {
  await expect(written('markdown', smallReport())).toMatchFileSnapshot('snapshots/markdown.snapshot.md');
});

test('says what was not concluded', () => {
  const { summary } = smallReport();
  const markdown = written('markdown', smallReport({ summary: { ...summary, examined: ['words'] } }));

  expect(markdown).toContain('Inconclusive: 1 of 5 comparisons with the panel');
  expect(markdown).toContain('Membership was not examined');
});

test('counts what was accepted', () => {
  expect(written('markdown', smallReport())).toContain('2 new at or above high, 1 waived, 1 in the baseline.');
});

test('has no table without findings', () => {
  const markdown = written('markdown', smallReport({ findings: [], gate: passing('high') }));

  expect(markdown).toContain('## traitleak: gate passed');
  expect(markdown).not.toContain('|');
});

test('says once what to do about the findings of a rule', () => {
  const lines = written('markdown', smallReport()).split('\n');

  expect(lines.filter((line) => line.startsWith('- <code>membership-proxy-special</code>: Stop'))).toHaveLength(1);
});

test('shows new findings before accepted ones', () => {
  const findings = [finding({ state: 'waived', fingerprint: 'first' }), finding({ fingerprint: 'second' })];
  const markdown = written('markdown', smallReport({ findings }));

  expect(markdown.indexOf('second')).toBeLessThan(markdown.indexOf('first'));
});

describe.each([
  ['many findings', 'Sikh parents'],
  ['many findings with long names', '<|>'.repeat(5000)],
])('with %s', (_what, name) => {
  const findings = Array.from({ length: 1000 }, () => finding({ segment: name, message: name, remedy: name }));
  const notices = Array.from({ length: 200 }, () => ({ code: 'x', level: 'info' as const, message: name }));
  const markdown = written('markdown', smallReport({ findings, notices }));

  test('it is a comment that GitHub takes, and says how many are left out', () => {
    const rows = markdown.split('\n').filter((line) => line.startsWith('| **'));

    expect(markdown.length).toBeLessThan(LONGEST);
    expect(rows.length).toBeGreaterThan(5);
    expect(markdown).toContain(`… and ${1000 - rows.length} more.`);
  });
});

test.each(Object.entries(HOSTILE_NAMES))('names that hold %s leave the table whole', (_what, name) => {
  const rows = written('markdown', reportOf(name))
    .split('\n')
    .filter((line) => line.startsWith('| '));

  expect(rows).toHaveLength(7);
  expect(rows.map((row) => row.split('|').length)).toEqual(Array(7).fill(7));
});

test('no name makes markup, a line or a column', () => {
  fc.assert(
    fc.property(hostileText, (name) => {
      const markdown = written('markdown', reportOf(name));
      const rows = markdown.split('\n').filter((line) => line.startsWith('| '));

      expect(markdown.split('\n')).toHaveLength(written('markdown', smallReport()).split('\n').length);
      expect(rows.map((row) => row.split('|').length)).toEqual(Array(7).fill(7));
      expect(markdown.replace(OWN, '').replace(/^\*\*5 findings.*$/m, '')).not.toMatch(/[<>[\]`\\*~$@#!^{}&]|\b_|_\b/);
    }),
    { numRuns: 200 },
  );
});

describe('escaped text', () => {
  test.each([
    ['a mention', 'ask @octocat'],
    ['a team', '@acme/privacy'],
    ['an address of a person', 'me@example.com'],
    ['a reference', 'see #12'],
    ['a merge request', 'see !12'],
    ['a label', 'see ~bug'],
    ['a web address', 'https://example.com'],
    ['a bare web address', 'WWW.example.com'],
  ])('has %s broken', (_what, text) => {
    const shown = decoded(escapeMarkdown(text));

    expect(shown).not.toMatch(/[@#!~](?=\w)|:\/\/|www\./i);
    expect(shown.replaceAll('\u200b', '')).toBe(text);
  });

  test('reads as the text, apart from breaks', () => {
    const readable = hostileText.map((text) =>
      text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|[\ufff9-\ufffb]|[\u{e0000}-\u{e0fff}]/gu, ''),
    );

    fc.assert(
      fc.property(readable, (text) => {
        expect(decoded(escapeMarkdown(text)).replaceAll('\u200b', '')).toBe(text);
        expect(decoded(markdownCode(text))).toBe(`<code>${text}</code>`);
      }),
    );
  });
});
