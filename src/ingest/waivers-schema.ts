import type { JsonSchema } from '../documents/json-schema.ts';
import { SEVERITIES } from '../domain/severity.ts';

const text = { type: 'string', pattern: '\\S' } as const;
/** Bare digits are numbers in YAML; they are read as they are written. */
const written = { type: ['string', 'number'], pattern: '\\S' } as const;
const figure = { anyOf: [{ type: ['number', 'null'] }, { enum: ['Infinity', '-Infinity'] }] } as const;

/** JSON Schema of a waiver file. */
export const WAIVERS_SCHEMA: JsonSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'traitleak/waivers.schema.json',
  title: 'traitleak waivers',
  description: 'Findings that somebody accepted: why, who, and until when. `traitleak waive` adds entries.',
  type: 'array',
  items: {
    type: 'object',
    additionalProperties: false,
    required: ['fingerprint', 'reason', 'owner', 'expires'],
    properties: {
      fingerprint: {
        ...written,
        description: 'Of the finding, as every output shows it: 16 hexadecimal digits.',
      },
      reason: { ...text, description: 'Why the finding is accepted.' },
      owner: { ...text, description: 'Who answers for it.' },
      expires: {
        ...written,
        description: 'Last day on which it holds, as 2027-03-31. Anything that is no date counts as past.',
      },
      approver: { ...text, description: 'Who agreed, besides the owner.' },
      ticket: { ...written, description: 'Where it was decided.' },
      evidence: {
        type: 'object',
        additionalProperties: false,
        required: ['rule', 'segment', 'trait', 'severity'],
        description:
          'What was accepted, written by `traitleak waive`. The waiver lapses when the finding is no longer that. Without it the waiver holds whatever comes.',
        properties: {
          rule: text,
          segment: written,
          trait: text,
          value: { type: ['string', 'number', 'boolean'] },
          severity: { enum: [...SEVERITIES] },
          effect: {
            type: 'object',
            additionalProperties: false,
            required: ['measure', 'direction', 'estimate', 'lower', 'upper'],
            description: 'The figure of the finding, with its interval; null where it was hidden.',
            properties: {
              measure: { enum: ['representation-ratio', 'representation-ratio-within-strata', 'auc', 'topic-share'] },
              direction: { enum: ['over', 'under'] },
              estimate: figure,
              lower: figure,
              upper: figure,
            },
          },
          definition: { ...written, description: 'Digest of name, description and topics of the segment.' },
          facts: { ...written, description: 'Digest of what else the finding rests on.' },
        },
      },
    },
  },
};
