import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Finding } from '../../src/domain/finding.ts';
import type { GateResult } from '../../src/domain/report.ts';
import { type FailOn, SEVERITIES, type Severity } from '../../src/domain/severity.ts';
import { type FindingIdentity, fingerprint } from '../../src/gate/fingerprint.ts';
import { judgeGate, type OpenQuestions } from '../../src/gate/gate.ts';
import { auditResults } from '../command-line.ts';
import { csv, inputFolder, writeFiles } from '../input-folder.ts';

const identity = fc.record<FindingIdentity>({
  rule: fc.string(),
  segment: fc.string(),
  trait: fc.string(),
  value: fc.string(),
});

describe('a fingerprint', () => {
  test('is 16 hexadecimal digits, the same in every version', () => {
    expect(fingerprint({ rule: 'r', segment: 's', trait: 't', value: 'v' })).toMatch(/^[0-9a-f]{16}$/);
    expect(fingerprint({ rule: 'r', segment: 's', trait: 't' })).toBe(
      fingerprint({ trait: 't', segment: 's', rule: 'r' }),
    );
  });

  test('differs when rule, segment, trait or value differ', () => {
    fc.assert(
      fc.property(identity, identity, (x, y) => {
        fc.pre(
          JSON.stringify([x.rule, x.segment, x.trait, x.value]) !==
            JSON.stringify([y.rule, y.segment, y.trait, y.value]),
        );
        expect(fingerprint(x)).not.toBe(fingerprint(y));
      }),
    );
  });

  test('cannot be made the same by moving text from one part to the next', () => {
    const base = { rule: 'ab', segment: 'c', trait: 'd' };

    expect(fingerprint(base)).not.toBe(fingerprint({ rule: 'a', segment: 'bc', trait: 'd' }));
    expect(fingerprint(base)).not.toBe(fingerprint({ ...base, value: '' }));
    expect(fingerprint({ ...base, segment: 'c","d' })).not.toBe(fingerprint({ ...base, trait: 'd","d' }));
  });

  test('survives reordering, renaming and rewording; a new id makes a new one', async () => {
    const folder = inputFolder({ 'definitions.csv': 'segment_id,name\n1,gay men\n2,lesbians\n' });
    const prints = async (): Promise<(readonly [string, string])[]> =>
      (await auditResults(folder, '.')).findings
        .filter(({ trait }) => trait === 'sexual_orientation')
        .map((finding) => [finding.segment, finding.fingerprint] as const)
        .sort();
    const before = await prints();

    writeFiles(folder, { 'definitions.csv': 'name,segment_id,description\nqueer lesbians,2,x\n\ngay guys,1,y\n' });
    const after = await prints();
    writeFiles(folder, { 'definitions.csv': 'segment_id,name\n10,gay men\n' });
    const renumbered = await prints();

    expect(before.map(([segment]) => segment)).toEqual(['1', '2']);
    expect(after).toEqual(before);
    expect(before.map(([, print]) => print)).not.toContain(renumbered[0]![1]);
  });
});

describe('the fingerprint of a finding on people', () => {
  const printsOf = async (withValue: number, ids: readonly string[], trait = 'religion', pack = 'recommended') => {
    const cwd = inputFolder({
      'counts.csv': csv(
        ['segment_id', 'trait', 'value', 'in_value', 'in_other', 'out_value', 'out_other'],
        ...ids.map((id) => [id, trait, 'sikh', withValue, 400 - withValue, 500, 4500]),
      ),
    });
    const { findings } = await auditResults(cwd, '--counts', 'counts.csv', '--pack', pack);
    const membership = findings.filter(({ evidence }) => evidence.some(({ kind }) => kind === 'association'));
    return new Map(membership.map((finding) => [finding.segment, finding.fingerprint]));
  };

  test('survives another effect size, another order and other lines', async () => {
    const before = await printsOf(120, ['a', 'b']);
    const after = await printsOf(131, ['c', 'b', 'a']);

    expect([...before.keys()].sort()).toEqual(['a', 'b']);
    for (const [segment, print] of before) expect(after.get(segment)).toBe(print);
  });

  test('changes with the trait, the segment and the rule', async () => {
    const print = (await printsOf(120, ['a'])).get('a');
    const others = [
      (await printsOf(120, ['z'])).get('z'),
      (await printsOf(120, ['a'], 'ethnicity_race')).get('a'),
      (await printsOf(120, ['a'], 'religion', 'eu-gdpr')).get('a'),
    ];

    for (const other of [print, ...others]) expect(other).toMatch(/^[0-9a-f]{16}$/);
    expect(new Set([print, ...others]).size).toBe(4);
  });
});

describe('the gate', () => {
  const judge = (findings: readonly Finding[], failOn: FailOn): GateResult =>
    judgeGate(findings, { inconclusive: 3, isMembershipExamined: true }, { failOn, failOnInconclusive: false });
  const finding = (severity: Severity, state: Finding['state']): Finding => ({ severity, state }) as Finding;

  test.each(SEVERITIES)('fails on a new finding of its own severity, %s, and on graver ones', (failOn) => {
    for (const severity of SEVERITIES) {
      const isGrave = SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(failOn);
      expect(judge([finding(severity, 'new')], failOn).passed).toBe(!isGrave);
    }
  });

  test('lets pass what is waived or in the baseline', () => {
    expect(judge([finding('critical', 'waived'), finding('critical', 'baseline')], 'low')).toEqual({
      passed: true,
      failOn: 'low',
      failing: 0,
      failOnInconclusive: false,
      inconclusive: 3,
      reasons: [],
    });
  });

  test('passes without findings, and with `never` whatever there is', () => {
    expect(judge([], 'low').passed).toBe(true);
    expect(judge([finding('critical', 'new')], 'never').passed).toBe(true);
  });

  test('fails on what could not be concluded only where evidence is demanded', () => {
    const demanding = { failOn: 'never', failOnInconclusive: true } as const;
    const open = (inconclusive: number): OpenQuestions => ({ inconclusive, isMembershipExamined: true });
    expect(judgeGate([], open(1), demanding)).toMatchObject({ passed: false, reasons: ['inconclusive'] });
    expect(judgeGate([], open(0), demanding)).toMatchObject({ passed: true, reasons: [] });
    expect(judgeGate([], open(1), { ...demanding, failOnInconclusive: false }).passed).toBe(true);
  });

  test('fails without any comparison with a panel where evidence is demanded: nothing tested is not nothing found', () => {
    const unexamined = { inconclusive: 0, isMembershipExamined: false };
    expect(judgeGate([], unexamined, { failOn: 'high', failOnInconclusive: true })).toMatchObject({
      passed: false,
      reasons: ['not-examined'],
    });
    expect(judgeGate([], unexamined, { failOn: 'high', failOnInconclusive: false }).passed).toBe(true);
  });
});
