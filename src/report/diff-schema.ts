import type { JsonSchema } from '../documents/json-schema.ts';
import { SEVERITIES } from '../domain/severity.ts';
import { exact, list, nullable, nullableText, number, text, verdict } from './schema-parts.ts';

const findingKeys = {
  fingerprint: { type: 'string', pattern: '^[0-9a-f]{16}$' },
  rule: text,
  segment: text,
  name: nullableText,
  trait: text,
  value: text,
  severity: { enum: [...SEVERITIES] },
  state: { enum: ['new', 'baseline', 'waived'] },
  title: text,
} as const;
const finding = exact(findingKeys, ['value']);
const interval = exact({ estimate: number, lower: number, upper: number });
const effect = nullable(
  exact({
    measure: { enum: ['representation-ratio', 'representation-ratio-within-strata', 'auc', 'topic-share'] },
    direction: { enum: ['over', 'under'] },
    estimate: number,
    lower: number,
    upper: number,
  }),
);
const side = exact({ generatedAt: text, findings: { type: 'integer', minimum: 0 } });

/** JSON Schema of `traitleak diff -f json`. */
export const DIFF_SCHEMA: JsonSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'traitleak/diff.schema.json',
  title: 'traitleak diff',
  ...exact({
    before: side,
    now: side,
    settings: list(exact({ what: text, before: nullableText, now: nullableText })),
    added: list(finding),
    gone: list(
      exact(
        {
          ...findingKeys,
          because: { enum: ['rule-off', 'segment-gone', 'not-examined', 'inconclusive', 'only-renamed', null] },
        },
        ['value'],
      ),
    ),
    kept: list(
      exact({
        before: finding,
        now: finding,
        renamed: { type: 'boolean' },
        effectBefore: effect,
        effectNow: effect,
        change: { enum: ['worse', 'better', 'unchanged'] },
        because: list({ enum: ['severity', 'effect', 'direction'] }),
      }),
    ),
    verdicts: list(
      exact({
        segment: text,
        name: nullableText,
        trait: text,
        value: text,
        before: verdict,
        now: verdict,
        change: { enum: ['worse', 'better', 'unknown'] },
      }),
    ),
    leakage: list(
      exact({
        trait: text,
        value: text,
        before: nullable(interval),
        now: nullable(interval),
        change: { enum: ['worse', 'better', 'unchanged', 'unknown'] },
      }),
    ),
    renamed: list(
      exact({
        before: text,
        nameBefore: nullableText,
        after: text,
        nameAfter: nullableText,
        by: { enum: ['people', 'name', 'id'] },
      }),
    ),
    inconclusive: exact({ before: { type: 'integer' }, now: { type: 'integer' } }),
  }),
};
