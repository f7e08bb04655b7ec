import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ConsentRecord } from '../src/domain/consent.ts';
import type { AuditReport } from '../src/domain/report.ts';
import { answerConsent } from '../src/evidence/consent.ts';
import { explainSegment } from '../src/report/explain-segment.ts';
import { PLAIN } from '../src/report/format.ts';
import { showConsent } from '../src/report/show-consent.ts';
import { auditResults, expectAuditRefusal, PROJECT, shownOf } from './command-line.ts';
import { csv, inputFolder } from './input-folder.ts';

/** Ids that can't be mistaken for anything else in an output. */
const idOf = (i: number): string => `qz${(i * 7919 + 104_729) % 1_000_003}x`;

/** Segment `a` gives sexual orientation away and has users 0 to 99; `b` gives nothing away and has all 200. */
const EXPORT = {
  'definitions.csv': csv(['segment_id', 'name', 'purpose'], ['a', 'gay', 'ads; ranking'], ['b', 'gardeners', 'ads']),
  'assignments.csv': csv(
    ['user_id', 'segment_id'],
    ...Array.from({ length: 200 }, (_, i) => i).flatMap((i) => [...(i < 100 ? [[idOf(i), 'a']] : []), [idOf(i), 'b']]),
  ),
};

/** Rows for users from `start` to one before `end`. */
const rows = (start: number, end: number, ...cells: readonly string[]): readonly (readonly string[])[] =>
  Array.from({ length: end - start }, (_, i) => [idOf(start + i), ...cells]);

const consentOf = ({ consent }: AuditReport): readonly ConsentRecord[] => consent ?? [];
const codesOf = ({ notices }: AuditReport): readonly string[] =>
  notices.map(({ code }) => code).filter((code) => code.startsWith('consent-'));
const findingsOf = ({ findings }: AuditReport): AuditReport['findings'] =>
  findings.filter(({ evidence }) => evidence.some(({ kind }) => kind === 'consent'));

async function auditWith(consent: string | Uint8Array, name = 'consent.csv', more = {}): Promise<AuditReport> {
  return auditResults(inputFolder({ ...EXPORT, ...more, [name]: consent }), '.');
}

