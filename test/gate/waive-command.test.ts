import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { AuditReport } from '../../src/domain/report.ts';
import { auditResults, expectRefusal } from '../command-line.ts';
import { csv, inputFolder, writeFiles } from '../input-folder.ts';
import { saveResults, waive, waiverFile } from './acceptance-story.ts';

const NAMED = { 'definitions.csv': csv(['segment_id', 'name'], ['1', 'gay men'], ['2', 'lesbians']) };

const story = async (): Promise<{ cwd: string; report: AuditReport }> => {
  const cwd = inputFolder(NAMED);
  return { cwd, report: await saveResults(cwd, '.') };
};
const command = (fingerprint: string, ...flags: readonly string[]): string[] => [
  ...['waive', fingerprint, '--from', 'results.json', '--reason', 'r', '--owner', 'o', '--expires', '2026-06-30'],
  ...flags,
];

describe('traitleak waive', () => {
  test('adds entries and leaves every byte that is there', async () => {
    const { cwd, report } = await story();
    const [first, second] = report.findings;
    const existing =
      '# Ours.\n\n-   owner:   "me"   # aligned\n    fingerprint: 0123456789abcdef\n    reason: >-\n      folded\n      text\n    expires: 2026-05-01\n# the end';
    writeFileSync(join(cwd, 'traitleak-waivers.yaml'), existing);

    await waive(cwd, [first!]);
    await waive(cwd, [second!]);

    const text = waiverFile(cwd);
    expect(text.startsWith(`${existing}\n- fingerprint: `)).toBe(true);
    const { waivers } = await auditResults(cwd, '.', '--waivers', 'traitleak-waivers.yaml');
    expect(waivers.map(({ fingerprint }) => fingerprint)).toEqual([
      '0123456789abcdef',
      first!.fingerprint,
      second!.fingerprint,
    ]);
    expect(readdirSync(cwd).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  test.each([
    ['an indented list', '  - { fingerprint: 0123456789abcdef, reason: r, owner: o, expires: 2026-05-01 } # kept\n'],
    ['JSON', '[{"fingerprint": "0123456789abcdef", "reason": "r", "owner": "o", "expires": "2026-05-01"}]\n'],
    ['an empty list', '# kept\n[]\n'],
    ['comments alone', '# kept\n'],
    ['an end mark', '- { fingerprint: 0123456789abcdef, reason: r, owner: o, expires: 2026-05-01 } # kept\n...\n'],
  ])('adds to %s', async (_what, existing) => {
    const { cwd, report } = await story();
    writeFileSync(join(cwd, 'traitleak-waivers.yaml'), existing);

    await waive(cwd, report.findings);

    const { waivers } = await auditResults(cwd, '.', '--waivers', 'traitleak-waivers.yaml');
    const old = existing.includes('0123456789abcdef') ? ['0123456789abcdef'] : [];
    expect(waivers.map(({ fingerprint }) => fingerprint)).toEqual([
      ...old,
      ...report.findings.map(({ fingerprint }) => fingerprint),
    ]);
    if (existing.includes('kept')) expect(waiverFile(cwd)).toContain('# kept');
  });

  test('keeps texts that YAML would read as something else', async () => {
    const { cwd, report } = await story();
    const hostile = '{{ x }}: "y" # not a comment\n- 2';

    await waive(cwd, [report.findings[0]!], '--ticket', '0012', '--approver', 'no', '--reason', hostile);

    const { waivers } = await auditResults(cwd, '.', '--waivers', 'traitleak-waivers.yaml');
    expect(waivers).toMatchObject([{ ticket: '0012', approver: 'no', reason: hostile }]);
  });

  test('with --renew puts new entries in the place of the old ones', async () => {
    const { cwd, report } = await story();
    await waive(cwd, report.findings, '--ticket', 'OLD-1');
    const commented = waiverFile(cwd).replace('owner: Data team', 'owner: Data team # ask Monday');
    writeFileSync(join(cwd, 'traitleak-waivers.yaml'), commented);
    writeFiles(cwd, { 'definitions.csv': csv(['segment_id', 'name'], ['1', 'gay men over 30'], ['2', 'lesbians']) });
    const changed = await saveResults(cwd, '.', '--waivers', 'traitleak-waivers.yaml');
    const lapsed = changed.findings.filter(({ segment, state }) => segment === '1' && state === 'new');

    await waive(cwd, lapsed, '--renew', '--expires', '2026-12-31');

    const after = await auditResults(cwd, '.', '--waivers', 'traitleak-waivers.yaml');
    expect(lapsed.length).toBeGreaterThan(0);
    expect(changed.waivers.map(({ state }) => state)).toContain('lapsed');
    expect(after.waivers.map(({ state }) => state)).not.toContain('lapsed');
    expect(after.waivers.map(({ fingerprint }) => fingerprint)).toEqual(
      changed.waivers.map(({ fingerprint }) => fingerprint),
    );
    expect(after.waivers[0]).toMatchObject({ expires: '2026-12-31', ticket: null });
  });

  test('refuses what is no finding, and says which was meant', async () => {
    const { cwd, report } = await story();
    const [finding] = report.findings;
    const whole = finding!.fingerprint;

    await expectRefusal(cwd, command(whole.slice(0, 10)), {
      code: 'E_FINDING_NOT_FOUND',
      message: new RegExp(`Did you mean "${whole}" \\(${finding!.rule} on segment ${finding!.segment}\\)\\?`),
    });
    await expectRefusal(cwd, command('ffff'), { code: 'E_FINDING_NOT_FOUND', message: /fingerprint "ffff"\./ });
  });

  test('refuses a finding that is waived already, at its place', async () => {
    const { cwd, report } = await story();
    await waive(cwd, report.findings);

    await expectRefusal(cwd, command(report.findings[0]!.fingerprint), {
      code: 'E_USAGE',
      message: /waived already, until 2026-03-31/,
      at: 'traitleak-waivers.yaml:3:16',
    });
  });

  test.each([
    ['an empty reason', ['--reason', ' '], /--reason is empty/],
    ['an empty owner', ['--owner', ''], /--owner is empty/],
    ['a day that no month has', ['--expires', '2026-02-30'], /--expires 2026-02-30/],
    ['a day that is past', ['--expires', '2025-12-31'], /this day is past/],
  ])('refuses %s', async (_what, flags, message) => {
    const { cwd, report } = await story();

    await expectRefusal(cwd, command(report.findings[0]!.fingerprint, ...flags), { code: 'E_USAGE', message });
  });
});
