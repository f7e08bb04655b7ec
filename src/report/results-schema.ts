import type { JsonSchema } from '../documents/json-schema.ts';
import { SEVERITIES } from '../domain/severity.ts';
import {
  count,
  exact,
  flag,
  list,
  nullable,
  nullableCount,
  nullableText,
  number,
  probability,
  severity,
  sha256,
  text,
  verdict,
} from './schema-parts.ts';

const estimate = exact({ estimate: number, lower: number, upper: number });
const location = exact({ file: text, line: { type: 'integer', minimum: 1 }, column: { type: 'integer', minimum: 1 } }, [
  'line',
  'column',
]);
const strength = { enum: ['explicit', 'implied'] } as const;

const termEvidence = exact(
  {
    kind: { const: 'term' },
    field: { enum: ['segment_id', 'name', 'description'] },
    text,
    term: text,
    matched: text,
    start: count,
    end: count,
    strength,
    language: text,
    disguise: text,
    lexicon: text,
    group: text,
    why: text,
  },
  ['disguise'],
);

const topicEvidence = exact({
  kind: { const: 'topics' },
  share: { type: 'number', minimum: 0, maximum: 1 },
  lift: { type: 'number', minimum: 0 },
  topics: list(exact({ term: text, weight: { type: 'number' }, strength })),
});

const associationEvidence = exact({
  kind: { const: 'association' },
  segment: text,
  trait: text,
  value: text,
  direction: { enum: ['over', 'under'] },
});

const probabilityEvidence = exact({
  kind: { const: 'probability' },
  segment: text,
  trait: text,
  value: text,
  direction: { enum: ['over', 'under'] },
});

const leakageEvidence = exact({ kind: { const: 'leakage' }, trait: text, value: text });

const compositionEvidence = exact({
  kind: { const: 'composition' },
  operator: { enum: ['and', 'and-not'] },
  first: text,
  second: text,
  trait: text,
  value: text,
});

const lineageEvidence = exact({
  kind: { const: 'lineage' },
  before: text,
  nameBefore: text,
  relation: { enum: ['kept', 'renamed', 'churned', 'split', 'merged'] },
  states: { enum: ['words', 'topics'] },
  rule: text,
});

const exposureEvidence = [
  exact({ kind: { const: 'exposure' }, of: { const: 'segment-size' }, below: count }),
  exact({ kind: { const: 'exposure' }, of: { const: 'uniqueness' }, memberships: count }),
  exact({ kind: { const: 'exposure' }, of: { const: 'identifiers' }, column: text, shape: text }),
  exact({
    kind: { const: 'exposure' },
    of: { const: 'raw-input' },
    input: text,
    title: text,
    field: text,
    term: text,
  }),
];

const governanceEvidence = exact({
  kind: { const: 'governance' },
  attribute: text,
  is: { enum: ['present', 'absent', 'atMost', 'in', 'notIn', 'notPast'] },
  gap: { enum: ['missing', 'there', 'out-of-bounds', 'unreadable'] },
  found: nullableText,
});

const consentEvidence = exact({ kind: { const: 'consent' }, segment: text, trait: text });

const lawReference = exact({ id: text, title: text, provision: text, url: text, verify: text }, [
  'provision',
  'url',
  'verify',
]);

const acceptance = { reason: text, owner: text, approver: nullableText, ticket: nullableText, expires: text } as const;

const finding = exact(
  {
    fingerprint: { type: 'string', pattern: '^[0-9a-f]{16}$' },
    rule: text,
    pack: text,
    segment: text,
    trait: text,
    value: text,
    severity,
    verdict,
    title: text,
    message: text,
    evidence: list({
      oneOf: [
        termEvidence,
        topicEvidence,
        associationEvidence,
        probabilityEvidence,
        leakageEvidence,
        compositionEvidence,
        lineageEvidence,
        ...exposureEvidence,
        governanceEvidence,
        consentEvidence,
      ],
    }),
    law: list(lawReference),
    remedy: text,
    location,
    state: { enum: ['new', 'baseline', 'waived'] },
    waiver: exact(acceptance),
  },
  ['value', 'location', 'waiver'],
);

const segment = exact(
  {
    segment: text,
    name: nullableText,
    members: nullableCount,
    suppressed: flag,
    location,
    definitionDigest: nullableText,
    words: exact({ label: { enum: ['sensitive', 'borderline', 'not'] }, traits: list(text) }),
    harmless: list(exact({ trait: text, matched: text, because: text })),
  },
  ['location'],
);

