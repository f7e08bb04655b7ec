/**
 * Conditions that several kinds share, for laws that protect a part of a trait: children but not all ages, public assistance but not debt,
 * families with children but not married couples.
 */

/** Schema of `values`: the condition by which a rule about membership asks for some values of a trait only. */
export const VALUES_SCHEMA: object = {
  type: 'array',
  minItems: 1,
  uniqueItems: true,
  items: { type: 'string', minLength: 1 },
  description:
    'Only these values of the trait, as the panel spells them; letter case, spaces, hyphens and underscores aside.',
};

/** Schema of `foundBy`: the condition by which a rule leaves out what rules of other packs find. */
export const FOUND_BY_SCHEMA: object = {
  const: 'this-pack',
  description: 'Only what rules of the same pack find; without it, what rules of any pack find.',
};

/** Which groups of the lexicons a rule reads. */
export interface GroupConditions {
  readonly groups?: readonly string[];
  readonly exceptGroups?: readonly string[];
}

const list = { type: 'array', minItems: 1, uniqueItems: true, items: { type: 'string', minLength: 1 } } as const;

/** Schemas of `groups` and `exceptGroups`: the conditions by which a rule about words reads some groups of the lexicons only. */
export const GROUPS_SCHEMAS: Readonly<Record<keyof GroupConditions, object>> = {
  groups: {
    ...list,
    description:
      'Only terms of these groups of the lexicons, where a law names part of a trait: `minors` takes `minors` and every group whose id begins with `minors-`.',
  },
  exceptGroups: {
    ...list,
    description: 'All terms but those of these groups of the lexicons, which are written as for `groups`.',
  },
};

/** Whether a rule reads words of this group. */
export function readsGroup({ groups, exceptGroups = [] }: GroupConditions, group: string): boolean {
  return !isAmong(exceptGroups, group) && (groups === undefined || isAmong(groups, group));
}

/** What `rules show` says of the groups, in brackets; empty when the rule reads all. */
export function explainGroups({ groups, exceptGroups }: GroupConditions): string {
  const only = groups === undefined ? '' : ` (groups ${groups.join(', ')} only)`;
  const but = exceptGroups === undefined ? '' : ` (all groups but ${exceptGroups.join(', ')})`;
  return `${only}${but}`;
}

/** Is the group one of these, or of a family whose name begins with one of these? */
function isAmong(groups: readonly string[], group: string): boolean {
  return groups.some((one) => group === one || group.startsWith(`${one}-`));
}

/** Whether a rule asks for this value. Of two traits taken together, one part is enough. */
export function asksForValue(when: Readonly<Record<string, unknown>>, value: string): boolean {
  const asked = when.values as readonly string[] | undefined;
  if (asked === undefined) return true;
  const spelt = new Set(asked.map(fold));
  return [value, ...value.split(' x ')].some((part) => spelt.has(fold(part)));
}

/** The sentence about `values` for `rules show`; empty when the rule asks for all. */
export function explainValues(when: Readonly<Record<string, unknown>>): string {
  const asked = when.values as readonly string[] | undefined;
  return asked === undefined ? '' : ` Looks at these values only: ${asked.join(', ')}.`;
}

/** Signs that change the meaning of an age (`<13`, `65+`) stay. */
function fold(value: string): string {
  return value
    .toLowerCase()
    .replace(/[\s_\u2010-\u2015-]+/g, ' ')
    .trim();
}
