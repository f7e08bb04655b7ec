import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { AuditReport } from '../../src/domain/report.ts';
import type { Acceptance, WaiverRecord } from '../../src/domain/waiver.ts';
import { PLAIN } from '../../src/report/format.ts';
import { FORMATS } from '../../src/report/formats/index.ts';
import { traitleak } from '../command-line.ts';
import { csv, inputFolder } from '../input-folder.ts';
import { HOSTILE_NAMES } from './hostile-names.ts';
import { smallReport } from './small-report.ts';

const acceptance: Acceptance = {
  reason: 'Wound down by spring',
  owner: 'Data team',
  approver: 'DPO',
  ticket: 'PRIV-12',
  expires: '2026-03-31',
};

/** A report with a waiver of every state, and a baseline. */
function acceptedReport(said: Acceptance = acceptance): AuditReport {
  const report = smallReport();
  const record = (fingerprint: string, state: WaiverRecord['state'], note: string | null): WaiverRecord => ({
    fingerprint,
    ...said,
    state,
    note,
  });
  return {
    ...report,
    findings: report.findings.map((finding) => (finding.state === 'waived' ? { ...finding, waiver: said } : finding)),
    waivers: [
      record('00000000000000a3', 'active', null),
      record('00000000000000a1', 'expired', null),
      record('00000000000000a2', 'lapsed', 'The effect has grown.'),
      record('00000000000000ff', 'unmatched', null),
    ],
    baseline: { path: 'traitleak-baseline.json', findings: 3, present: 1, gone: 2 },
  };
}

const write = async (format: string, report: AuditReport, omitWaived = false): Promise<string> =>
  [...(await FORMATS[format]!())(report, { style: PLAIN, width: 80, verbose: true, omitWaived })].join('');

