import type { GovernanceCondition } from '../domain/governance.ts';
import type { Json } from '../domain/json.ts';
import { compareText } from '../domain/order.ts';
import type { SegmentDefinition } from '../domain/segment.ts';
import type { AuditedSegment } from './audited-segment.ts';

/** What the rules on governance look at. */
export interface GovernanceEvidence {
  /** Does any definition record any of the attributes? Without one, there is nothing to compare with. */
  readonly isDocumented: boolean;
  /** The day of the audit, as year-month-day. */
  readonly today: string;
  /** Traits that the words or the membership of a segment give away, in code-unit order; segments without any are not here. */
  readonly sensitive: ReadonlyMap<string, readonly string[]>;
  /** Packs whose rules find the trait in the segment: by segment, then trait. */
  readonly foundBy: ReadonlyMap<string, ReadonlyMap<string, ReadonlySet<string>>>;
}

/** Usual names of each attribute, the name in results and packs first. */
const NAMES: readonly (readonly [string, ...string[]])[] = [
  ['purpose', 'purposes', 'intended_use', 'use_case'],
  ['lawful_basis', 'legal_basis', 'basis_for_processing'],
  ['consent', 'explicit_consent'],
  ['retention_days', 'retention', 'retention_period', 'ttl_days', 'keep_days'],
  ['regions', 'region', 'storage_regions', 'data_regions'],
  ['transfers', 'transfer', 'international_transfers', 'transferred_to'],
  ['access_roles', 'access', 'roles', 'accessible_to'],
  ['destinations', 'destination', 'sinks', 'recipients', 'shared_with'],
  ['staff_visible', 'visible_to_staff', 'shown_to_staff'],
  ['owner', 'owners', 'steward', 'responsible'],
  ['review_date', 'review_by', 'next_review', 'review_due'],
];

/** Attributes that are recognised under usual names. */
export const GOVERNANCE_ATTRIBUTES: readonly string[] = NAMES.map(([name]) => name);

/** Looks at all definitions. */
export function gatherGovernance(
  segments: readonly AuditedSegment[],
  foundBy: GovernanceEvidence['foundBy'],
  now: Date,
): GovernanceEvidence {
  return {
    isDocumented: segments.some(
      ({ definition }) =>
        definition !== undefined && GOVERNANCE_ATTRIBUTES.some((name) => readAttribute(definition, name) !== null),
    ),
    today: now.toISOString().slice(0, 10),
    sensitive: new Map([...foundBy].map(([segment, traits]) => [segment, [...traits.keys()].sort(compareText)])),
    foundBy,
  };
}

/**
 * Reads an attribute under its usual names, spelt in any of the usual ways.
 *
 * @returns `null` when it is not there, or empty
 */
export function readAttribute({ attributes }: SegmentDefinition, name: string): Json | null {
  const names: readonly string[] = NAMES.find(([first]) => first === name) ?? [name];
  for (const usual of names) {
    const found = Object.entries(attributes).find(([key, value]) => fold(key) === fold(usual) && !isEmpty(value));
    if (found !== undefined) return found[1];
  }
  return null;
}

/** What a condition finds wrong: nothing, or that the attribute is missing, there, or out of bounds. */
export type Gap = 'missing' | 'there' | 'out-of-bounds' | 'unreadable';

/**
 * Compares an attribute with a condition. Conditions other than `present` say nothing of an attribute that is not there.
 *
 * - `atMost`: a number (of days, where a unit is given: `90 days`, `3 months`, `P1Y`), or how many entries a list has;
 * - `in`, `notIn`: every, or no, entry is one of the values, letter case and punctuation aside;
 * - `notPast`: a date (year-month-day) is today or later.
 *
 * @param today - year-month-day
 */
export function findGap(
  found: Json | null,
  is: GovernanceCondition,
  value: Json | undefined,
  today: string,
): Gap | null {
  if (found === null) return is === 'present' ? 'missing' : null;
  switch (is) {
    case 'present':
      return null;
    case 'absent':
      return 'there';
    case 'atMost': {
      const amount = toAmount(found);
      if (amount === null) return 'unreadable';
      return amount > Number(value) ? 'out-of-bounds' : null;
    }
    case 'in':
    case 'notIn': {
      const values = new Set(attributeEntries(value ?? null).map(fold));
      const entries = attributeEntries(found).map(fold);
      const isGood = is === 'in' ? entries.every((one) => values.has(one)) : !entries.some((one) => values.has(one));
      return isGood ? null : 'out-of-bounds';
    }
    case 'notPast': {
      const date = /^\s*(\d{4}-\d{2}-\d{2})/.exec(String(found))?.[1];
      if (date === undefined) return 'unreadable';
      return date < today ? 'out-of-bounds' : null;
    }
  }
}

/** Writes an attribute for people. */
export function attributeText(value: Json | null): string | null {
  if (value === null) return null;
  return typeof value === 'object' ? attributeEntries(value).join(', ') : String(value);
}

function isEmpty(value: Json): boolean {
  return (
    value === null || (typeof value === 'string' && value.trim() === '') || (Array.isArray(value) && value.length === 0)
  );
}

/** Entries of a list; in a text, they stand between `;`, `,` or `|`. */
export function attributeEntries(value: Json): readonly string[] {
  if (value === null) return [];
  if (Array.isArray(value)) return value.flatMap((one: Json) => attributeEntries(one));
  if (typeof value === 'object') return [JSON.stringify(value)];
  return String(value)
    .split(/[;,|]/)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}

/** Days by unit; months and years are rounded up, since a limit is a limit. */
const DAYS: Readonly<Record<string, number>> = { d: 1, w: 7, m: 31, y: 366 };

function toAmount(value: Json): number | null {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean' || value === null) return null;
  if (typeof value === 'object') return attributeEntries(value).length;
  const duration = /^p?\s*(\d{1,6}(?:\.\d{1,6})?)\s*(d|w|m|y)?(?:ays?|eeks?|onths?|ears?)?$/i.exec(value.trim());
  if (duration !== null) return Number(duration[1]) * (DAYS[(duration[2] ?? 'd').toLowerCase()] ?? 1);
  return /\d/.test(value) ? null : attributeEntries(value).length;
}

function fold(text: string): string {
  return text
    .slice(0, 1000)
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_|_$/g, '');
}
