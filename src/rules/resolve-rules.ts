import { didYouMean } from '../did-you-mean.ts';
import type { LawReference } from '../domain/finding.ts';
import type { Severity } from '../domain/severity.ts';
import { AuditError } from '../errors.ts';
import type { Rule, RuleOff, RulePack, SeverityByTier } from './pack.ts';
import { assertConditions, type Override, type PackFile, type StatedRule } from './pack-file.ts';

/** The rules of a pack, applied and switched off. */
export interface ResolvedRules {
  readonly rules: readonly Rule[];
  readonly off: readonly RuleOff[];
}

/** What a rule takes from the one that it is based on. */
type Base = Pick<Rule, 'kind' | 'when' | 'why' | 'remedy' | 'cases'>;

/**
 * Puts together the rules of a pack: those of the packs that it extends, changed by its overrides, then its own, completed from the rules that
 * they are based on. A rule that two extended packs have is taken from the first.
 *
 * @param extended - the packs that it extends, in order
 * @param based - other packs that its rules may be based on, by id
 * @throws {AuditError} E_PACK_INVALID with the place and, for a misspelt id, the nearest valid one
 */
export function resolveRules(
  file: PackFile,
  extended: readonly RulePack[],
  based: ReadonlyMap<string, RulePack>,
): ResolvedRules {
  checkEffectiveDays(file);
  const inherited = inheritRules(file, extended);
  const own = new OwnRules(file, extended, based).all();
  const taken = new Map([...inherited.rules, ...inherited.off.map(({ rule }) => rule)].map((rule) => [rule.id, rule]));
  own.forEach((rule, index) => {
    const other = taken.get(rule.id);
    if (other === undefined) return;
    throw invalid(
      file,
      ['rules', index, 'id'],
      `The rule id "${rule.id}" comes from the pack ${other.statedBy} already. Change that rule under \`overrides\`, or give this one another id.`,
    );
  });
  return { rules: [...inherited.rules, ...own], off: inherited.off };
}

/** The traits that a pack's own rules regard as special. */
export function specialTraitsOf({ stated }: PackFile, extended: readonly RulePack[]): readonly string[] {
  return stated.specialTraits ?? [...new Set(extended.flatMap((pack) => pack.specialTraits))];
}

function checkEffectiveDays(file: PackFile): void {
  const { effective } = file.stated;
  for (const key of ['from', 'until'] as const) {
    const day = effective?.[key];
    if (day === undefined || isDay(day)) continue;
    throw invalid(file, ['effective', key], `${day} is not a day of the calendar.`);
  }
  if (effective?.until !== undefined && effective.until < effective.from) {
    throw invalid(file, ['effective', 'until'], `The last day of force, ${effective.until}, comes before the first.`);
  }
}

