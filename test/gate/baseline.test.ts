import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { auditResults, expectAuditRefusal, traitleak } from '../command-line.ts';
import { csv, inputFolder, writeFiles } from '../input-folder.ts';
import { saveResults, waive } from './acceptance-story.ts';

const header = ['segment_id', 'name'];
const NAMED = { 'definitions.csv': csv(header, ['1', 'gay men'], ['2', 'gardeners']) };
const WITH_BASELINE = ['.', '--baseline', 'traitleak-baseline.json'];

const baselineOf = (cwd: string): string => readFileSync(join(cwd, 'traitleak-baseline.json'), 'utf8');

describe('the story of a baseline in continuous integration', () => {
  test('old findings pass, a new one fails', async () => {
    const cwd = inputFolder(NAMED);
    await saveResults(cwd, '.');
    const made = await traitleak(['baseline', 'results.json'], { cwd });
    const same = await traitleak(['audit', ...WITH_BASELINE], { cwd });
    writeFiles(cwd, { 'definitions.csv': csv(header, ['3', 'HIV positive'], ['2', 'gardeners'], ['1', 'gay men']) });
    const more = await traitleak(['audit', ...WITH_BASELINE], { cwd });

    expect(made).toMatchObject({ exitCode: 0, stdout: '' });
    expect(same.exitCode).toBe(0);
    expect(same.stdout).toContain('gay men (1) [baseline]');
    expect(same.stdout).toMatch(/baseline traitleak-baseline\.json: (\d+) of \1 findings are still there, 0 are gone/);
    expect(more.exitCode).toBe(1);
    expect(more.stdout).toMatch(/HIV positive \(3\)\n/);
  });

  test('results JSON is a baseline too', async () => {
    const cwd = inputFolder(NAMED);
    const before = await saveResults(cwd, '.');

    const { findings, gate, baseline } = await auditResults(cwd, '.', '--baseline', 'results.json');

    expect(findings.map(({ state }) => state)).toEqual(before.findings.map(() => 'baseline'));
    expect(gate.passed).toBe(true);
    expect(baseline).toEqual({ path: 'results.json', findings: findings.length, present: findings.length, gone: 0 });
  });

  test('findings that are gone are counted', async () => {
    const cwd = inputFolder(NAMED);
    const before = await saveResults(cwd, '.');
    await traitleak(['baseline', 'results.json'], { cwd });
    writeFiles(cwd, { 'definitions.csv': csv(header, ['2', 'gardeners']) });

    const { baseline } = await auditResults(cwd, ...WITH_BASELINE);

    expect(baseline).toMatchObject({ findings: before.findings.length, present: 0, gone: before.findings.length });
  });
});