describe('members of a segment that gives a trait away', () => {
  test('are counted when they have not agreed to the trait, and those of other segments are not', async () => {
    const report = await auditWith(
      csv(['user_id', 'trait'], ...rows(0, 60, 'Sexual Orientation'), ...rows(60, 100, 'religion')),
    );

    expect(report.consent).toEqual([
      {
        segment: 'a',
        trait: 'sexual_orientation',
        purposes: [],
        status: 'counted',
        membersWithout: 40,
        shareWithout: 0.4,
        suppressed: false,
      },
    ]);
    expect(findingsOf(report)).toMatchObject([{ rule: 'members-without-consent', segment: 'a', severity: 'high' }]);
    expect(findingsOf(report)[0]?.message).toContain('40 members (40 %)');
    expect(shownOf(report)).toContain('40 members (40 %) without');
    expect(explainSegment(report, 'a', { style: PLAIN, width: 100, verbose: true })).toContain('40 members (40 %)');
    expect(report.inputs.find(({ role }) => role === 'consent')).toMatchObject({ path: 'consent.csv', rows: null });
  });

  test.each([
    ['csv', ';', rows(0, 60, 'religion;x', 'sexual_orientation').map((row) => `"${row.join('";"')}"\n`)],
    ['csv', '|', rows(0, 60, 'a;b', 'sexual_orientation').map((row) => `${row.join('|')}\n`)],
  ])('are counted from a file whose format and delimiter (%s, %s) the config names', async (format, sign, lines) => {
    const config = `definitions: definitions.csv\nassignments: assignments.csv\nconsent: { file: consent.dat, format: ${format}, delimiter: '${sign}' }\n`;
    const header = ['user_id', 'note,of,many,words', 'trait'].join(sign);
    const report = await auditWith(`${header}\n${lines.join('')}`, 'consent.dat', { 'traitleak.yaml': config });

    expect(report.consent).toMatchObject([{ segment: 'a', membersWithout: 40 }]);
  });

  test('are counted in the example that is shipped, and the docs say so', async () => {
    const report = await auditResults(PROJECT, 'fixtures/consented');
    const page = readFileSync(join(PROJECT, 'docs/lineage-exposure-governance.md'), 'utf8');

    const counted = consentOf(report).find(({ segment, trait }) => segment === 'c01' && trait === 'sexual_orientation');
    expect(counted).toMatchObject({ purposes: ['recommendations'], suppressed: false });
    expect(page).toContain(`that ${counted?.membersWithout} of the members of \`LGBT\` have not agreed`);
    expect(findingsOf(report).map(({ rule }) => rule)).toContain('members-without-consent');
    expect(report.governance.length).toBeGreaterThan(0);
  });

  test('have to have agreed to every purpose that the definition records', async () => {
    const file = csv(
      ['user_id', 'purpose'],
      ...rows(0, 100, 'Ads'),
      ...rows(0, 70, 'ranking'),
      ...rows(70, 100, 'research'),
    );
    const report = await auditWith(file);

    expect(report.consent).toMatchObject([{ segment: 'a', purposes: ['ads', 'ranking'], membersWithout: 30 }]);
  });

  test('have to have agreed to the trait for every purpose, where the file tells both', async () => {
    const file = csv(
      ['user_id', 'purpose', 'trait'],
      ...rows(0, 100, 'ads', 'orientation'),
      ...rows(0, 80, 'ranking', 'sexual_orientation'),
      ...rows(80, 100, 'ranking', 'religion'),
    );

    expect(consentOf(await auditWith(file))).toMatchObject([{ purposes: ['ads', 'ranking'], membersWithout: 20 }]);
  });

  test('have not agreed where a row refuses, withdraws, or is not clear', async () => {
    const file = csv(
      ['user_id', 'trait', 'granted', 'withdrawn_at'],
      ...rows(0, 100, 'sexual_orientation', 'yes', ''),
      ...rows(0, 15, 'sexual_orientation', 'no', ''),
      ...rows(15, 30, 'sexual_orientation', 'yes', '2026-03-01'),
      ...rows(30, 45, 'sexual_orientation', 'pending', ''),
    );

    expect(consentOf(await auditWith(file))).toMatchObject([{ membersWithout: 45 }]);
  });

  test('are told apart by their ids as text', async () => {
    const users = Array.from({ length: 30 }, (_, i) => `00${i}`);
    const report = await auditResults(
      inputFolder({
        'definitions.csv': csv(['segment_id', 'name'], ['a', 'gay']),
        'assignments.csv': csv(['user_id', 'segment_id'], ...users.map((user) => [user, 'a'])),
        'consent.csv': csv(['user_id', 'trait'], ...users.map((user) => [Number(user), 'sexual_orientation'])),
      }),
      '.',
    );

    expect(consentOf(report)).toMatchObject([{ membersWithout: 30, shareWithout: 1 }]);
    expect(codesOf(report)).toContain('consent-not-in-export');
  });

  test('need no consent where the segment rests on another ground', async () => {
    const definitions = csv(['segment_id', 'name', 'lawful_basis'], ['a', 'gay', 'Public health']);
    const report = await auditWith(csv(['user_id', 'trait'], ...rows(0, 1, 'religion')), 'consent.csv', {
      'definitions.csv': definitions,
    });

    expect(consentOf(report)).toMatchObject([{ membersWithout: 100 }]);
    expect(findingsOf(report)).toEqual([]);
  });
});

