import type { JsonSchema } from '../documents/json-schema.ts';
import { parseDocument } from '../documents/parse-document.ts';
import { assertValid } from '../documents/validate-document.ts';
import type { RawInput } from '../domain/exposure.ts';
import { RAW_INPUTS_FILE } from '../shipped-files.ts';
import { readText } from './read-text.ts';

const SCHEMA: JsonSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'traitleak/raw-inputs.schema.json',
  title: 'traitleak raw inputs',
  type: 'object',
  additionalProperties: false,
  required: ['inputs'],
  properties: {
    inputs: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['id', 'title', 'terms'],
        properties: {
          id: { type: 'string', pattern: '^[a-z-]+$' },
          title: { type: 'string' },
          terms: { type: 'array', minItems: 1, items: { type: 'string', minLength: 1 } },
        },
      },
    },
  },
};

/**
 * Reads the shipped list of raw inputs that no segment should be made of.
 *
 * @throws {AuditError} E_INTERNAL when the shipped file is damaged
 */
export async function loadRawInputs(): Promise<readonly RawInput[]> {
  const shown = 'rules/raw-inputs.yaml';
  const document = parseDocument(await readText(RAW_INPUTS_FILE, shown), shown, 'E_INTERNAL');
  assertValid(document.value, SCHEMA, document.locate, 'E_INTERNAL');
  return (document.value as { readonly inputs: readonly RawInput[] }).inputs;
}
