import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { assertValid } from '../../src/documents/validate-document.ts';
import type { Finding } from '../../src/domain/finding.ts';
import type { AuditReport } from '../../src/domain/report.ts';
import { WAIVERS_SCHEMA } from '../../src/ingest/waivers-schema.ts';
import { evidenceToAccept } from '../../src/report/accepted-evidence.ts';
import { auditedScope, limitingNotices } from '../../src/report/audited-scope.ts';
import { decisionLog } from '../../src/report/decision-log.ts';
import { type Aspect, type GapRow, gapTable } from '../../src/report/gap-table.ts';
import { explainCommand, waiverSnippets } from '../../src/report/next-steps.ts';
import { openComparisons, openQuestions } from '../../src/report/open-questions.ts';
import { plainAnswer } from '../../src/report/plain-answer.ts';
import { verdictMatrix } from '../../src/report/verdict-matrix.ts';
import { printable } from '../../src/wording/terminal-text.ts';
import { HOSTILE_NAMES, hostileText } from '../formats/hostile-names.ts';
import { association, finding, hiddenAssociation, passing, smallReport } from '../formats/small-report.ts';

const NOTHING_EXAMINED = {
  segments: 0,
  segmentsWithFindings: 0,
  users: null,
  panelUsers: null,
  findings: { critical: 0, high: 0, medium: 0, low: 0 },
  associations: {
    tested: 0,
    proxy: 0,
    cleared: 0,
    inconclusive: 0,
    untestable: 0,
    unattainable: 0,
    expectedByChance: 0,
  },
  compositions: null,
  traitsTested: [],
  examined: [],
} as const satisfies AuditReport['summary'];

/** A report on an export of which nothing could be read. */
const emptyReport = (changes: Partial<AuditReport> = {}): AuditReport =>
  smallReport({
    summary: NOTHING_EXAMINED,
    gate: passing('high'),
    findings: [],
    segments: [],
    associations: [],
    pseudoSegments: [],
    notices: [],
    ...changes,
  });

const sentenceOf = (report: AuditReport): string => {
  const { verdict, rest } = plainAnswer(report);
  return `${verdict}${rest}`;
};

describe('the plain answer', () => {
  test('names the gate, the findings by severity, what is accepted, and what is open', () => {
    expect(sentenceOf(smallReport())).toBe(
      'The gate failed: 5 findings on 3 of 5 segments (2 critical, 1 high, 1 medium and 1 low), 2 of which count against the gate ' +
        '(new, and high or graver), 1 waived and 1 known from the baseline; 1 of 5 comparisons with the panel could not be concluded.',
    );
  });

  test('never takes the absence of findings for safety', () => {
    const sentence = sentenceOf(emptyReport());

    expect(sentence).toContain('which does not show that the export is harmless');
    expect(sentence).toContain('who is in the segments was not examined');
    expect(sentence).toContain('names and descriptions were not examined');
    expect(sentence.toLowerCase()).not.toMatch(/\bsafe\b|\bclean\b|no risk/);
  });

  test('says so when the gate fails for lack of evidence alone', () => {
    const gate = { ...passing('high'), passed: false, failOnInconclusive: true, reasons: ['not-examined'] as const };

    expect(sentenceOf(emptyReport({ gate }))).toMatch(/^The gate failed: .*evidence that the gate demands is missing/);
  });
});

