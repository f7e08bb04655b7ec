import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { AuditReport } from '../../src/domain/report.ts';
import { auditResults, expectAuditRefusal, traitleak } from '../command-line.ts';
import { csv, inputFolder, writeFiles } from '../input-folder.ts';
import { counts, noonOf, saveResults, waive, waiverFile } from './acceptance-story.ts';

const NAMED = { 'definitions.csv': csv(['segment_id', 'name'], ['1', 'gay men'], ['2', 'gardeners']) };
const WITH_WAIVERS = ['.', '--waivers', 'traitleak-waivers.yaml'];

const codes = ({ notices }: AuditReport): string[] =>
  notices.map(({ code }) => code).filter((code) => code.startsWith('waiver-'));

describe('the story of a waiver in continuous integration', () => {
  test('a bad segment fails; waived it passes and is shown; when the waiver ends it fails again', async () => {
    const cwd = inputFolder(NAMED);
    const audit = (day: string, ...args: readonly string[]) =>
      traitleak(['audit', ...args], { cwd, env: { SOURCE_DATE_EPOCH: noonOf(day) } });

    const failed = await audit('2026-01-01', '.', '-f', 'text', '-f', 'json=results.json');
    const findings = (await saveResults(cwd, '.')).findings;
    const waived = await waive(cwd, findings, '--approver', 'DPO', '--ticket', 'PRIV-12');
    const passed = await audit('2026-01-02', ...WITH_WAIVERS);
    const lastDay = await audit('2026-03-31', ...WITH_WAIVERS);
    const dayAfter = await audit('2026-04-01', ...WITH_WAIVERS);

    expect(failed.exitCode).toBe(1);
    expect(waived).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('until 2026-03-31') });
    expect(passed.exitCode).toBe(0);
    expect(passed.stdout).toContain('gay men (1) [waived]');
    expect(passed.stdout).toMatch(/Data team, approved by DPO, until 2026-03-31, PRIV-12:\s+Wound down by\s+spring/);
    expect(lastDay.exitCode).toBe(0);
    expect(lastDay.stdout).toContain('waived, ends soon:');
    expect(dayAfter.exitCode).toBe(1);
    expect(dayAfter.stdout).toContain('EXPIRED:');
    expect(dayAfter.stdout).toMatch(/has\s+expired\s+\(2026-03-31\)/);
  });

  test('a waived finding keeps its place, its evidence and its severity in the results', async () => {
    const cwd = inputFolder(NAMED);
    const before = await saveResults(cwd, '.');
    await waive(cwd, before.findings);

    const after = await auditResults(cwd, ...WITH_WAIVERS);

    const acceptance = {
      reason: 'Wound down by spring',
      owner: 'Data team',
      approver: null,
      ticket: null,
      expires: '2026-03-31',
    };
    expect(after.findings).toEqual(
      before.findings.map((finding) => ({ ...finding, state: 'waived', waiver: acceptance })),
    );
    expect(after.waivers).toEqual(
      before.findings.map(({ fingerprint }) => ({ fingerprint, ...acceptance, state: 'active', note: null })),
    );
    expect(after.summary).toEqual(before.summary);
    expect(after.inputs).toContainEqual(
      expect.objectContaining({ role: 'waivers', path: 'traitleak-waivers.yaml', rows: before.findings.length }),
    );
  });
});

