import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import type { Association } from '../../src/domain/association.ts';
import type { ReportDiff } from '../../src/domain/diff.ts';
import type { LineageRecord } from '../../src/domain/lineage.ts';
import type { AuditReport } from '../../src/domain/report.ts';
import { fingerprint } from '../../src/gate/fingerprint.ts';
import { DIFF_FORMATS } from '../../src/report/diff-formats.ts';
import { diffReports } from '../../src/report/diff-reports.ts';
import { DIFF_SCHEMA } from '../../src/report/diff-schema.ts';
import { PLAIN } from '../../src/report/format.ts';
import { expectRefusal, traitleak } from '../command-line.ts';
import { HOSTILE_NAMES } from '../formats/hostile-names.ts';
import { reportOf, smallReport } from '../formats/small-report.ts';
import { csv, inputFolder } from '../input-folder.ts';

/** The small report, its fingerprints those of its findings. */
function earlier(): AuditReport {
  return printed(smallReport());
}

function printed(report: AuditReport): AuditReport {
  return { ...report, findings: report.findings.map((finding) => ({ ...finding, fingerprint: fingerprint(finding) })) };
}

const without = (report: AuditReport, rule: string, segment: string): AuditReport => ({
  ...report,
  findings: report.findings.filter((finding) => !(finding.rule === rule && finding.segment === segment)),
});
const withRow = (report: AuditReport, segment: string, changes: Partial<Association>): AuditReport => ({
  ...report,
  associations: report.associations.map((row) => (row.segment === segment ? { ...row, ...changes } : row)),
});
const diffed = (format: string, diff: ReportDiff): string =>
  [...DIFF_FORMATS[format]!(diff, { style: PLAIN, width: 100, verbose: true })].join('');
const text = (old: AuditReport, now: AuditReport): string => diffed('text', diffReports(old, now));