function isDay(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

function inheritRules(file: PackFile, extended: readonly RulePack[]): ResolvedRules {
  const on = new Map<string, Rule>();
  for (const pack of extended) for (const rule of pack.rules) if (!on.has(rule.id)) on.set(rule.id, rule);
  const off = new Map<string, RuleOff>();
  for (const pack of extended) for (const entry of pack.off) if (!on.has(entry.rule.id)) off.set(entry.rule.id, entry);
  const overrides = new Map(Object.entries(file.stated.overrides ?? {}));
  for (const id of overrides.keys()) refuseOverride(file, id, on, off);
  const { id: pack } = file.stated;
  const rules: Rule[] = [];
  const switchedOff: RuleOff[] = [...off.values()];
  for (const rule of on.values()) {
    const override = overrides.get(rule.id);
    if (override?.off === true) switchedOff.push({ rule: { ...rule, pack }, reason: override.reason ?? '', by: pack });
    else rules.push(changeRule({ ...rule, pack }, override, file));
  }
  return { rules, off: switchedOff };
}

function refuseOverride(
  file: PackFile,
  id: string,
  on: ReadonlyMap<string, Rule>,
  off: ReadonlyMap<string, RuleOff>,
): void {
  if (on.has(id)) return;
  const location = file.locate(['overrides', id], true);
  const entry = off.get(id);
  if (entry !== undefined) {
    throw new AuditError(
      'E_PACK_INVALID',
      `The rule "${id}" is switched off by the pack ${entry.by} (${entry.reason}), so there is nothing to override.`,
      { location, hint: 'Extend a pack that has the rule, or take the override out.' },
    );
  }
  if (file.stated.rules?.some((rule) => rule.id === id) === true) {
    throw new AuditError('E_PACK_INVALID', `The rule "${id}" is this pack's own: change it where it stands.`, {
      location,
    });
  }
  const none = on.size === 0 ? ' The pack extends no other.' : '';
  throw new AuditError(
    'E_PACK_INVALID',
    `No rule that comes through \`extends\` has the id "${id}".${didYouMean(id, on.keys())}${none}`,
    { location },
  );
}

function changeRule(rule: Rule, override: Override | undefined, file: PackFile): Rule {
  if (override === undefined) return rule;
  const when = { ...rule.when, ...override.when };
  if (override.when !== undefined)
    assertConditions(rule.kind, when, (path, atKey) => file.locate(['overrides', rule.id, ...path], atKey));
  return {
    ...rule,
    when,
    cases: { ...rule.cases, ...override.cases },
    ...(override.severity === undefined ? {} : { severity: byTier(override.severity) }),
    ...(override.reason === undefined ? {} : { changed: override.reason }),
  };
}

function byTier(severity: Severity | SeverityByTier): SeverityByTier {
  return typeof severity === 'string' ? { special: severity, ordinary: severity } : severity;
}

/** The rules that a pack states itself. */
class OwnRules {
  readonly #file: PackFile;
  readonly #stated: readonly StatedRule[];
  readonly #extended: readonly RulePack[];
  readonly #based: ReadonlyMap<string, RulePack>;
  readonly #references: ReadonlyMap<string, LawReference>;
  readonly #specialTraits: readonly string[];

  constructor(file: PackFile, extended: readonly RulePack[], based: ReadonlyMap<string, RulePack>) {
    this.#file = file;
    this.#stated = file.stated.rules ?? [];
    this.#extended = extended;
    this.#based = based;
    this.#references = indexReferences(file);
    this.#specialTraits = specialTraitsOf(file, extended);
  }

  all(): readonly Rule[] {
    const seen = new Set<string>();
    return this.#stated.map((rule, index) => {
      if (seen.has(rule.id))
        throw invalid(this.#file, ['rules', index, 'id'], `The rule id "${rule.id}" occurs twice.`);
      seen.add(rule.id);
      return this.#complete(rule, index);
    });
  }

  #complete(rule: StatedRule, index: number): Rule {
    const { id } = this.#file.stated;
    return {
      id: rule.id,
      pack: id,
      statedBy: id,
      ...(rule.basedOn === undefined
        ? {}
        : { basedOn: rule.basedOn.includes('/') ? rule.basedOn : `${id}/${rule.basedOn}` }),
      title: rule.title,
      severity: byTier(rule.severity),
      traits: rule.traits,
      specialTraits: this.#specialTraits,
      ...this.#conditions(rule, index, []),
      law: rule.law.map((reference, position) => this.#reference(rule, reference, index, position)),
      ...(rule.verify === undefined ? {} : { verify: rule.verify }),
      location: this.#file.locate(['rules', index]),
    };
  }

  #reference(rule: StatedRule, id: string, index: number, position: number): LawReference {
    const reference = this.#references.get(id);
    if (reference !== undefined) return reference;
    throw invalid(
      this.#file,
      ['rules', index, 'law', position],
      `The rule "${rule.id}" cites "${id}", which \`references\` does not hold.${didYouMean(id, this.#references.keys())}`,
    );
  }

  /** What the rule states itself, completed from what it is based on. The schema makes sure that a rule without a base states everything. */
  #conditions(rule: StatedRule, index: number, seen: readonly string[]): Base {
    const base = rule.basedOn === undefined ? undefined : this.#baseOf(rule.basedOn, index, [...seen, rule.id]);
    const kind = rule.kind ?? base?.kind ?? '';
    const place = ['rules', index] as const;
    if (base !== undefined && kind !== base.kind) {
      throw invalid(
        this.#file,
        [...place, 'kind'],
        `The rule "${rule.id}" is of the kind ${kind}, but based on one of the kind ${base.kind}.`,
      );
    }
    const when = rule.when ?? base?.when ?? {};
    if (rule.when !== undefined)
      assertConditions(kind, when, (path, atKey) => this.#file.locate([...place, ...path], atKey));
    return {
      kind,
      when,
      why: rule.why ?? base?.why ?? '',
      remedy: rule.remedy ?? base?.remedy ?? '',
      cases: {
        fires: rule.cases?.fires ?? base?.cases.fires ?? [],
        silent: rule.cases?.silent ?? base?.cases.silent ?? [],
      },
    };
  }

  #baseOf(reference: string, index: number, seen: readonly string[]): Base {
    const place = ['rules', index, 'basedOn'] as const;
    const [packId, ruleId] = reference.includes('/') ? reference.split('/') : [undefined, reference];
    const id = ruleId ?? reference;
    if (packId === undefined || packId === this.#file.stated.id) {
      const ownIndex = this.#stated.findIndex((rule) => rule.id === id);
      const own = this.#stated[ownIndex];
      if (own !== undefined) {
        if (seen.includes(id))
          throw invalid(
            this.#file,
            place,
            `The rules are based on each other in a circle: ${[...seen, id].join(' -> ')}.`,
          );
        return this.#conditions(own, ownIndex, seen);
      }
    }
    const packs = this.#packsFor(packId);
    const rules = packs.flatMap((pack) => [...pack.rules, ...pack.off.map(({ rule }) => rule)]);
    const rule = rules.find((candidate) => candidate.id === id);
    if (rule !== undefined) return rule;
    const known = [...rules, ...this.#stated].map((candidate) => candidate.id);
    const where = packId === undefined ? 'Neither this pack nor one that it extends' : `The pack "${packId}"`;
    throw invalid(
      this.#file,
      place,
      `${where} has ${packId === undefined ? 'a' : 'no'} rule "${id}".${didYouMean(id, known)}`,
    );
  }

  #packsFor(packId: string | undefined): readonly RulePack[] {
    if (packId === undefined) return this.#extended;
    if (packId === this.#file.stated.id) return [];
    const pack = this.#extended.find((candidate) => candidate.id === packId) ?? this.#based.get(packId);
    return pack === undefined ? [] : [pack];
  }
}

function indexReferences(file: PackFile): ReadonlyMap<string, LawReference> {
  const references = new Map<string, LawReference>();
  (file.stated.references ?? []).forEach((reference, index) => {
    if (references.has(reference.id))
      throw invalid(file, ['references', index, 'id'], `The reference id "${reference.id}" occurs twice.`);
    references.set(reference.id, reference);
  });
  return references;
}

function invalid(file: PackFile, path: readonly (string | number)[], message: string): AuditError {
  return new AuditError('E_PACK_INVALID', message, { location: file.locate(path) });
}