describe('a waiver', () => {
  const story = async (text: (fingerprint: string) => string): Promise<AuditReport> => {
    const cwd = inputFolder(NAMED);
    const [finding] = (await auditResults(cwd, '.')).findings;
    writeFileSync(join(cwd, 'traitleak-waivers.yaml'), text(finding!.fingerprint));
    return auditResults(cwd, ...WITH_WAIVERS);
  };
  const entry = (fingerprint: string, expires: string): string =>
    `- { fingerprint: "${fingerprint}", reason: old, owner: me, expires: ${expires} }\n`;

  test.each(['2026-13-01', '2026-02-30', '31.03.2027', 'never', '2027', '2027-3-1'])(
    'with the malformed last day %s counts as expired',
    async (expires) => {
      const report = await story((fingerprint) => entry(fingerprint, expires));

      expect(report.waivers).toMatchObject([{ state: 'expired', expires }]);
      expect(report.findings[0]!.state).toBe('new');
      expect(report.gate.passed).toBe(false);
      expect(codes(report)).toEqual(['waiver-expired']);
      expect(report.notices.find(({ code }) => code === 'waiver-expired')!.location).toMatchObject({
        file: 'traitleak-waivers.yaml',
        line: 1,
      });
    },
  );

  test.each([
    ['2025-12-31', 'expired', 'waiver-expired'],
    ['2026-01-01', 'expiring', 'waiver-expiring'],
    ['2026-01-15', 'expiring', 'waiver-expiring'],
    ['2026-01-16', 'active', 'waiver-untied'],
  ])('until %s is %s on the first of January', async (expires, state, code) => {
    const report = await story((fingerprint) => entry(fingerprint, expires));

    expect(report.waivers).toMatchObject([{ state }]);
    expect(codes(report)).toEqual([code]);
  });

  test('without evidence holds, and says that it is tied to nothing', async () => {
    const report = await story((fingerprint) => entry(fingerprint, '2027-01-01'));

    expect(report.findings[0]!.state).toBe('waived');
    expect(report.waivers[0]!.note).toContain('Tied to no evidence');
  });

  test('of no finding is reported, and waives nothing', async () => {
    const report = await story(() => entry('0123456789abcdef', '2027-01-01'));

    expect(report.waivers).toMatchObject([{ state: 'unmatched' }]);
    expect(codes(report)).toEqual(['waiver-unmatched']);
    expect(report.gate.passed).toBe(false);
  });

  test('whose fingerprint looks like a number is read as it is written', async () => {
    const report = await story(
      () => '- fingerprint: 0000000000000012\n  reason: r\n  owner: o\n  expires: 2027-01-01\n  ticket: 0012\n',
    );

    expect(report.waivers).toMatchObject([{ fingerprint: '0000000000000012', ticket: '0012', state: 'unmatched' }]);
  });
});

