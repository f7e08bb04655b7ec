import type { JsonSchema } from '../documents/json-schema.ts';
import { SEVERITIES } from '../domain/severity.ts';
import { RULE_KINDS } from './kinds/index.ts';
import { CASES_SCHEMA } from './rule-cases.ts';

const text = { type: 'string', minLength: 1 } as const;
const ID_PATTERN = '[a-z0-9]+(-[a-z0-9]+)*';
const id = { type: 'string', pattern: `^${ID_PATTERN}$` } as const;
const day = { type: 'string', pattern: '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$' } as const;
const severity = { enum: [...SEVERITIES] } as const;

const reference = {
  type: 'object',
  additionalProperties: false,
  required: ['id', 'title'],
  properties: {
    id: { ...id, description: 'What `law` of a rule names; unique in the pack.' },
    title: { ...text, description: 'The law, policy or code, and what the provision is about.' },
    provision: { ...text, description: 'Article, section or clause, such as Art. 9(1).' },
    url: { type: 'string', pattern: '^https?://[^\\s]+$', description: 'Where the text can be read.' },
    verify: {
      ...text,
      description: 'What a reader must check before relying on it, where the exact text could not be checked.',
    },
  },
} as const;

const rule = {
  type: 'object',
  additionalProperties: false,
  required: ['id', 'title', 'severity', 'traits', 'law'],
  properties: {
    id: { ...id, description: "Part of every finding's fingerprint, so never reuse one." },
    basedOn: {
      type: 'string',
      pattern: `^(${ID_PATTERN}/)?${ID_PATTERN}$`,
      description:
        'A rule that this one takes kind, when and cases from (why and remedy too), where they are not given here: pack/rule for a rule of a shipped or extended pack, or a rule of this pack.',
    },
    kind: { enum: Object.keys(RULE_KINDS), description: 'What the rule looks at.' },
    title: { ...text, description: 'What a finding claims, in a few words.' },
    severity: {
      oneOf: [
        severity,
        {
          type: 'object',
          additionalProperties: false,
          required: ['special', 'ordinary'],
          properties: { special: severity, ordinary: severity },
        },
      ],
      description: 'How grave a finding is: one severity, or one for special traits and one for ordinary ones.',
    },
    traits: {
      oneOf: [{ enum: ['special', 'ordinary', 'any'] }, { type: 'array', items: text, minItems: 1, uniqueItems: true }],
      description:
        'Traits that the rule covers: `special` (those of `specialTraits`), `ordinary` (all others), `any`, or a list.',
    },
    when: { type: 'object', description: 'Thresholds of the kind.' },
    why: { ...text, description: 'Rationale: what is wrong with what the rule finds.' },
    remedy: { ...text, description: 'What to do about a finding.' },
    law: { type: 'array', items: id, uniqueItems: true, description: 'Ids of `references`.' },
    verify: { ...text, description: 'What to verify before relying on this rule.' },
    cases: CASES_SCHEMA,
  },
  if: { required: ['basedOn'], properties: { basedOn: {} } },
  // biome-ignore lint/suspicious/noThenProperty: a JSON Schema keyword
  then: {},
  else: {
    required: ['kind', 'when', 'why', 'remedy'],
    properties: { kind: {}, when: {}, why: {}, remedy: {} },
  },
  allOf: Object.entries(RULE_KINDS).map(([kind, { whenSchema }]) => ({
    if: { type: 'object', required: ['kind'], properties: { kind: { const: kind } } },
    // biome-ignore lint/suspicious/noThenProperty: a JSON Schema keyword
    then: { type: 'object', properties: { when: whenSchema } },
  })),
};

const override = {
  type: 'object',
  additionalProperties: false,
  minProperties: 1,
  properties: {
    severity: { ...rule.properties.severity, description: 'How grave findings of the rule are in this pack.' },
    when: { type: 'object', minProperties: 1, description: "Thresholds to lay over the rule's own." },
    off: { const: true, description: 'Do without the rule; `reason` says why.' },
    cases: { ...CASES_SCHEMA, description: "Cases instead of the rule's own, where the change makes them wrong." },
    reason: { ...text, description: 'Why the rule is changed or switched off; shown in reports.' },
  },
  if: { required: ['off'], properties: { off: {} } },
  // biome-ignore lint/suspicious/noThenProperty: a JSON Schema keyword
  then: { required: ['reason'], properties: { reason: {} } },
} as const;

/** JSON Schema of a rule pack; the kinds and their conditions come from the registry. */
export const PACK_SCHEMA: JsonSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'traitleak/pack.schema.json',
  title: 'traitleak rule pack',
  description: 'What counts as a finding, how grave it is, which law it touches, and what to do.',
  type: 'object',
  additionalProperties: false,
  required: ['id', 'version', 'title'],
  anyOf: [
    { required: ['rules'], properties: { rules: {} } },
    { required: ['extends'], properties: { extends: {} } },
  ],
  properties: {
    $schema: { type: 'string', description: 'This schema, for editors.' },
    id: { ...id, description: 'Name of the pack, kebab case.' },
    version: {
      type: 'string',
      pattern: '^[0-9]+\\.[0-9]+\\.[0-9]+$',
      description: 'Version of the pack, such as 1.0.0.',
    },
    title: { ...text, description: 'What the pack is called in reports.' },
    description: { ...text, description: 'What the pack covers, and what it does not.' },
    jurisdiction: { ...text, description: 'Where its law is in force.' },
    effective: {
      type: 'object',
      additionalProperties: false,
      required: ['from'],
      properties: {
        from: { ...day, description: 'First day of force, year-month-day.' },
        until: { ...day, description: 'Last day of force.' },
      },
      description: 'Days on which its law is in force. Outside them the rules still run, and the report says so.',
    },
    extends: {
      oneOf: [text, { type: 'array', items: text, minItems: 1, uniqueItems: true }],
      description:
        'Packs whose rules this one takes over: names of shipped packs, files relative to this one, or npm packages.',
    },
    specialTraits: {
      type: 'array',
      items: text,
      uniqueItems: true,
      description:
        "Traits that this pack's own rules with `traits: special` cover; `ordinary` covers all others. Default: those of the packs that it extends.",
    },
    references: { type: 'array', items: reference, description: 'Laws, policies and codes that rules name.' },
    rules: { type: 'array', minItems: 1, items: rule, description: "The pack's own rules." },
    overrides: {
      type: 'object',
      propertyNames: { type: 'string' },
      additionalProperties: override,
      description: 'Changes to rules that come through `extends`, by rule id.',
    },
  },
};
