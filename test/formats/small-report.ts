import type { Association, IntervalEstimate, Verdict } from '../../src/domain/association.ts';
import type { Finding } from '../../src/domain/finding.ts';
import type { AuditReport, GateResult } from '../../src/domain/report.ts';
import type { FailOn } from '../../src/domain/severity.ts';
import { PLAIN } from '../../src/report/format.ts';
import { FORMATS } from '../../src/report/formats/index.ts';

const HASH = '0123456789abcdef'.repeat(4);
const LAW = [{ id: 'gdpr-9', title: 'GDPR (EU) 2016/679, Art. 9(1)' }];
const HIDDEN: IntervalEstimate = { estimate: null, lower: null, upper: null };

const estimate = (value: number, lower: number, upper: number): IntervalEstimate => ({ estimate: value, lower, upper });

/** An association whose figures are made up, all of them allowed to be seen. */
export function association(segment: string, value: string, verdict: Verdict): Association {
  return {
    segment,
    trait: 'religion',
    value,
    counts: { inValue: 60, inOther: 40, outValue: 100, outOther: 800 },
    shareInside: estimate(0.6, 0.5, 0.69),
    shareOutside: estimate(0.111, 0.09, 0.133),
    representationRatio: { estimate: 7.875, lower: 5.5, upper: 'Infinity' },
    riskDifference: estimate(0.489, 0.4, 0.57),
    oddsRatio: estimate(12, 8, 18),
    lift: 3.75,
    phi: 0.41,
    test: 'mid-p',
    pValue: 1e-20,
    lnPValue: -46.05,
    qValue: 1e-19,
    minimumDetectableRatio: 1.8,
    membersNeeded: null,
    ratioBound: 1.25,
    effectiveSize: null,
    unweighted: null,
    conditional: null,
    labelCoverage: null,
    verdict,
    suppressed: false,
  };
}

/** An association of which nothing but the verdict may be seen; 7 stands where a figure would give one away. */
export function hiddenAssociation(segment: string, value: string): Association {
  return {
    ...association(segment, value, 'proxy'),
    counts: { inValue: null, inOther: null, outValue: null, outOther: null },
    shareInside: HIDDEN,
    shareOutside: HIDDEN,
    representationRatio: HIDDEN,
    riskDifference: HIDDEN,
    oddsRatio: HIDDEN,
    lift: null,
    phi: null,
    pValue: null,
    lnPValue: null,
    qValue: null,
    minimumDetectableRatio: null,
    ratioBound: null,
    suppressed: true,
  };
}

/** A finding on the name of a segment. */
export function finding(changes: Partial<Finding> = {}): Finding {
  return {
    fingerprint: '00000000000000a1',
    rule: 'name-states-special',
    pack: 'recommended',
    segment: 'c01',
    trait: 'religion',
    severity: 'critical',
    verdict: null,
    title: 'The name states a special trait',
    message: 'The name of "Sikh parents" names religion: "Sikh".',
    evidence: [],
    law: LAW,
    remedy: 'Stop assigning users to this segment.',
    location: { file: 'exports/definitions.csv', line: 2, column: 5 },
    state: 'new',
    ...changes,
  };
}

const points = (segment: string, value: string): Finding['evidence'] => [
  { kind: 'association', segment, trait: 'religion', value, direction: 'over' },
];

const proxy = (segment: string, value: string, changes: Partial<Finding>): Finding =>
  finding({
    rule: 'membership-proxy-special',
    segment,
    value,
    verdict: 'proxy',
    title: 'Membership stands in for a special trait',
    message: `Users with religion = ${value} are far more often in "${segment}" than other users.`,
    evidence: points(segment, value),
    ...changes,
  });

function withoutPlace({ location: _, ...item }: Finding): Finding {
  return item;
}

/** A gate that passes. */
export function passing(failOn: FailOn): GateResult {
  return { passed: true, failOn, failing: 0, failOnInconclusive: false, inconclusive: 0, reasons: [] };
}

