import { createHash } from 'node:crypto';
import { appendFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { audit } from '../../src/audit.ts';
import { resolveConfig } from '../../src/cli/resolve-config.ts';
import type { AuditReport } from '../../src/domain/report.ts';
import { csv, inputFolder } from '../input-folder.ts';

const USERS = Array.from({ length: 200 }, (_, index) => `u${index}`);

const FILES = {
  'traitleak.yaml': `definitions: definitions.csv
assignments: assignments.csv
traits: traits.csv
consent: consent.csv
previous: { definitions: before.csv, assignments: members-before.csv }
waivers: waivers.yaml
baseline: baseline.json
`,
  'definitions.csv': csv(['segment_id', 'name'], ['1', 'LGBT'], ['2', 'tea']),
  'assignments.csv': csv(['user_id', 'segment_id'], ...USERS.map((user, index) => [user, 1 + (index % 2)])),
  'traits.csv': csv(['user_id', 'religion'], ...USERS.map((user, index) => [user, index % 4 === 0 ? 'a' : 'b'])),
  'consent.csv': csv(['user_id', 'trait'], ...USERS.map((user) => [user, 'sexual_orientation'])),
  'before.csv': csv(['segment_id', 'name'], ['9', 'LGBT']),
  'members-before.csv': csv(['user_id', 'segment_id'], ...USERS.map((user) => [user, 9])),
  'waivers.yaml': '',
  'baseline.json': '{ "baselineVersion": "1.0", "findings": [] }\n',
} as const;

/** What an audit is at when a file changes. */
const PHASES = [
  'reading definitions',
  'reading assignments',
  'reading the panel',
  'comparing with the earlier export',
  'reading names',
  'counting consent',
  'making the report',
] as const;
type Phase = (typeof PHASES)[number];

/** Audits a folder; when the audit says that it is in the phase, something is done to the folder. */
async function auditMeanwhile(
  folder: string,
  phase: Phase,
  meddle: () => void,
  args: { readonly counts?: string } = {},
): Promise<AuditReport> {
  const { config } = await resolveConfig(undefined, { format: [], set: [], ...args }, folder);
  const heard: string[] = [];
  const progress = {
    begin: (now: string) => {
      if (now === phase && !heard.includes(phase)) meddle();
      heard.push(now);
    },
  };
  const report = await audit(config, { now: new Date(0), progress }).finally(() => expect(heard).toContain(phase));
  return report;
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

describe('a file of rows that changes while an audit runs is an error', () => {
  test.each<[file: string, phases: readonly Phase[]]>([
    ['assignments.csv', ['reading the panel', 'reading names', 'making the report']],
    ['traits.csv', ['reading assignments', 'comparing with the earlier export', 'making the report']],
    ['consent.csv', ['reading assignments', 'reading names', 'making the report']],
    ['members-before.csv', ['reading assignments', 'reading names', 'making the report']],
  ])('%s', async (file, phases) => {
    for (const phase of phases) {
      const folder = inputFolder(FILES);
      const path = join(folder, file);

      const audited = auditMeanwhile(folder, phase, () => appendFileSync(path, 'u7,2\n'));

      await expect(audited, phase).rejects.toMatchObject({
        code: 'E_INPUT_UNREADABLE',
        message: 'The file changed while it was read.',
        location: { file },
      });
    }
  });

  test('also when another file of the same size takes its place', async () => {
    const folder = inputFolder({ ...FILES, 'other.csv': FILES['traits.csv'].replace('u1,b', 'u1,a') });

    const audited = auditMeanwhile(folder, 'reading names', () =>
      renameSync(join(folder, 'other.csv'), join(folder, 'traits.csv')),
    );

    await expect(audited).rejects.toMatchObject({ code: 'E_INPUT_UNREADABLE', location: { file: 'traits.csv' } });
  });
});

describe('of a file that is read once, the digest is that of what was read', () => {
  test.each<[file: keyof typeof FILES, role: string, content: string]>([
    ['traitleak.yaml', 'config', 'definitions: other.csv\n'],
    ['definitions.csv', 'definitions', csv(['segment_id', 'name'], ['1', 'gay men'])],
    ['before.csv', 'previous-definitions', csv(['segment_id', 'name'], ['9', 'tea'])],
    ['waivers.yaml', 'waivers', '- nonsense\n'],
    ['baseline.json', 'baseline', '{}'],
  ])('%s', async (file, role, content) => {
    const untouched = inputFolder(FILES);
    const before = await auditMeanwhile(untouched, 'reading assignments', () => undefined);
    for (const phase of ['reading assignments', 'making the report'] as const) {
      const folder = inputFolder(FILES);

      const report = await auditMeanwhile(folder, phase, () => writeFileSync(join(folder, file), content));

      expect(report.inputs.find((input) => input.role === role)?.sha256).toBe(sha256(FILES[file]));
      expect(report).toEqual(before);
    }
  });

  test('ready-made counts', async () => {
    const counts = csv(
      ['segment_id', 'trait', 'value', 'in_value', 'in_other', 'out_value', 'out_other'],
      ['c01', 'sexual_orientation', 'lgbtq', 40, 60, 100, 800],
    );
    const folder = inputFolder({ 'counts.csv': counts });
    const meddle = (): void => appendFileSync(join(folder, 'counts.csv'), 'c02,religion,a,40,60,100,800\n');

    const { inputs, segments } = await auditMeanwhile(folder, 'making the report', meddle, { counts: 'counts.csv' });

    expect(inputs).toMatchObject([{ role: 'counts', sha256: sha256(counts), rows: 1 }]);
    expect(segments).toHaveLength(1);
  });
});