describe('the gap table', () => {
  const rowsOf = (report: AuditReport): Readonly<Record<Aspect, GapRow>> =>
    Object.fromEntries(gapTable(report).map((row) => [row.aspect, row])) as Record<Aspect, GapRow>;

  test('calls nothing a pass that was not examined', () => {
    const rows = gapTable(emptyReport());

    expect(rows.map(({ aspect }) => aspect)).toEqual([
      'data-minimisation',
      'naming',
      'proxies',
      'exposure',
      'consent',
      'retention',
      'transfer',
      'access',
      'transparency',
    ]);
    expect(rows.map(({ status }) => status)).toEqual(rows.map(() => 'not-examined'));
    for (const { gap, action } of rows) {
      expect(gap.join('')).not.toBe('');
      expect(action.join('')).not.toBe('');
    }
  });

  test('finds a gap where there is a finding, and gives its remedy', () => {
    const words = finding({
      evidence: [
        {
          kind: 'term',
          field: 'name',
          text: 'Sikh parents',
          term: 'sikh',
          matched: 'Sikh',
          start: 0,
          end: 4,
          strength: 'explicit',
          language: 'en',
          lexicon: 'religion',
          group: 'sikh',
          why: 'Names a religion.',
        },
      ],
    });
    const { naming, proxies } = rowsOf(smallReport({ findings: [words] }));

    expect(naming).toMatchObject({ status: 'gap', findings: [words] });
    expect(naming.gap).toContain('The name states a special trait: 1 finding.');
    expect(naming.action).toContain('Stop assigning users to this segment.');
    expect(proxies.status).toBe('open');
  });

  test('counts an accepted finding as a gap, and says that it is accepted', () => {
    const report = smallReport();
    const waived = report.findings.map((item): Finding => ({ ...item, state: 'waived' }));

    const { proxies } = rowsOf({ ...report, findings: waived });

    expect(proxies.status).toBe('gap');
    expect(proxies.gap.join(' ')).toContain('2 findings, accepted.');
  });

  test('calls proxies free of gaps only when every comparison is cleared and pairs were searched', () => {
    const { summary } = smallReport();
    const cleared = { ...summary.associations, tested: 8, proxy: 0, cleared: 8, inconclusive: 0 };
    const compositions = { segments: 5, searched: 5, pairs: 10, candidates: 20, dropped: 0, cut: false };
    const status = (changes: Partial<AuditReport['summary']>): string =>
      rowsOf(smallReport({ findings: [], summary: { ...summary, associations: cleared, compositions, ...changes } }))
        .proxies.status;

    expect(status({})).toBe('none-found');
    expect(status({ compositions: null })).toBe('open');
    expect(status({ associations: { ...cleared, cleared: 7, inconclusive: 1 } })).toBe('open');
    expect(status({ associations: { ...cleared, untestable: 1 } })).toBe('open');
    expect(status({ examined: ['words'] })).toBe('not-examined');
  });

  test('counts what definitions record of sensitive segments', () => {
    const attributes = { purpose: 'music', lawful_basis: null, retention_days: '30', review_date: '2026-06-01' };
    const governance = [{ segment: 'c01', traits: ['religion'], attributes, gaps: [] }];

    const { consent, retention, access } = rowsOf(smallReport({ findings: [], governance }));

    expect(retention.status).toBe('none-found');
    expect(consent.status).toBe('open');
    expect(consent.gap.join(' ')).toContain('No lawful basis for 1 of 1 segment.');
    expect(access.status).toBe('open');
  });

  test('leaves to a person whether many unique users are acceptable', () => {
    const exposure = {
      smallSegments: { below: 11, segments: 0 },
      uniqueShare: 0.2,
      byMemberships: [{ memberships: 1, sampled: 1000, uniqueShare: 0 }],
      identifiers: [],
      rawInputs: [],
    };

    expect(rowsOf(smallReport({ findings: [], exposure })).exposure.status).toBe('open');
    expect(rowsOf(smallReport({ findings: [], exposure: { ...exposure, uniqueShare: 0 } })).exposure.status).toBe(
      'none-found',
    );
  });
});

describe('the verdict matrix', () => {
  test('has a row a segment, gravest first, then the groups that no segment names', () => {
    const { traits, rows } = verdictMatrix(smallReport());

    expect(traits).toEqual(['religion']);
    expect(rows.map(({ segment, cells: [cell] }) => [segment, cell?.state, cell?.severity, cell?.accepted])).toEqual([
      ['c01', 'found', 'critical', false],
      ['c02', 'found', 'high', true],
      ['c03', 'found', 'medium', true],
      ['c04', 'cleared', null, false],
      ['c05', 'inconclusive', null, false],
      ['traitleak:no-segment', 'found', 'low', false],
    ]);
  });

  test('clears a trait only when all of its values are cleared', () => {
    const associations = [
      association('c04', 'sikh', 'cleared'),
      association('c04', 'jain', 'inconclusive'),
      { ...association('c05', 'sikh', 'cleared') },
      { ...association('c05', 'jain', 'cleared'), test: null, verdict: null },
    ];
    const { rows } = verdictMatrix(smallReport({ findings: [], associations, pseudoSegments: [] }));

    const states = new Map(rows.map(({ segment, cells: [cell] }) => [segment, cell?.state]));
    expect(states.get('c04')).toBe('inconclusive');
    expect(states.get('c05')).toBe('inconclusive');
    expect(states.get('c01')).toBe('no-words');
  });

  test('shows a combination at both of its segments', () => {
    const pair = finding({
      segment: 'traitleak:c04+c05',
      evidence: [
        { kind: 'composition', operator: 'and', first: 'c04', second: 'c05', trait: 'religion', value: 'sikh' },
      ],
    });

    const { rows } = verdictMatrix(smallReport({ findings: [pair] }));

    expect(rows.slice(0, 2).map(({ segment, cells }) => [segment, cells[0]?.kinds])).toEqual([
      ['c04', ['combination']],
      ['c05', ['combination']],
    ]);
  });
});