describe('who accepted a finding, why and until when', () => {
  test.each(['text', 'sarif', 'junit', 'github', 'gitlab', 'markdown', 'csv', 'json', 'html'])(
    'is in %s',
    async (format) => {
      const written = (await write(format, acceptedReport())).replace(/\s+/g, ' ');

      for (const part of ['Wound down by spring', 'Data team', 'DPO', 'PRIV-12', '2026-03-31'])
        expect(written).toContain(part);
    },
  );

  test('stands in SARIF as the justification of the suppression', async () => {
    const { results } = JSON.parse(await write('sarif', acceptedReport())).runs[0];

    const suppressions = results.flatMap(({ suppressions: list }: { suppressions: unknown[] }) => list);
    expect(suppressions).toEqual([
      {
        kind: 'external',
        status: 'accepted',
        justification: 'Wound down by spring (Data team, approved by DPO, until 2026-03-31, PRIV-12)',
      },
    ]);
  });

  test.each(Object.entries(HOSTILE_NAMES))('cannot break out of any format when it holds %s', async (_what, name) => {
    const hostile = { reason: name, owner: name, approver: name, ticket: name, expires: name };
    const report = acceptedReport(hostile);

    for (const format of ['text', 'github', 'markdown', 'junit']) {
      const tame = await write(format, acceptedReport());
      const written = await write(format, report);
      const marks = (text: string): number => text.match(/^(::|#|<\w| {2}<\w)/gm)?.length ?? 0;
      expect(marks(written)).toBe(marks(tame));
    }
    expect(() => JSON.parse(JSON.stringify(report))).not.toThrow();
  });
});

describe('the section "Accepted"', () => {
  test('puts what waives nothing any more first', async () => {
    const text = await write('text', acceptedReport());
    const labels = [...text.matchAll(/^ {2}(EXPIRED|LAPSED|waived|matches nothing):/gm)].map(([, label]) => label);

    expect(labels).toEqual(['EXPIRED', 'LAPSED', 'waived', 'matches nothing']);
    expect(text).toMatch(/1 of 3 findings are still there, 2 are\s+gone/);
  });
});

describe('a waiver that has ended', () => {
  test('is an annotation at its line of the waiver file', async () => {
    const report = smallReport();
    const notice = {
      code: 'waiver-expired',
      level: 'warning' as const,
      message: 'The waiver of x has expired\n::error::y',
      location: { file: 'traitleak-waivers.yaml', line: 7, column: 16 },
    };
    const manifest = { ...report.manifest, folder: 'audits' };

    const written = await write('github', { ...report, manifest, notices: [notice] });

    expect(written).toMatch(
      /^::warning file=audits\/traitleak-waivers\.yaml,line=7,title=A waiver has ended::The waiver/m,
    );
    expect(written).not.toMatch(/^::error::y/m);
  });
});

describe('--omit-waived', () => {
  test.each(['sarif', 'github', 'gitlab'])('leaves waived findings out of %s, and nothing else', async (format) => {
    const whole = await write(format, acceptedReport());
    const omitted = await write(format, acceptedReport(), true);

    const prints = (text: string): string[] => [...new Set(text.match(/00000000000000a\d/g))].sort();
    expect(prints(whole)).toContain('00000000000000a3');
    expect(prints(omitted)).toEqual(prints(whole).filter((print) => print !== '00000000000000a3'));
  });

  test.each(['text', 'json', 'junit', 'markdown', 'csv'])('leaves %s as it is', async (format) => {
    expect(await write(format, acceptedReport(), true)).toBe(await write(format, acceptedReport()));
  });
});

describe('metrics', () => {
  test('count waivers by state, and give the AUC of every trait value', async () => {
    const cwd = inputFolder();
    const { stdout } = await traitleak(
      ['audit', join(import.meta.dirname, '../../fixtures/named'), '-f', 'openmetrics'],
      {
        cwd,
      },
    );
    const small = await write('openmetrics', acceptedReport());

    expect(small).toContain('traitleak_waivers{state="lapsed"} 1\n');
    expect(small).toContain('traitleak_baseline_gone_findings 2\n');
    expect(stdout).toMatch(/^traitleak_leakage_auc\{trait="sexual_orientation",value="lgbq"\} 0\.8/m);
  });
});

describe('places', () => {
  const definitions = csv(['segment_id', 'name'], ['1', 'gay men']);
  const placesOf = async (cwd: string, ...args: readonly string[]): Promise<Record<string, unknown>> => {
    const files = ['sarif', 'github', 'gitlab', 'markdown'].flatMap((format) => ['-f', `${format}=out.${format}`]);
    await traitleak(['audit', ...args, ...files], { cwd });
    const read = (format: string): string => readFileSync(join(cwd, `out.${format}`), 'utf8');
    const { results, artifacts } = JSON.parse(read('sarif')).runs[0];
    return {
      sarif: results[0].locations[0].physicalLocation.artifactLocation,
      artifacts: artifacts.map(({ location }: { location: { uri: string } }) => location.uri),
      github: /file=([^,]*)/.exec(read('github'))?.[1],
      gitlab: JSON.parse(read('gitlab'))[0].location.path,
      markdown: /<code>(\S+definitions\.csv):2:/.exec(read('markdown'))?.[1],
    };
  };

  test('are counted from the root of the repository when the config lies in a subfolder', async () => {
    const cwd = inputFolder({
      '.git/HEAD': '',
      'audits/traitleak.yaml': 'definitions: exports/definitions.csv\n',
      'audits/exports/definitions.csv': definitions,
    });
    const file = 'audits/exports/definitions.csv';

    expect(await placesOf(cwd, 'audits')).toEqual({
      sarif: { uri: file, uriBaseId: '%SRCROOT%', index: 1 },
      artifacts: ['audits/traitleak.yaml', file],
      github: file,
      gitlab: file,
      markdown: file,
    });
  });

  test('are the same when the config is above the working directory', async () => {
    const folder = inputFolder({
      '.git/HEAD': '',
      'pkg/traitleak.yaml': 'definitions: definitions.csv\n',
      'pkg/definitions.csv': definitions,
      'pkg/deep/x': '',
    });

    expect(await placesOf(join(folder, 'pkg', 'deep'))).toMatchObject({
      artifacts: ['pkg/traitleak.yaml', 'pkg/definitions.csv'],
      github: 'pkg/definitions.csv',
      gitlab: 'pkg/definitions.csv',
    });
  });

  test('outside of a repository are counted from the working directory', async () => {
    const cwd = inputFolder({ 'sub/definitions.csv': definitions });

    expect(await placesOf(cwd, 'sub')).toMatchObject({ github: 'sub/definitions.csv', gitlab: 'sub/definitions.csv' });
  });
});
