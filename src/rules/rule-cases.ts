import type { JsonSchema } from '../documents/json-schema.ts';
import type { IdentifierShape } from '../domain/exposure.ts';
import type { Json } from '../domain/json.ts';

/** A segment id or a trait value: text, or what YAML takes for a number. */
type Plain = string | number | boolean;

/** A definition as a definitions file holds it. */
export type CaseDefinition = Readonly<Record<string, Json>> & { readonly segment_id: string | number };

/** Users with the same memberships and trait values. */
export interface CaseGroup {
  readonly users: number;
  readonly segments?: readonly (string | number)[];
  /** Memberships in the earlier export. */
  readonly previousSegments?: readonly (string | number)[];
  /** Columns of the panel; users of a group without any are not in the panel. */
  readonly traits?: Readonly<Record<string, Plain>>;
  /** What the users consented to. */
  readonly consents?: readonly string[];
}

/** What the made user ids of a case look like. */
export type UserIdShape = 'plain' | IdentifierShape;

/** Shapes that user ids of a case may have. */
export const USER_ID_SHAPES: readonly UserIdShape[] = [
  'plain',
  'email',
  'guid',
  'mac',
  'ipv4',
  'ipv6',
  'phone',
  'sha256',
  'sha1',
  'md5',
  'sequential',
];

/** A whole export in a few lines. */
export interface MiniExport {
  readonly definitions?: readonly CaseDefinition[];
  readonly previous?: { readonly definitions?: readonly CaseDefinition[] };
  readonly groups?: readonly CaseGroup[];
  readonly userIds?: UserIdShape;
  /** Ready-made panel counts, instead of groups. */
  readonly counts?: readonly Readonly<Record<string, string | number>>[];
  /** The day of the audit, year-month-day. */
  readonly day?: string;
}

/** Something that a rule is shown: a segment with that name, or an export. */
export interface RuleCase {
  readonly note?: string;
  readonly name?: string;
  readonly export?: MiniExport;
}

/** What a rule must find, and what it must be silent on. */
export interface RuleCases {
  readonly fires: readonly RuleCase[];
  readonly silent: readonly RuleCase[];
}

const id = { type: ['string', 'number'], description: 'Id of a segment.' } as const;
const text = { type: 'string', minLength: 1 } as const;
const strictObject = (properties: Record<string, unknown>, required: readonly string[] = []): JsonSchema => ({
  type: 'object',
  additionalProperties: false,
  required,
  properties,
});

const definitions = {
  type: 'array',
  minItems: 1,
  description: 'Segments: segment_id, name, description, topics, and any attribute, as in a definitions file.',
  items: {
    type: 'object',
    required: ['segment_id'],
    properties: {
      segment_id: id,
      name: { type: ['string', 'null'] },
      description: { type: ['string', 'null'] },
      topics: {
        type: 'array',
        items: strictObject({ term: text, weight: { type: 'number', exclusiveMinimum: 0 } }, ['term']),
      },
    },
  },
} as const;

const group = strictObject(
  {
    users: { type: 'integer', minimum: 1, maximum: 100_000, description: 'How many; a user id is made for each.' },
    segments: { type: 'array', items: id, description: 'Segments that they are in.' },
    previousSegments: { type: 'array', items: id, description: 'Segments of the earlier export that they were in.' },
    traits: {
      type: 'object',
      minProperties: 1,
      additionalProperties: { type: ['string', 'number', 'boolean'] },
      description: 'Columns of the panel and their values. Without it the users are not in the panel.',
    },
    consents: { type: 'array', items: text, description: 'Traits or purposes that they consented to.' },
  },
  ['users'],
);

const counted = strictObject(
  {
    segment_id: id,
    trait: text,
    value: { type: ['string', 'number'] },
    in_value: { type: 'integer', minimum: 0 },
    in_other: { type: 'integer', minimum: 0 },
    out_value: { type: 'integer', minimum: 0 },
    out_other: { type: 'integer', minimum: 0 },
  },
  ['segment_id', 'trait', 'value', 'in_value', 'in_other', 'out_value', 'out_other'],
);

const miniExport = {
  ...strictObject({
    definitions,
    previous: {
      ...strictObject({ definitions }),
      description: 'The earlier export; who was in which segment is in `previousSegments` of the groups.',
    },
    groups: {
      type: 'array',
      minItems: 1,
      items: group,
      description: 'Users with the same memberships and trait values.',
    },
    userIds: { enum: [...USER_ID_SHAPES], description: 'What the made user ids look like. Default: plain.' },
    counts: { type: 'array', minItems: 1, items: counted, description: 'Ready-made panel counts instead of groups.' },
    day: {
      type: 'string',
      pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$',
      description: 'The day of the audit, year-month-day. Default: 2026-01-01.',
    },
  }),
  minProperties: 1,
  description: 'A whole export in a few lines.',
} as const;

const ruleCase = {
  ...strictObject({
    note: { ...text, description: 'What the case shows.' },
    name: { ...text, description: 'One segment with this name.' },
    export: miniExport,
  }),
  oneOf: [
    { required: ['name'], properties: { name: {} } },
    { required: ['export'], properties: { export: {} } },
  ],
};

/** JSON Schema of a rule's `cases`. */
export const CASES_SCHEMA: JsonSchema = {
  ...strictObject({
    fires: { type: 'array', items: ruleCase, description: 'On each of these the rule makes at least one finding.' },
    silent: {
      type: 'array',
      items: ruleCase,
      description: 'On each of these the rule makes none, although there is something to examine.',
    },
  }),
  description: 'What the rule must find and what it must be silent on; `traitleak rules test` runs them.',
};
