import type { JsonSchema } from '../../documents/json-schema.ts';

/** Characters of a text that is read for words. Every word of it that is found is shown with the text around it. */
const LONGEST_TEXT = 20_000;

/** JSON Schema of one definition record, as JSON, JSONL and YAML hold it; CSV cells are brought into this form first. */
export const DEFINITION_SCHEMA: JsonSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'traitleak/definition.schema.json',
  title: 'segment definition',
  type: 'object',
  required: ['segment_id'],
  properties: {
    segment_id: {
      type: 'string',
      minLength: 1,
      maxLength: LONGEST_TEXT,
      description: 'Id of the segment; text, so that 007 and 7 differ.',
    },
    name: { type: ['string', 'null'], maxLength: LONGEST_TEXT },
    description: { type: ['string', 'null'], maxLength: LONGEST_TEXT },
    topics: {
      type: ['array', 'null'],
      items: {
        type: 'object',
        required: ['term'],
        additionalProperties: false,
        properties: {
          term: { type: 'string', minLength: 1, maxLength: LONGEST_TEXT },
          weight: { type: 'number', exclusiveMinimum: 0 },
        },
      },
    },
  },
  additionalProperties: true,
};