const association = exact({
  segment: text,
  trait: text,
  value: text,
  counts: exact({ inValue: nullableCount, inOther: nullableCount, outValue: nullableCount, outOther: nullableCount }),
  shareInside: estimate,
  shareOutside: estimate,
  representationRatio: estimate,
  riskDifference: estimate,
  oddsRatio: estimate,
  lift: number,
  phi: number,
  test: { enum: ['mid-p', 'g', 'rao-scott', null] },
  pValue: probability,
  lnPValue: number,
  qValue: probability,
  minimumDetectableRatio: number,
  membersNeeded: nullableCount,
  ratioBound: { type: ['number', 'null'], exclusiveMinimum: 1 },
  effectiveSize: { type: ['number', 'null'], minimum: 0 },
  unweighted: nullable(exact({ shareInside: estimate, representationRatio: estimate, pValue: probability })),
  conditional: nullable(
    exact({
      strata: list(text),
      representationRatio: estimate,
      riskDifference: estimate,
      oddsRatio: estimate,
      pValue: probability,
      qValue: probability,
      homogeneityPValue: probability,
      informativeStrata: nullableCount,
      reversed: flag,
      verdict,
      relation: { enum: ['explained', 'remains', 'reversed', 'masked', null] },
    }),
  ),
  labelCoverage: nullable(
    exact({
      shareInside: probability,
      shareOutside: probability,
      pValue: probability,
      worstCaseRatio: exact({ lower: number, upper: number }),
    }),
  ),
  verdict,
  suppressed: flag,
});

const probabilistic = exact({
  segment: text,
  trait: text,
  value: text,
  membersInside: nullableCount,
  membersOutside: nullableCount,
  rateWithValue: number,
  rateWithout: number,
  representationRatio: estimate,
  riskDifference: estimate,
  lnPValue: number,
  qValue: probability,
  attenuated: { const: true },
  verdict,
  suppressed: flag,
});

const distance = { type: ['number', 'null'], minimum: 0 } as const;

const distribution = exact({
  segment: text,
  trait: text,
  totalVariation: probability,
  totalVariationByChance: probability,
  jensenShannonBits: distance,
  jensenShannonBitsByChance: distance,
  maximumGap: nullable(exact({ value: text, gap: { type: 'number' } })),
  mutualInformationBits: distance,
  mutualInformationBitsByChance: distance,
  uncertaintyCoefficient: probability,
  cramersV: probability,
  pValue: probability,
  lnPValue: number,
  bayesVulnerability: nullable(exact({ prior: probability, posterior: probability })),
  suppressed: flag,
});

const lineageKind = { enum: ['kept', 'renamed', 'churned', 'split', 'merged', 'dropped', 'new'] } as const;

const lineage = exact({
  kind: lineageKind,
  by: { enum: ['members', 'name', 'id', null] },
  before: nullableText,
  nameBefore: nullableText,
  after: nullableText,
  nameAfter: nullableText,
  sizeBefore: nullableCount,
  sizeAfter: nullableCount,
  overlap: nullableCount,
  expectedOverlap: { type: ['number', 'null'], minimum: 0 },
  jaccard: probability,
  shareOfBefore: probability,
  shareOfAfter: probability,
  surplus: { type: ['number', 'null'], maximum: 1 },
  z: number,
  atLeast: nullable(exact({ of: { enum: ['before', 'after'] }, share: probability })),
  suppressed: flag,
});

const exposure = exact({
  smallSegments: exact({ below: count, segments: count }),
  uniqueShare: probability,
  byMemberships: list(exact({ memberships: count, sampled: nullableCount, uniqueShare: probability })),
  identifiers: list(
    exact({ column: text, role: { enum: ['user', 'other'] }, shape: text, share: probability, sampled: nullableCount }),
  ),
  rawInputs: list(exact({ segment: text, input: text, title: text, field: text, term: text })),
});

const leakage = exact({
  segment: text,
  name: text,
  trait: text,
  value: text,
  twin: nullableText,
  members: exact({ withValue: nullableCount, without: nullableCount }),
  auc: estimate,
  aucByChance: exact({ mean: probability, upper: probability, method: { enum: ['shuffled', 'analytic'] } }),
  precisionAtTop: list(
    exact({ share: probability, precision: probability, recall: probability, lift: { type: ['number', 'null'] } }),
  ),
  calibration: exact({
    expectedError: probability,
    groups: list(exact({ predicted: probability, observed: probability })),
  }),
  brier: probability,
  bayesVulnerability: exact({ prior: probability, posterior: probability }),
  drivers: list(exact({ segment: text, share: probability })),
  residual: nullable(exact({ segmentsDropped: count, auc: estimate })),
  bound: probability,
  removal: list(exact({ segment: text, parent: nullableText, auc: estimate, coarsenedAuc: nullable(estimate) })),
  removalSuffices: { type: ['boolean', 'null'] },
  coarseningSuffices: { type: ['boolean', 'null'] },
  suppressed: flag,
});

const composition = exact({
  segment: text,
  name: text,
  kind: { enum: ['and', 'and-not'] },
  first: text,
  second: text,
  trait: text,
  value: text,
  members: nullableCount,
  shareInside: estimate,
  largerShare: probability,
  representationRatio: estimate,
  riskDifference: estimate,
  beyondLarger: estimate,
  synergy: estimate,
  lnPValue: number,
  qValue: probability,
  suppressed: flag,
});

