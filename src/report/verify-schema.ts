import type { JsonSchema } from '../documents/json-schema.ts';
import { exact, flag, list, nullable, text } from './schema-parts.ts';

/** JSON Schema of `traitleak verify -f json`. */
export const VERIFY_SCHEMA: JsonSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'traitleak/verify.schema.json',
  title: 'traitleak verify',
  ...exact({
    generatedAt: text,
    same: flag,
    checks: list(exact({ what: text, path: text, state: { enum: ['ok', 'changed', 'missing'] } })),
    rerun: nullable(
      exact({
        done: flag,
        notCompared: list(text),
        differences: list(exact({ path: text, before: {}, now: {} }, ['before', 'now'])),
      }),
    ),
  }),
};
