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
