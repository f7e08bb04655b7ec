import { nearest } from '../did-you-mean.ts';
import type { Notice } from '../domain/notice.ts';
import { compareText } from '../domain/order.ts';
import { KNOWN_TRAITS } from '../domain/trait.ts';
import type { EvidenceSet } from '../evidence/evidence-set.ts';
import { asksForValue } from './narrowing.ts';
import { coversTrait, type RulePack } from './pack.ts';
import type { PackFile } from './pack-file.ts';

/** Points at traits of a pack that look like a misspelt known one. Other traits are the pack's own. */
export function traitNotices({ stated, locate }: PackFile): readonly Notice[] {
  const known: readonly string[] = KNOWN_TRAITS;
  const named: [string, readonly (string | number)[]][] = [
    ...(stated.specialTraits ?? []).map((trait, index): [string, (string | number)[]] => [
      trait,
      ['specialTraits', index],
    ]),
    ...(stated.rules ?? []).flatMap(({ traits }, rule) =>
      typeof traits === 'string'
        ? []
        : traits.map((trait, index): [string, (string | number)[]] => [trait, ['rules', rule, 'traits', index]]),
    ),
  ];
  return named.flatMap(([trait, path]) => {
    const near = known.includes(trait) ? undefined : nearest(trait, known);
    if (near === undefined) return [];
    return [
      {
        code: 'pack-trait-unknown',
        level: 'warning' as const,
        message: `The pack ${stated.id} names the trait "${trait}", which no lexicon knows. Did you mean "${near}"?`,
        location: locate(path),
      },
    ];
  });
}

/** Says which packs hold law that is not in force, or not any more. Their rules run all the same. */
export function effectiveNotices(packs: readonly RulePack[], now: Date): readonly Notice[] {
  const today = now.toISOString().slice(0, 10);
  return withExtended(packs).flatMap(({ id, title, effective }) => {
    const when = effective === undefined ? undefined : outsideOf(effective, today);
    if (when === undefined) return [];
    return [
      {
        code: 'pack-not-in-force',
        level: 'warning' as const,
        message: `The law of the pack ${id} (${title}) ${when}. Its rules were applied all the same.`,
      },
    ];
  });
}

/**
 * Says which rules ask for values of a trait that the panel knows under none of these spellings: they are silent then, and that proves nothing.
 */
export function valueNotices(
  packs: readonly RulePack[],
  { associations, probabilities }: Pick<EvidenceSet, 'associations' | 'probabilities'>,
): readonly Notice[] {
  const known = new Map<string, Set<string>>();
  for (const rows of [associations, probabilities])
    for (const { trait, value } of rows) known.set(trait, (known.get(trait) ?? new Set()).add(value));
  const rules = new Map(packs.flatMap((pack) => pack.rules).map((rule) => [rule.id, rule]));
  return [...rules.values()].flatMap((rule) => {
    if (rule.when.values === undefined) return [];
    const traits = [...known].filter(([trait]) => coversTrait(rule, trait));
    const isThere = traits.some(([, values]) => [...values].some((value) => asksForValue(rule.when, value)));
    if (traits.length === 0 || isThere) return [];
    const named = traits.map(([trait]) => trait).sort(compareText);
    return [
      {
        code: 'values-not-in-panel',
        level: 'warning' as const,
        message:
          `The rule ${rule.id} looks for some values of ${named.join(', ')} only, and the panel has none of them under a spelling that it knows. ` +
          'Its silence says nothing: lay the values of your panel over `values` in an override.',
      },
    ];
  });
}

function outsideOf({ from, until }: NonNullable<RulePack['effective']>, today: string): string | undefined {
  if (today < from) return `is not in force before ${from}`;
  return until !== undefined && today > until ? `was in force until ${until}` : undefined;
}

/** The packs and those that they extend, each once. */
function withExtended(packs: readonly RulePack[]): readonly RulePack[] {
  const all = packs.flatMap((pack): readonly RulePack[] => [pack, ...withExtended(pack.extends)]);
  return [...new Map(all.map((pack) => [pack.path, pack])).values()];
}
