import type { JsonSchema } from '../documents/json-schema.ts';
import { SEVERITIES } from '../domain/severity.ts';

const text = { type: 'string' } as const;

const entry = {
  required: ['fingerprint', 'rule', 'segment', 'trait', 'severity'],
  properties: {
    fingerprint: { type: 'string', pattern: '^[0-9a-f]{16}$', description: 'Of the finding.' },
    rule: text,
    segment: text,
    trait: text,
    value: text,
    severity: { enum: [...SEVERITIES] },
    definition: { ...text, description: 'Digest of name, description and topics of the segment.' },
  },
} as const;

/** JSON Schema of a baseline. */
export const BASELINE_SCHEMA: JsonSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'traitleak/baseline.schema.json',
  title: 'traitleak baseline',
  description: 'Findings that were there before; the gate fails on new ones only. `traitleak baseline` writes it.',
  type: 'object',
  additionalProperties: false,
  required: ['baselineVersion', 'findings'],
  properties: {
    $schema: text,
    baselineVersion: { type: 'string', pattern: '^1\\.[0-9]+$' },
    findings: { type: 'array', items: { type: 'object', additionalProperties: false, ...entry } },
  },
};

/** What a baseline takes from results JSON. */
export const RESULTS_AS_BASELINE_SCHEMA: JsonSchema = {
  type: 'object',
  required: ['schemaVersion', 'findings', 'segments'],
  properties: {
    schemaVersion: { type: 'string', pattern: '^1\\.[0-9]+$' },
    findings: {
      type: 'array',
      items: {
        type: 'object',
        ...entry,
        required: [...entry.required, 'state'],
        properties: { ...entry.properties, state: { enum: ['new', 'baseline', 'waived'] } },
      },
    },
    segments: {
      type: 'array',
      items: {
        type: 'object',
        required: ['segment'],
        properties: { segment: text, definitionDigest: { type: ['string', 'null'] } },
      },
    },
  },
};