describe('a comparison of two results', () => {
  test('fits its schema, whatever is in it', () => {
    const emptied = { ...earlier(), findings: [] };

    for (const [old, now] of [
      [earlier(), emptied],
      [emptied, earlier()],
      [earlier(), earlier()],
    ] as const) {
      validate(JSON.parse(JSON.stringify(diffReports(old, now))));
      expect(validate.errors).toBeNull();
    }
  });

  test('of the same results finds nothing', () => {
    const diff = diffReports(earlier(), earlier());

    expect(diff).toMatchObject({ settings: [], added: [], gone: [], verdicts: [], renamed: [] });
    expect(diff.kept.map(({ change }) => change)).toEqual(earlier().findings.map(() => 'unchanged'));
  });

  test('finds what is new and what is gone', () => {
    const old = without(earlier(), 'topics-suggest-special', 'c03');
    const now = without(earlier(), 'membership-proxy-special', 'c01');

    const diff = diffReports(old, withRow(now, 'c01', { verdict: 'cleared' }));

    expect(diff.added.map(({ rule, segment }) => [rule, segment])).toEqual([['topics-suggest-special', 'c03']]);
    expect(diff.gone).toMatchObject([{ rule: 'membership-proxy-special', segment: 'c01', because: null }]);
    expect(diff.verdicts).toMatchObject([{ segment: 'c01', before: 'proxy', now: 'cleared', change: 'better' }]);
  });

  test('never takes what became inconclusive for better', () => {
    const now = withRow(without(earlier(), 'membership-proxy-special', 'c01'), 'c01', { verdict: 'inconclusive' });

    const diff = diffReports(earlier(), now);

    expect(diff.gone).toMatchObject([{ segment: 'c01', because: 'inconclusive' }]);
    expect(diff.verdicts).toMatchObject([{ before: 'proxy', now: 'inconclusive', change: 'unknown' }]);
    expect(text(earlier(), now)).toMatch(/not\s+progress, the comparison is inconclusive now/);
  });

  test('says first what was done differently, and that a rule that was switched off is no progress', () => {
    const rule = (id: string) => ({
      id,
      pack: 'recommended',
      kind: 'name',
      title: '',
      why: '',
      remedy: '',
      law: [],
      measures: '',
      findings: 0,
    });
    const rules = [...new Set(earlier().findings.map(({ rule: id }) => id))].map(rule);
    const old = { ...earlier(), rules };
    const now = {
      ...without(earlier(), 'name-states-special', 'c01'),
      rules: rules.filter(({ id }) => id !== 'name-states-special'),
      tool: { name: 'traitleak', version: '2.0.0' },
    } as AuditReport;

    const diff = diffReports(old as AuditReport, now);
    const [, , first] = text(old as AuditReport, now).split('\n');

    expect(diff.settings).toEqual([
      { what: 'version', before: '1.2.3', now: '2.0.0' },
      { what: 'rule name-states-special', before: 'on', now: null },
    ]);
    expect(diff.gone).toMatchObject([{ because: 'rule-off' }]);
    expect(first).toBe('Made differently (2)');
  });

  test('finds worse and better beyond noise, by figure and by severity', () => {
    const figure = (estimate: number, lower: number, upper: number) => ({
      representationRatio: { estimate, lower, upper },
    });
    const old = withRow(earlier(), 'c01', figure(2, 1.6, 2.4));
    const change = (now: AuditReport) =>
      diffReports(old, now).kept.find(
        ({ before: { rule, segment } }) => rule === 'membership-proxy-special' && segment === 'c01',
      );

    expect(change(withRow(earlier(), 'c01', figure(2.9, 2.3, 3.6)))).toMatchObject({
      change: 'worse',
      because: ['effect'],
    });
    expect(change(withRow(earlier(), 'c01', figure(1.3, 1.1, 1.5)))).toMatchObject({
      change: 'better',
      because: ['effect'],
    });
    expect(change(withRow(earlier(), 'c01', figure(2.2, 1.8, 2.6)))).toMatchObject({
      change: 'unchanged',
      because: [],
    });
    const milder = withRow(earlier(), 'c01', figure(2, 1.6, 2.4));
    const findings = milder.findings.map((finding) => ({ ...finding, severity: 'low' as const }));
    expect(change({ ...milder, findings })).toMatchObject({ change: 'better', because: ['severity'] });
  });

  test('finds a renamed segment by the people in it', () => {
    const renamed = (report: AuditReport): AuditReport =>
      printed({
        ...report,
        findings: report.findings.map((finding) =>
          finding.segment === 'c02' ? { ...finding, segment: 'x9' } : finding,
        ),
        segments: report.segments.map((row) =>
          row.segment === 'c02' ? { ...row, segment: 'x9', name: '48213' } : row,
        ),
      });
    const lineage = [{ kind: 'renamed', before: 'c02', after: 'x9' } as LineageRecord];
    const digest = 'f'.repeat(64);
    const old = { ...earlier(), inputs: [{ role: 'assignments', path: 'a', sha256: digest, rows: 1 } as const] };
    const compared = (sha256: string): AuditReport => ({
      ...renamed(earlier()),
      lineage,
      inputs: [{ role: 'previous-assignments', path: 'b', sha256, rows: 1 }],
    });

    const known = diffReports(old, compared(digest));
    const ofAnother = diffReports(old, compared('0'.repeat(64)));

    expect(known).toMatchObject({ added: [], gone: [], renamed: [{ before: 'c02', after: 'x9', by: 'people' }] });
    expect(known.kept.find(({ renamed: is }) => is)).toMatchObject({
      before: { segment: 'c02' },
      now: { segment: 'x9' },
    });
    expect(ofAnother).toMatchObject({
      added: [{ segment: 'x9' }],
      gone: [{ segment: 'c02', because: 'segment-gone' }],
    });
  });

  test('compares how well the whole export tells a value', () => {
    const leakage = (estimate: number): AuditReport =>
      ({
        ...earlier(),
        leakage: [
          {
            trait: 'religion',
            value: 'sikh',
            segment: 'traitleak:export',
            name: 'the whole export',
            auc: { estimate, lower: estimate - 0.02, upper: estimate + 0.02 },
          },
        ],
      }) as unknown as AuditReport;

    expect(diffReports(leakage(0.6), leakage(0.7)).leakage).toMatchObject([{ change: 'worse' }]);
    expect(diffReports(leakage(0.7), leakage(0.6)).leakage).toMatchObject([{ change: 'better' }]);
    expect(diffReports(leakage(0.6), leakage(0.61)).leakage).toMatchObject([{ change: 'unchanged' }]);
    expect(diffReports(leakage(0.6), earlier()).leakage).toMatchObject([{ change: 'unknown', now: null }]);
  });

  test.each(Object.entries(HOSTILE_NAMES))('keeps names that hold %s in their place', (_what, name) => {
    const now = { ...reportOf(name), findings: [] };
    const diff = diffReports(reportOf(name), now);

    const tame = diffReports(reportOf('x'), { ...reportOf('x'), findings: [] });
    const headings = (written: string): number => written.match(/^(#|-|<!)/gm)?.length ?? 0;
    expect(headings(diffed('markdown', diff))).toBe(headings(diffed('markdown', tame)));
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
    expect(diffed('text', diff)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  });
});

const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(DIFF_SCHEMA);

describe('traitleak diff', () => {
  const story = async (): Promise<string> => {
    const definitions = (name: string): string => csv(['segment_id', 'name'], ['1', 'gay men'], ['2', name]);
    const cwd = inputFolder({ 'definitions.csv': definitions('gardeners') });
    await traitleak(['audit', '.', '-q', '-f', 'json=old.json'], { cwd });
    writeFileSync(join(cwd, 'definitions.csv'), definitions('HIV positive'));
    await traitleak(['audit', '.', '-q', '-f', 'json=new.json'], { cwd });
    return cwd;
  };

  test('tells what is new, and fails on it only when asked to', async () => {
    const cwd = await story();

    const lenient = await traitleak(['diff', 'old.json', 'new.json'], { cwd });
    const strict = await traitleak(['diff', 'old.json', 'new.json', '--fail-on-new', '-f', 'json'], { cwd });
    const back = await traitleak(['diff', 'new.json', 'old.json', '--fail-on-new', '-f', 'markdown'], { cwd });

    expect(lenient.exitCode).toBe(0);
    expect(lenient.stdout).toMatch(/^New findings \(\d+\)\n {2}critical: HIV positive \(2\), health/m);
    expect(strict.exitCode).toBe(1);
    validate(JSON.parse(strict.stdout));
    expect(validate.errors).toBeNull();
    expect(JSON.parse(strict.stdout).added[0]).toMatchObject({ segment: '2', trait: 'health' });
    expect(back.exitCode).toBe(0);
    expect(back.stdout).toContain('### Gone (');
    expect(back.stdout).not.toContain('### New');
  });

  test('refuses a format that it does not have, and what are no results', async () => {
    const cwd = await story();

    await expectRefusal(cwd, ['diff', 'old.json', 'new.json', '-f', 'sarif'], {
      code: 'E_USAGE',
      message: /There is no format "sarif".* Formats: text, json, markdown/,
    });
    await expectRefusal(cwd, ['diff', 'old.json', 'definitions.csv'], {
      code: 'E_RESULTS_INVALID',
      message: /./,
      at: 'definitions.csv:1:1',
    });
  });
});
