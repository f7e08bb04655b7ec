import { nearest } from '../did-you-mean.ts';
import type { Notice } from '../domain/notice.ts';
import { KNOWN_TRAITS } from '../domain/trait.ts';
import type { RulePack } from './pack.ts';
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

function outsideOf({ from, until }: NonNullable<RulePack['effective']>, today: string): string | undefined {
  if (today < from) return `is not in force before ${from}`;
  return until !== undefined && today > until ? `was in force until ${until}` : undefined;
}

/** The packs and those that they extend, each once. */
function withExtended(packs: readonly RulePack[]): readonly RulePack[] {
  const all = packs.flatMap((pack): readonly RulePack[] => [pack, ...withExtended(pack.extends)]);
  return [...new Map(all.map((pack) => [pack.path, pack])).values()];
}