const governance = exact({
  segment: text,
  traits: list(text),
  attributes: { type: 'object', additionalProperties: nullableText },
  gaps: list(text),
});

const consent = exact({
  segment: text,
  trait: text,
  purposes: list(text),
  status: { enum: ['counted', 'no-purpose'] },
  membersWithout: nullableCount,
  shareWithout: probability,
  suppressed: flag,
});

const manifest = exact({
  folder: text,
  config: { type: 'object' },
  engine: exact({ name: text, version: text }),
  node: text,
  lexicons: exact({ sha256, files: list(exact({ id: text, sha256 })) }),
  thresholds: exact({
    failOn: { enum: [...SEVERITIES, 'never'] },
    minCell: count,
    multiplicity: exact({ method: text, family: text, level: { type: 'number' } }),
    intervalLevel: { type: 'number' },
    power: { type: 'number' },
  }),
  seed: { type: ['integer', 'null'] },
});

const summary = exact({
  segments: count,
  segmentsWithFindings: count,
  users: nullableCount,
  panelUsers: nullableCount,
  findings: exact(Object.fromEntries(SEVERITIES.map((name) => [name, count]))),
  associations: exact({
    tested: count,
    proxy: count,
    cleared: count,
    inconclusive: count,
    untestable: count,
    unattainable: count,
    expectedByChance: { type: 'number', minimum: 0 },
  }),
  compositions: nullable(
    exact({ segments: count, searched: count, pairs: count, candidates: count, dropped: count, cut: flag }),
  ),
  traitsTested: list(text),
  examined: list({ enum: ['words', 'topics', 'membership'] }),
});

/** JSON Schema of results JSON (`-f json`). */
export const RESULTS_SCHEMA: JsonSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'traitleak/results.schema.json',
  title: 'traitleak results',
  ...exact({
    schemaVersion: { type: 'string', pattern: '^1\\.[0-9]+$' },
    tool: exact({ name: text, version: text }),
    generatedAt: { type: 'string', pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z$' },
    inputs: list(
      exact({
        role: {
          enum: [
            'definitions',
            'assignments',
            'traits',
            'counts',
            'config',
            'consent',
            'waivers',
            'baseline',
            'lock',
            'previous-definitions',
            'previous-assignments',
          ],
        },
        path: text,
        sha256,
        rows: nullableCount,
      }),
    ),
    packs: list(
      exact({
        id: text,
        version: text,
        title: text,
        jurisdiction: nullableText,
        path: text,
        sha256,
        digest: sha256,
        rules: count,
        builtOn: list(exact({ id: text, version: text, path: text, sha256 })),
        off: list(exact({ rule: text, by: text, reason: text })),
      }),
    ),
    rules: list(
      exact(
        {
          id: text,
          pack: text,
          kind: text,
          title: text,
          why: text,
          remedy: text,
          law: list(lawReference),
          verify: text,
          changed: text,
          measures: text,
          findings: count,
        },
        ['verify', 'changed'],
      ),
    ),
    manifest,
    summary,
    gate: exact({
      passed: flag,
      failOn: { enum: [...SEVERITIES, 'never'] },
      failing: count,
      failOnInconclusive: flag,
      inconclusive: count,
      reasons: list({ enum: ['findings', 'inconclusive', 'not-examined'] }),
    }),
    findings: list(finding),
    segments: list(segment),
    associations: list(association),
    probabilities: list(probabilistic),
    pseudoSegments: list(
      exact({
        segment: text,
        kind: { enum: ['no-segment', 'most-memberships', 'flagged', 'top-scores'] },
        name: text,
        associations: list(association),
      }),
    ),
    distributions: list(distribution),
    leakage: list(leakage),
    compositions: list(composition),
    lineage: list(lineage),
    exposure: nullable(exposure),
    governance: list(governance),
    consent: nullable(list(consent)),
    selfTest: nullable(
      list(
        exact({
          trait: text,
          value: text,
          members: nullableCount,
          weakestCaught: { type: ['number', 'null'] },
          strengths: list(exact({ strength: { type: 'number' }, caught: probability })),
        }),
      ),
    ),
    waivers: list(
      exact({
        fingerprint: text,
        ...acceptance,
        state: { enum: ['active', 'expiring', 'expired', 'lapsed', 'unmatched'] },
        note: nullableText,
      }),
    ),
    privateCounts: nullable(
      exact({
        mechanism: { const: 'discrete-laplace' },
        epsilon: { type: 'number', exclusiveMinimum: 0 },
        epsilonPerCount: { type: 'number', exclusiveMinimum: 0 },
        delta: { type: 'number', exclusiveMinimum: 0 },
        threshold: count,
        users: nullableCount,
        panelUsers: nullableCount,
        values: list(exact({ trait: text, value: text, members: count })),
      }),
    ),
    baseline: nullable(exact({ path: text, findings: count, present: count, gone: count })),
    notices: list(exact({ code: text, level: { enum: ['warning', 'info'] }, message: text, location }, ['location'])),
  }),
};