describe('a waiver that is tied to evidence', () => {
  const audited = async (
    cwd: string,
    ...inside: (readonly [segment: string, withValue: number])[]
  ): Promise<AuditReport> => {
    writeFiles(cwd, { 'counts.csv': counts(...inside) });
    return saveResults(cwd, '--counts', 'counts.csv', '--definitions', 'definitions.csv');
  };
  const again = (cwd: string): Promise<AuditReport> =>
    auditResults(
      cwd,
      '--counts',
      'counts.csv',
      '--definitions',
      'definitions.csv',
      '--waivers',
      'traitleak-waivers.yaml',
    );
  const definitions = (name: string, description = ''): Record<string, string> => ({
    'definitions.csv': csv(['segment_id', 'name', 'description'], ['7', name, description]),
  });
  const start = async (withValue = 120): Promise<string> => {
    const cwd = inputFolder(definitions('gardeners'));
    const { findings } = await audited(cwd, ['7', withValue]);
    expect(findings.length).toBeGreaterThan(0);
    await waive(cwd, findings);
    return cwd;
  };

  test('holds while the effect is the same within noise, or smaller', async () => {
    const cwd = await start();
    for (const withValue of [120, 126, 130, 90]) {
      writeFiles(cwd, { 'counts.csv': counts(['7', withValue]) });

      const report = await again(cwd);

      expect(report.waivers.map(({ state }) => state)).not.toContain('lapsed');
      expect(report.findings.every(({ state }) => state === 'waived')).toBe(true);
    }
  });

  test('lapses when the effect grows beyond what was accepted, and says so', async () => {
    const cwd = await start();
    writeFiles(cwd, { 'counts.csv': counts(['7', 170]) });

    const report = await again(cwd);

    expect(report.waivers[0]).toMatchObject({
      state: 'lapsed',
      note: expect.stringMatching(/grown beyond what was accepted: representation ratio .* now/),
    });
    expect(report.findings[0]!.state).toBe('new');
    expect(report.gate.passed).toBe(false);
    expect(codes(report)).toContain('waiver-lapsed');
  });

  test('lapses when the effect turns round', async () => {
    const cwd = await start();
    writeFiles(cwd, { 'counts.csv': counts(['7', 5]) });

    const report = await auditResults(
      cwd,
      '--counts',
      'counts.csv',
      '--waivers',
      'traitleak-waivers.yaml',
      '--min-cell',
      '0',
    );

    expect(report.findings.every(({ state }) => state === 'new')).toBe(true);
  });

  test('lapses when the definition says something else', async () => {
    const cwd = await start();
    writeFiles(cwd, definitions('gardeners', 'and their friends'));

    expect((await again(cwd)).waivers[0]).toMatchObject({
      state: 'lapsed',
      note: expect.stringContaining('definition of the segment has changed'),
    });
  });

  test('does not lapse when figures were hidden all along', async () => {
    const cwd = inputFolder(definitions('gardeners'));
    const small = (n: number): string =>
      csv(
        ['segment_id', 'trait', 'value', 'in_value', 'in_other', 'out_value', 'out_other'],
        ['7', 'religion', 'sikh', 90, n, 500, 4500],
      );
    writeFiles(cwd, { 'counts.csv': small(5) });
    const { findings, associations } = await saveResults(
      cwd,
      '--counts',
      'counts.csv',
      '--definitions',
      'definitions.csv',
    );
    expect(associations[0]!.suppressed).toBe(true);
    await waive(cwd, findings);
    writeFiles(cwd, { 'counts.csv': small(4) });

    const report = await again(cwd);

    expect(waiverFile(cwd)).toContain('estimate: null');
    expect(report.waivers).toMatchObject([{ state: 'active' }]);
  });

  test('lapses when its figures become hidden: nobody can tell whether the effect has grown', async () => {
    const cwd = await start();
    writeFiles(cwd, {
      'counts.csv': csv(
        ['segment_id', 'trait', 'value', 'in_value', 'in_other', 'out_value', 'out_other'],
        ['7', 'religion', 'sikh', 120, 280, 5, 4995],
      ),
    });

    const report = await again(cwd);

    expect(report.associations[0]!.suppressed).toBe(true);
    expect(report.waivers[0]).toMatchObject({ state: 'lapsed', note: expect.stringContaining('hidden now') });
  });
});