describe('a consent file', () => {
  const text = csv(['member', 'Consent purpose'], ...rows(0, 70, 'ads'), ...rows(0, 70, 'ranking'));

  test('may be compressed, and its columns are recognised and named', async () => {
    const report = await auditWith(gzipSync(text), 'consent.csv.gz');

    expect(consentOf(report)).toMatchObject([{ membersWithout: 30 }]);
    expect(report.notices.find(({ code }) => code === 'consent-columns')?.message).toBe(
      'Columns of the consent file: user member, purpose Consent purpose.',
    );
  });

  test('may be Parquet', async () => {
    const folder = inputFolder({ ...EXPORT, 'rows.csv': text });
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    await connection.run(
      `COPY (FROM '${join(folder, 'rows.csv')}') TO '${join(folder, 'agreed.parquet')}' (FORMAT parquet)`,
    );
    connection.closeSync();
    instance.closeSync();

    const report = await auditResults(folder, '.', '--consent', join(folder, 'agreed.parquet'));

    expect(consentOf(report)).toMatchObject([{ membersWithout: 30 }]);
  });

  test('may have any columns that the config names', async () => {
    const report = await auditWith(
      csv(['u', 'topic', 'use'], ...rows(0, 50, 'sexual_orientation', 'x')),
      'agreed.csv',
      {
        'traitleak.yaml':
          'definitions: definitions.csv\nassignments: assignments.csv\nconsent: { file: agreed.csv, user: u, trait: topic }\n',
      },
    );

    expect(consentOf(report)).toMatchObject([{ purposes: [], membersWithout: 50 }]);
  });

  test('without a column that says what was agreed to is refused', async () => {
    await expectAuditRefusal(
      inputFolder({ ...EXPORT, 'consent.csv': csv(['user_id', 'when'], ...rows(0, 9, '1')) }),
      ['.'],
      {
        code: 'E_INPUT_COLUMN',
        message: 'No column is recognised as the trait or the purpose',
        at: 'consent.csv:1',
      },
    );
  });

  test('whose named column is missing is refused', async () => {
    const cwd = inputFolder({ ...EXPORT, 'c.csv': csv(['user_id', 'trait'], ...rows(0, 9, 'x')) });

    await expectAuditRefusal(cwd, ['.', '--consent', 'c.csv', '--set', 'consent.trait=trai'], {
      code: 'E_INPUT_COLUMN',
      message: /no column "trai".*trait/,
      at: 'c.csv:1',
    });
  });

  test('that cannot be compared is no pass: the report says so', async () => {
    const nobody = await auditWith(csv(['user_id', 'trait'], ...rows(0, 99, 'orientatoin'), ['', 'religion']));
    const definitions = { 'definitions.csv': csv(['segment_id', 'name'], ['a', 'gay']) };
    const withoutPurpose = await auditWith(
      csv(['user_id', 'purpose'], ...rows(0, 99, 'ads')),
      'consent.csv',
      definitions,
    );
    const named = inputFolder({ ...definitions, 'consent.csv': csv(['user_id', 'trait'], ...rows(0, 9, 'x')) });
    const wordsOnly = await auditResults(named, '--definitions', 'definitions.csv', '--consent', 'consent.csv');
    const without = await auditResults(inputFolder(EXPORT), '.');

    expect(codesOf(nobody)).toEqual(['consent-columns', 'consent-rows-unusable', 'consent-unheard-of']);
    expect(consentOf(withoutPurpose)).toMatchObject([{ status: 'no-purpose', membersWithout: null }]);
    expect(codesOf(withoutPurpose)).toContain('consent-without-purpose');
    expect([wordsOnly.consent, codesOf(wordsOnly)]).toEqual([null, ['consent-columns', 'consent-not-examined']]);
    expect([without.consent, codesOf(without)]).toEqual([null, ['consent-not-examined']]);
  });

  test('is missed in an audit of ready-made counts, which says so', async () => {
    const report = await auditResults(
      inputFolder({
        'definitions.csv': EXPORT['definitions.csv'],
        'counts.csv':
          'segment_id,trait,value,in_value,in_other,out_value,out_other\na,religion,none,240,160,1800,2100\n',
      }),
      '--definitions',
      'definitions.csv',
      '--counts',
      'counts.csv',
    );

    expect([report.consent, codesOf(report)]).toEqual([null, ['consent-not-examined']]);
  });
});

describe('privacy', () => {
  test.each([
    ['few have not agreed', 93],
    ['few have agreed', 4],
  ])('when %s, no output tells how many or who', async (_what, agreed) => {
    const report = await auditWith(csv(['user_id', 'trait'], ...rows(0, agreed, 'sexual_orientation')));
    const outputs = [
      JSON.stringify(report),
      shownOf(report),
      explainSegment(report, 'a', { style: PLAIN, width: 100, verbose: true }),
    ];

    expect(report.consent).toMatchObject([{ membersWithout: null, shareWithout: null, suppressed: true }]);
    expect(findingsOf(report)).toHaveLength(1);
    expect(findingsOf(report)[0]?.message).not.toMatch(/\d/);
    for (const text of outputs) {
      expect(text).not.toMatch(/\b(4|7|93|96) (members|people|%)|0\.0[47]\b|0\.9[36]\b/);
      expect(Array.from({ length: 200 }, (_, i) => idOf(i)).filter((id) => text.includes(id))).toEqual([]);
    }
  });

  const question = (members: number) => ({ segment: 's', trait: 't', members, purposes: [], isWithoutPurpose: false });

  test('no row shows, or lets work out by the size of the segment, a count of 1 to 10', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.nat(), (members, drawn) => {
        const consenting = drawn % (members + 1);
        const hidden = new Set(members < 11 ? ['s'] : []);
        const [row] = showConsent([answerConsent(question(members), consenting, 11)], 11, hidden) ?? [];
        const isSmall = [members, consenting, members - consenting].some((count) => count > 0 && count < 11);

        expect(row?.suppressed).toBe(isSmall);
        expect([row?.membersWithout, row?.shareWithout].every((figure) => figure === null)).toBe(isSmall);
      }),
    );
  });

  test('what rules compare is the same for all counts that are hidden for being few', () => {
    for (const members of [30, 400]) {
      const judged = (consenting: number): number | null =>
        answerConsent(question(members), consenting, 11).judgedShare;
      const few = Array.from({ length: 10 }, (_, i) => i + 1);

      expect(new Set(few.map((without) => judged(members - without))).size).toBe(1);
      expect(new Set(few.map(judged)).size).toBe(1);
      expect(judged(members)).toBe(0);
      expect(judged(0)).toBe(1);
    }
  });
});
