import type { JsonSchema } from '../documents/validate-document.ts';
import { SEVERITIES } from '../domain/severity.ts';
import { RULE_KINDS } from './kinds/index.ts';

const text = { type: 'string', minLength: 1 } as const;
const id = { type: 'string', pattern: '^[a-z0-9]+(-[a-z0-9]+)*$' } as const;

/** JSON Schema of a rule pack; the kinds and their conditions come from the registry. */
export const PACK_SCHEMA: JsonSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'traitleak/pack.schema.json',
  title: 'traitleak rule pack',
  type: 'object',
  additionalProperties: false,
  required: ['id', 'version', 'title', 'rules'],
  properties: {
    $schema: { type: 'string' },
    id,
    version: { type: 'string', pattern: '^[0-9]+\\.[0-9]+\\.[0-9]+$' },
    title: text,
    description: text,
    specialTraits: {
      type: 'array',
      items: text,
      uniqueItems: true,
      description: 'Traits that rules with `traits: special` cover; `ordinary` covers all others.',
    },
    references: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['id', 'title'],
        properties: { id, title: text },
      },
    },
    rules: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        required: ['id', 'kind', 'title', 'severity', 'traits', 'when', 'why', 'remedy', 'law'],
        properties: {
          id,
          kind: { enum: Object.keys(RULE_KINDS) },
          title: text,
          severity: { enum: [...SEVERITIES] },
          traits: {
            oneOf: [
              { enum: ['special', 'ordinary', 'any'] },
              { type: 'array', items: text, minItems: 1, uniqueItems: true },
            ],
          },
          when: { type: 'object' },
          why: text,
          remedy: text,
          law: { type: 'array', items: id, description: 'Ids of `references`.' },
        },
        additionalProperties: false,
        allOf: Object.entries(RULE_KINDS).map(([kind, { whenSchema }]) => ({
          if: { type: 'object', required: ['kind'], properties: { kind: { const: kind } } },
          // biome-ignore lint/suspicious/noThenProperty: a JSON Schema keyword
          then: { type: 'object', properties: { when: whenSchema } },
        })),
      },
    },
  },
};