describe('what is open', () => {
  test('is asked with what it would take to answer it', () => {
    const questions = openQuestions(emptyReport());

    expect(questions.map(({ question }) => question)).toContain('Does membership stand in for a trait?');
    for (const { why, takes } of questions) expect(why.length * takes.length).toBeGreaterThan(0);
  });

  test('lists comparisons without a conclusion, those nearest to one first', () => {
    const far = { ...association('c01', 'jain', 'inconclusive'), membersNeeded: 5000 };
    const near = { ...association('c02', 'jain', 'inconclusive'), membersNeeded: 120 };
    const hidden = { ...hiddenAssociation('c03', 'jain'), verdict: 'inconclusive' as const };
    const cleared = association('c04', 'jain', 'cleared');

    const open = openComparisons(smallReport({ associations: [hidden, far, cleared, near] }));

    expect(open.map(({ segment }) => segment)).toEqual(['c02', 'c01', 'c03']);
    expect(open.at(-1)).toMatchObject({ members: null, membersNeeded: null, suppressed: true });
  });
});

describe('what was audited', () => {
  test('tells rows that were not used from what limits the result', () => {
    const notice = (code: string) => ({ code, level: 'warning' as const, message: `About ${code}.` });
    const report = smallReport({
      notices: [notice('rows-without-user'), notice('panel-columns'), notice('label-coverage-differs')],
    });

    expect(auditedScope(report).unused.map(({ code }) => code)).toEqual(['rows-without-user']);
    expect(auditedScope(report).reading.map(({ code }) => code)).toEqual(['panel-columns']);
    expect(limitingNotices(report).map(({ code }) => code)).toEqual(['label-coverage-differs']);
  });
});

describe('the decision log', () => {
  test('puts waivers beside their findings, those that need a decision first', () => {
    const entry = { reason: 'x', owner: 'y', approver: null, ticket: null, expires: '2026-06-30', note: null };
    const report = smallReport({
      waivers: [
        { ...entry, fingerprint: '00000000000000a3', state: 'active' },
        { ...entry, fingerprint: '00000000000000ff', state: 'unmatched' },
        { ...entry, fingerprint: '00000000000000a1', state: 'lapsed' },
      ],
    });

    const { decisions, undecided } = decisionLog(report);

    expect(decisions.map(({ state, findings }) => [state, findings.map(({ segment }) => segment)])).toEqual([
      ['lapsed', ['c01']],
      ['active', ['c02']],
      ['unmatched', []],
    ]);
    expect(undecided).toBe(3);
  });
});

describe('the waiver that a finding offers', () => {
  test('is an entry of the waiver file once reason and owner are filled in, tied to what the finding is', () => {
    const report = smallReport();
    const [first] = report.findings;

    const snippet = waiverSnippets(report)(first!);

    const entries = parse(snippet) as Record<string, unknown>[];
    expect(entries).toEqual([
      {
        fingerprint: first!.fingerprint,
        reason: '',
        owner: '',
        expires: '2026-04-01',
        evidence: evidenceToAccept(report)(first!),
      },
    ]);
    const filled = entries.map((entry) => ({ ...entry, reason: 'Wound down', owner: 'Data team' }));
    expect(() => assertValid(filled, WAIVERS_SCHEMA, () => ({ file: 'w' }), 'E_WAIVERS_INVALID')).not.toThrow();
  });

  test('holds any id, and shows nothing that cannot be seen', () => {
    const report = smallReport();
    fc.assert(
      fc.property(hostileText, (segment) => {
        const snippet = waiverSnippets(report)(finding({ segment }));

        // Half surrogate pairs cannot be in a file at all.
        if (/\p{Cs}/u.test(segment)) return;
        const [{ evidence }] = parse(snippet) as [{ evidence: { segment: string } }];
        expect(evidence.segment).toBe(segment);
        expect(snippet.split('\n').map(printable)).toEqual(snippet.split('\n'));
      }),
      { numRuns: 300 },
    );
  });
});

describe('the command that says more', () => {
  test.skipIf(process.platform === 'win32').each(Object.entries(HOSTILE_NAMES))(
    'gives a shell %s as one word',
    (_, segment) => {
      const command = explainCommand(finding({ segment }));
      if (command === null) {
        const cannotBeTyped = segment === '' || segment.length > 200 || printable(segment) !== segment;
        expect(cannotBeTyped || /\p{Cs}/u.test(segment)).toBe(true);
        return;
      }

      const words = execFileSync('sh', ['-c', `traitleak() { for w; do printf '%s\\0' "$w"; done; }; ${command}`]);

      const options = words.toString().split('\0').slice(0, -1);
      expect(options).toEqual(
        segment.startsWith('-')
          ? ['explain', '--from', 'results.json', '--', segment]
          : ['explain', segment, '--from', 'results.json'],
      );
    },
  );

  test('shows the rule for findings that are about no single segment', () => {
    expect(explainCommand(finding({ segment: 'traitleak:export', rule: 'export-tells-special' }))).toBe(
      'traitleak rules show export-tells-special',
    );
  });
});