describe('a baseline', () => {
  test('holds which findings there are and no figure, and is the same bytes for the same findings', async () => {
    const cwd = inputFolder();
    const named = join(import.meta.dirname, '../../fixtures/named');
    const { findings } = await saveResults(cwd, named);
    await traitleak(['baseline', 'results.json'], { cwd });
    const first = baselineOf(cwd);
    await traitleak(['baseline', 'results.json'], { cwd });

    const { findings: kept } = JSON.parse(first) as { findings: Record<string, unknown>[] };
    const keys = new Set(kept.flatMap((entry) => Object.keys(entry)));
    expect([...keys].sort()).toEqual(['definition', 'fingerprint', 'rule', 'segment', 'severity', 'trait', 'value']);
    expect(kept).toHaveLength(findings.length);
    expect(baselineOf(cwd)).toBe(first);
    expect((await traitleak(['baseline', 'results.json', '-o', '-'], { cwd })).stdout).toBe(first);
  });

  test('leaves waived findings out, so that their waiver can end', async () => {
    const cwd = inputFolder(NAMED);
    await waive(cwd, (await saveResults(cwd, '.')).findings);
    const waived = await saveResults(cwd, '.', '--waivers', 'traitleak-waivers.yaml');

    const { stderr } = await traitleak(['baseline', 'results.json'], { cwd });
    const asBaseline = await auditResults(cwd, '.', '--baseline', 'results.json');

    expect(JSON.parse(baselineOf(cwd)).findings).toEqual([]);
    expect(stderr).toContain(`0 findings; ${waived.findings.length} waived ones were left out`);
    expect(asBaseline.gate.passed).toBe(false);
  });

  test('does not cover a finding that has become graver', async () => {
    const cwd = inputFolder(NAMED);
    await saveResults(cwd, '.');
    await traitleak(['baseline', 'results.json'], { cwd });
    writeFileSync(join(cwd, 'traitleak-baseline.json'), baselineOf(cwd).replaceAll('"critical"', '"medium"'));

    const { findings, baseline, notices } = await auditResults(cwd, ...WITH_BASELINE);

    expect(findings.filter(({ severity }) => severity === 'critical').every(({ state }) => state === 'new')).toBe(true);
    expect(baseline!.present).toBe(findings.length);
    expect(notices.map(({ code }) => code)).toContain('baseline-graver');
  });

  test.each([
    ['that is no JSON', '{"baselineVersion": ', /./, 'b.json:1:21'],
    ['of other JSON', '{"a": 1}', /`baselineVersion` is missing|`a` is not a known key/, 'b.json:1:1'],
    [
      'with a wrong fingerprint',
      '{"baselineVersion":"1.0","findings":[\n{"fingerprint":"x","rule":"r","segment":"s","trait":"t","severity":"low"}]}',
      /pattern/,
      'b.json:2:16',
    ],
    ['of a later version', '{"baselineVersion":"2.0","findings":[]}', /pattern/, 'b.json:1:20'],
    ['of broken results', '{"schemaVersion":"1.0","findings":[{}],"segments":[]}', /is missing/, 'b.json:1:36'],
  ])('%s is refused at its place', async (_what, text, message, at) => {
    const cwd = inputFolder({ ...NAMED, 'b.json': text });

    await expectAuditRefusal(cwd, ['.', '--baseline', 'b.json'], { code: 'E_BASELINE_INVALID', message, at });
  });

  test('that is missing is refused', async () => {
    await expectAuditRefusal(inputFolder(NAMED), ['.', '--baseline', 'b.json'], {
      code: 'E_INPUT_MISSING',
      message: /no such file/,
      at: 'b.json',
    });
  });
});

describe('a gate that demands evidence', () => {
  test('fails when nothing was compared with a panel, and says why', async () => {
    const cwd = inputFolder({ 'definitions.csv': csv(header, ['1', 'gardeners']) });

    const lenient = await traitleak(['audit', '.'], { cwd });
    const strict = await traitleak(['audit', '.', '--fail-on-inconclusive'], { cwd });

    expect(lenient.exitCode).toBe(0);
    expect(strict.exitCode).toBe(1);
    expect(strict.stdout.replaceAll('\n', ' ')).toContain('evidence is demanded but no membership was compared');
  });

  test('fails on what is inconclusive, by config too', async () => {
    const row = (segment: string, inside: number) => [segment, 'religion', 'sikh', inside, inside * 9, 500, 4500];
    const columns = ['segment_id', 'trait', 'value', 'in_value', 'in_other', 'out_value', 'out_other'];
    const cwd = inputFolder({
      'few.csv': csv(columns, row('1', 12)),
      'many.csv': csv(columns, row('1', 2000)),
      'traitleak.yaml': 'counts: few.csv\nfailOnInconclusive: true\n',
    });

    const few = await auditResults(cwd);
    const many = await auditResults(cwd, '--counts', 'many.csv');

    expect(few.gate).toMatchObject({ passed: false, failing: 0, inconclusive: 1, reasons: ['inconclusive'] });
    expect(many.gate).toMatchObject({ passed: true, inconclusive: 0, reasons: [] });
  });
});