/** A small report with a finding of every state, hidden figures, a segment left open, one that is cleared, and a group of no segment. */
export function smallReport(changes: Partial<AuditReport> = {}): AuditReport {
  return {
    schemaVersion: '1.0',
    tool: { name: 'traitleak', version: '1.2.3' },
    generatedAt: '2026-01-01T00:00:00.000Z',
    inputs: [
      { role: 'definitions', path: 'exports/definitions.csv', sha256: HASH, rows: 5 },
      { role: 'traits', path: 'exports/traits panel.csv', sha256: HASH, rows: 1000 },
      { role: 'config', path: 'traitleak.yaml', sha256: HASH, rows: null },
    ],
    packs: [
      {
        id: 'recommended',
        version: '0.1.0',
        title: 'Recommended',
        jurisdiction: null,
        path: 'rules/packs/recommended.yaml',
        sha256: HASH,
        digest: HASH,
        rules: 13,
        builtOn: [],
        off: [],
      },
    ],
    rules: [],
    manifest: {
      folder: '.',
      config: { definitions: ['exports/definitions.csv'] },
      engine: { name: 'duckdb', version: '1.5.6' },
      node: '20.19.0',
      lexicons: { sha256: HASH, files: [] },
      thresholds: {
        failOn: 'high',
        minCell: 11,
        multiplicity: { method: 'bh', family: 'all', level: 0.05 },
        intervalLevel: 0.95,
        power: 0.8,
      },
      seed: null,
    },
    summary: {
      segments: 5,
      segmentsWithFindings: 3,
      users: 12000,
      panelUsers: 1000,
      findings: { critical: 2, high: 1, medium: 1, low: 1 },
      associations: {
        tested: 5,
        proxy: 3,
        cleared: 1,
        inconclusive: 1,
        untestable: 0,
        unattainable: 0,
        expectedByChance: 0.05,
      },
      compositions: null,
      traitsTested: ['religion'],
      examined: ['words', 'membership'],
    },
    gate: { ...passing('high'), passed: false, failing: 2, reasons: ['findings'] },
    findings: [
      finding(),
      proxy('c01', 'sikh', { fingerprint: '00000000000000a2', message: 'Figures: 60 % against 11 %, 7.88 times.' }),
      proxy('c02', 'jain', { fingerprint: '00000000000000a3', severity: 'high', state: 'waived' }),
      finding({
        fingerprint: '00000000000000a4',
        rule: 'topics-suggest-special',
        segment: 'c03',
        severity: 'medium',
        state: 'baseline',
        title: 'Topics suggest a special trait',
        message: 'Topics that suggest religion make up 40 % of "choir & organ".',
        location: { file: 'exports/definitions.csv', line: 4, column: 5 },
      }),
      withoutPlace(
        proxy('traitleak:no-segment', 'none', {
          fingerprint: '00000000000000a5',
          rule: 'membership-proxy-ordinary',
          severity: 'low',
          title: 'Membership stands in for a trait',
          law: [],
        }),
      ),
    ],
    segments: ['Sikh parents', 'cooks', 'choir & organ', 'gardeners', 'runners'].map((name, i) => ({
      segment: `c0${i + 1}`,
      name,
      members: i === 1 ? null : 500,
      suppressed: i === 1,
      location: { file: 'exports/definitions.csv', line: i + 2, column: 5 },
      definitionDigest: `000000000000000${i}`,
      words: { label: i === 0 ? 'sensitive' : 'not', traits: i === 0 ? ['religion'] : [] },
      harmless: [],
    })),
    associations: [
      association('c01', 'sikh', 'proxy'),
      hiddenAssociation('c02', 'jain'),
      association('c04', 'sikh', 'cleared'),
      { ...association('c05', 'sikh', 'inconclusive'), membersNeeded: 340 },
    ],
    probabilities: [],
    pseudoSegments: [
      {
        segment: 'traitleak:no-segment',
        kind: 'no-segment',
        name: 'users in no segment',
        associations: [association('traitleak:no-segment', 'none', 'proxy')],
      },
    ],
    distributions: [],
    leakage: [],
    compositions: [],
    lineage: [],
    exposure: null,
    governance: [],
    consent: null,
    selfTest: null,
    waivers: [],
    baseline: null,
    privateCounts: null,
    notices: [
      {
        code: 'label-coverage-differs',
        level: 'warning',
        message: 'The value of religion is known for a different share.',
      },
      {
        code: 'panel-columns',
        level: 'info',
        message: 'Columns of the panel: user user_id; traits religion.',
        location: { file: 'exports/traits panel.csv', line: 1 },
      },
    ],
    ...changes,
  };
}

/** A report in which every text that a file or a pack can bring is `text`. */
export function reportOf(text: string): AuditReport {
  const report = smallReport();
  const of = <T extends object>(item: T, ...keys: readonly (keyof T)[]): T => ({
    ...item,
    ...Object.fromEntries(keys.filter((key) => item[key] !== undefined).map((key) => [key, text])),
  });
  return {
    ...report,
    inputs: report.inputs.map((input) => of(input, 'path')),
    findings: report.findings.map((item) => ({
      ...of(item, 'segment', 'trait', 'value', 'title', 'message', 'remedy', 'pack'),
      law: item.law.map((reference) => of(reference, 'title')),
      evidence: item.evidence.map((fact) =>
        fact.kind === 'association' ? of(fact, 'segment', 'trait', 'value') : fact,
      ),
      ...(item.location === undefined ? {} : { location: of(item.location, 'file') }),
    })),
    segments: report.segments.map((segment) => of(segment, 'segment', 'name')),
    associations: report.associations.map((row) => of(row, 'segment', 'trait', 'value')),
    pseudoSegments: report.pseudoSegments.map((group) => ({
      ...of(group, 'segment', 'name'),
      associations: group.associations.map((row) => of(row, 'segment', 'trait', 'value')),
    })),
    notices: report.notices.map((notice) => of(notice, 'message')),
  };
}

const LOADED = Object.fromEntries(
  await Promise.all(Object.entries(FORMATS).map(async ([name, load]) => [name, await load()] as const)),
);

/** Writes a report in a format, as into a file. */
export function written(format: string, report: AuditReport): string {
  return [...LOADED[format]!(report, { style: PLAIN, width: 80, verbose: true })].join('');
}