describe('a renamed segment', () => {
  const members = (segment: string, from: number): (readonly (string | number)[])[] =>
    Array.from({ length: 200 }, (_, i) => [`u${from + i}`, segment]);
  const panel = csv(
    ['user_id', 'religion'],
    ...Array.from({ length: 1000 }, (_, i) => [`u${i}`, i < 150 || i % 9 === 0 ? 'sikh' : 'other']),
  );
  const rows = (...ids: readonly string[]): string =>
    csv(['user_id', 'segment_id'], ...ids.flatMap((id, i) => members(id, 200 * i)));
  const story = (now: string, definitions: string) =>
    inputFolder({
      'definitions.csv': csv(['segment_id', 'name'], ['a', 'north'], ['b', 'south']),
      'assignments.csv': rows('a', 'b'),
      'traits.csv': panel,
      'later/definitions.csv': definitions,
      'later/assignments.csv': now,
    });
  const later = (cwd: string, ...args: readonly string[]): Promise<AuditReport> =>
    auditResults(
      cwd,
      '--definitions',
      'later/definitions.csv',
      '--assignments',
      'later/assignments.csv',
      '--traits',
      'traits.csv',
      '--previous-definitions',
      'definitions.csv',
      '--previous-assignments',
      'assignments.csv',
      ...args,
    );

  test('keeps its waiver and its place in the baseline, with a note', async () => {
    const cwd = story(rows('x', 'b'), csv(['segment_id', 'name'], ['x', '48213'], ['b', 'south']));
    const before = await saveResults(cwd, '.');
    const old = before.findings.filter(({ segment, rule }) => segment === 'a' && rule.startsWith('membership'));
    await waive(cwd, old);
    await traitleak(['baseline', 'results.json'], { cwd });

    const waived = await later(cwd, '--waivers', 'traitleak-waivers.yaml');
    const known = await later(cwd, '--baseline', 'traitleak-baseline.json');

    expect(old.length).toBeGreaterThan(0);
    const of = ({ findings }: AuditReport) =>
      findings.filter(({ segment, rule }) => segment === 'x' && rule.startsWith('membership'));
    expect(of(waived).map(({ state }) => state)).toEqual(old.map(() => 'waived'));
    expect(of(known).map(({ state }) => state)).toEqual(old.map(() => 'baseline'));
    expect(waived.waivers[0]).toMatchObject({
      state: 'active',
      note: 'Carried over: the people of segment a are in segment x now.',
    });
    expect(codes(waived)).toContain('waiver-carried-over');
  });

  test('takes it along when its id goes to other people', async () => {
    const cwd = story(rows('b', 'a'), csv(['segment_id', 'name'], ['b', 'north'], ['a', 'south']));
    const before = await saveResults(cwd, '.');
    const old = before.findings.filter(({ segment, rule }) => segment === 'a' && rule.startsWith('membership'));
    await waive(cwd, old);

    const report = await later(cwd, '--waivers', 'traitleak-waivers.yaml');

    const membership = report.findings.filter(({ rule }) => rule.startsWith('membership'));
    expect(membership.filter(({ state }) => state === 'waived').map(({ segment }) => segment)).toEqual(
      old.map(() => 'b'),
    );
  });
});

describe('a waiver file', () => {
  const refuse = async (text: string, at: string, message: RegExp): Promise<void> => {
    const cwd = inputFolder({ ...NAMED, 'w.yaml': text });
    await expectAuditRefusal(cwd, ['.', '--waivers', 'w.yaml'], { code: 'E_WAIVERS_INVALID', message, at });
  };
  const whole = '- fingerprint: "0123456789abcdef"\n  reason: r\n  owner: o\n  expires: 2027-01-01\n';

  test('that is missing is refused', async () => {
    await expectAuditRefusal(inputFolder(NAMED), ['.', '--waivers', 'w.yaml'], {
      code: 'E_INPUT_MISSING',
      message: /no such file/,
      at: 'w.yaml',
    });
  });

  test.each([
    ['without an owner', whole.replace('  owner: o\n', ''), 'w.yaml:1:3', /`owner` is missing/],
    ['with an empty reason', whole.replace('reason: r', 'reason: " "'), 'w.yaml:2:11', /must match pattern/],
    ['with a misspelt key', whole.replace('owner', 'ownr'), 'w.yaml:1:3', /`owner` is missing|Did you mean "owner"/],
    ['with an unknown key', `${whole}  aprover: x\n`, 'w.yaml:5:3', /Did you mean "approver"/],
    ['with a short fingerprint', whole.replace('9abcdef', ''), 'w.yaml:1:16', /"012345678" is no fingerprint/],
    ['that waives a finding twice', whole + whole, 'w.yaml:5:16', /waived twice; the first time on line 1/],
    ['that is a mapping', 'waivers: []\n', 'w.yaml:1:1', /expected array/],
    ['that is broken', '- {', 'w.yaml:1:4', /./],
  ])('%s is refused at its place', async (_what, text, at, message) => {
    await refuse(text, at, message);
  });

  test('that is empty waives nothing', async () => {
    const cwd = inputFolder({ ...NAMED, 'w.yaml': '# nothing yet\n' });

    expect((await auditResults(cwd, '.', '--waivers', 'w.yaml')).waivers).toEqual([]);
  });

  test('may be named in the config', async () => {
    const cwd = inputFolder({
      ...NAMED,
      'traitleak.yaml': 'definitions: definitions.csv\nwaivers: w.yaml\n',
      'w.yaml': whole,
    });

    expect((await auditResults(cwd)).waivers).toHaveLength(1);
  });
});
