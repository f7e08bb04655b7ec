import { didYouMean } from '../did-you-mean.ts';
import { formatLocation } from '../domain/location.ts';
import { AuditError } from '../errors.ts';
import type { Style } from '../report/format.ts';
import { type FalseAlarms, falseAlarmKey, loadFalseAlarms } from '../rules/false-alarms.ts';
import { kindOf } from '../rules/judge-evidence.ts';
import { loadPack, loadPacks } from '../rules/load-pack.ts';
import { type Rule, type RuleOff, type RulePack, severityText } from '../rules/pack.ts';
import { shippedPacks } from '../rules/pack-place.ts';
import type { RuleCase } from '../rules/rule-cases.ts';
import { wilsonInterval } from '../statistics/wilson.ts';
import { formatPercent } from '../wording/format-number.ts';
import { lawText } from '../wording/law-text.ts';
import { pad, printable, truncate, wrap } from '../wording/terminal-text.ts';
import { writeStdout } from './output.ts';
import { resolveConfig } from './resolve-config.ts';
import { linesFor, styleFor, widthOf } from './terminal.ts';

/** Letters of an export that an example shows. */
const LONGEST_EXPORT = 400;

/** Prints the rules of packs; of all shipped packs when none is named. */
export async function listRules(names: readonly string[]): Promise<void> {
  const style = styleFor(process.stdout);
  const packs = await packsNamed(names);
  const blocks = packs.map((pack) => {
    const idWidth = Math.max(0, ...[...pack.rules, ...pack.off.map(({ rule }) => rule)].map(({ id }) => id.length));
    const severityWidth = Math.max(8, ...pack.rules.map((rule) => severityText(rule).length));
    const row = (id: string, severity: string, text: string): readonly string[] =>
      linesFor(process.stdout, `  ${pad(id, idWidth)}  ${pad(severity, severityWidth)}  `, printable(text));
    const rules = pack.rules.flatMap((rule) => row(rule.id, severityText(rule), rule.title));
    const off = pack.off.flatMap(({ rule, reason }) => row(rule.id, 'off', reason));
    return [...packHead(pack, style), ...rules, ...off].join('\n');
  });
  await writeStdout(`${blocks.join('\n\n')}\n`);
}

function packHead({ id, version, shown, jurisdiction }: RulePack, style: Style): readonly string[] {
  const where = jurisdiction === null ? '' : `${printable(jurisdiction)}  `;
  return linesFor(
    process.stdout,
    `${style.bold(printable(id))} ${version}  `,
    `${where}${style.dim(printable(shown))}`,
  );
}

/**
 * Prints one rule whole.
 *
 * @param names - packs to look in; all shipped packs when none is named
 * @throws {AuditError} E_RULE_NOT_FOUND with the nearest id
 */
export async function showRule(id: string, names: readonly string[]): Promise<void> {
  const packs = await packsNamed(names);
  const entries = packs.flatMap(entriesOf);
  // The pack that states a rule knows best; one that extends it may have changed it.
  const found = entries.filter(({ rule }) => rule.id === id);
  const entry = found.find(({ rule }) => rule.pack === rule.statedBy) ?? found[0];
  if (entry === undefined) {
    const ids = entries.map(({ rule }) => rule.id);
    throw new AuditError('E_RULE_NOT_FOUND', `No rule has the id "${id}".${didYouMean(id, ids)}`);
  }
  const measured = (await loadFalseAlarms())?.rules[falseAlarmKey(entry.rule)];
  await writeStdout(describeRule(entry, { state: await stateLines(id, found), measured }));
}

/** A rule as a pack has it, applied or not. */
interface Entry {
  readonly pack: RulePack;
  readonly rule: Rule;
  readonly off?: RuleOff;
}

function entriesOf(pack: RulePack): readonly Entry[] {
  return [...pack.rules.map((rule) => ({ pack, rule })), ...pack.off.map((off) => ({ pack, rule: off.rule, off }))];
}

/** Loads each pack file, which checks it, and says that it is valid. */
export async function validatePacks(files: readonly string[]): Promise<void> {
  for (const file of files) {
    const pack = await loadPack(file, process.cwd());
    await writeStdout(`${printable(file)}: valid, pack ${pack.id} ${pack.version} with ${pack.rules.length} rules\n`);
    for (const { message, location } of pack.notices) {
      const where = location === undefined ? '' : `${formatLocation(location)}: `;
      await writeStdout(`  ${printable(`${where}${message}`)}\n`);
    }
  }
}

async function packsNamed(names: readonly string[]): Promise<readonly RulePack[]> {
  return loadPacks(names.length === 0 ? await shippedPacks() : names, process.cwd());
}

/** In which packs the rule is on, off or changed, and whether the config at hand applies it. */
async function stateLines(id: string, found: readonly Entry[]): Promise<readonly string[]> {
  const on = found.filter(({ off }) => off === undefined).map(({ rule, pack }) => changedName(rule, pack));
  const off = found.flatMap((entry) => (entry.off === undefined ? [] : [`${entry.pack.id} (${entry.off.reason})`]));
  return [
    ...(on.length === 0 ? [] : [`on in ${on.join(', ')}`]),
    ...(off.length === 0 ? [] : [`off in ${off.join(', ')}`]),
    ...(await stateHere(id)),
  ];
}

function changedName(rule: Rule, { id }: RulePack): string {
  if (rule.statedBy === id) return id;
  return rule.changed === undefined ? `${id} (from ${rule.statedBy})` : `${id} (changed: ${rule.changed})`;
}

/** Nothing where there is no config. */
async function stateHere(id: string): Promise<readonly string[]> {
  const resolved = await resolveConfig(undefined, {}, process.cwd()).catch((error: unknown) => {
    if (error instanceof AuditError && error.code === 'E_CONFIG_NOT_FOUND') return undefined;
    throw error;
  });
  const config = resolved?.config;
  if (config?.file === undefined) return [];
  const packs = await loadPacks(config.packs, config.folder);
  const entries = packs.flatMap(entriesOf).filter(({ rule }) => rule.id === id);
  const on = entries.find(({ off }) => off === undefined);
  if (on !== undefined) return [`here: on, since ${config.file.shown} applies the pack ${on.pack.id}`];
  const off = entries[0]?.off;
  const why = off === undefined ? `no pack of ${config.file.shown} has it` : `${off.by} switches it off: ${off.reason}`;
  return [`here: off, since ${why}`];
}

function describeRule(
  { pack, rule }: Entry,
  { state, measured }: { readonly state: readonly string[]; readonly measured: FalseAlarms | undefined },
): string {
  const style = styleFor(process.stdout);
  const width = Math.min(widthOf(process.stdout), 100);
  const scope = typeof rule.traits === 'string' ? traitScope(rule, rule.traits) : rule.traits.join(', ');
  const [fires] = rule.cases.fires;
  const [silent] = rule.cases.silent;
  const sections: [string, string][] = [
    ['State', `${state.join('; ')}.`],
    ['Traits', scope],
    ['Severity', severityDetail(rule)],
    ['Measured', kindOf(rule).explain(rule)],
    ['Limits', limitsText(rule)],
    ['Why', rule.why],
    ['Remedy', rule.remedy],
    ...rule.law.flatMap((law): [string, string][] => [
      ['Law', law.url === undefined ? lawText(law) : `${lawText(law)} <${law.url}>`],
      ...(law.verify === undefined ? [] : [['To verify', law.verify] as [string, string]]),
    ]),
    ...(rule.verify === undefined ? [] : [['To verify', rule.verify] as [string, string]]),
    ...(fires === undefined ? [] : [['Fires on', exampleText(fires)] as [string, string]]),
    ...(silent === undefined ? [] : [['Silent on', exampleText(silent)] as [string, string]]),
    ['Own cases', falseAlarmText(rule, measured)],
    ['Source', `${pack.id} ${pack.version}, ${formatLocation(rule.location)}${basedOnText(rule)}`],
  ];
  const lines = sections.flatMap(([label, text]) =>
    wrap(printable(text), width - 12).map((line, index) => `${style.dim(pad(index === 0 ? label : '', 10))}  ${line}`),
  );
  return `${style.bold(printable(rule.title))} (${rule.id}, ${severityText(rule)})\n\n${lines.join('\n')}\n`;
}

function basedOnText({ basedOn }: Rule): string {
  return basedOn === undefined ? '' : `, based on ${basedOn}`;
}

function severityDetail(rule: Rule): string {
  const { special, ordinary } = rule.severity;
  return severityText(rule).includes('/')
    ? `${special} for special traits, ${ordinary} for others`
    : severityText(rule);
}

/** The conditions as the pack states them. */
function limitsText({ when }: Rule): string {
  return Object.entries(when)
    .map(([key, value]) => `${key}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ');
}

function exampleText({ name, note, export: exported }: RuleCase): string {
  const what = name === undefined ? truncate(JSON.stringify(exported), LONGEST_EXPORT) : `"${name}"`;
  return note === undefined ? what : `${note}: ${what}`;
}

function falseAlarmText({ kind }: Rule, measured: FalseAlarms | undefined): string {
  if (measured === undefined)
    return 'How often it fires where it should not is not measured for this rule and these thresholds.';
  const { cases, fired } = measured;
  const interval = wilsonInterval(fired, cases);
  if (interval === null) return 'No case of the project shows how often it fires where it should not.';
  return (
    `False alarms on ${fired} of ${cases} ${cases === 1 ? 'case' : 'cases'} on which shipped rules that ask the same (${kind}) have to be silent: ` +
    `${formatPercent(fired / cases)} (95 % interval ${formatPercent(interval.lower)} to ${formatPercent(interval.upper)}). ` +
    'The project wrote these cases to try its rules, and every release passes its own: how often the rule is wrong on your segments, they do not tell.'
  );
}

function traitScope({ specialTraits }: Rule, scope: 'special' | 'ordinary' | 'any'): string {
  switch (scope) {
    case 'special':
      return specialTraits.join(', ');
    case 'ordinary':
      return `every trait that the pack does not call special (${specialTraits.join(', ')})`;
    case 'any':
      return 'every trait';
  }
}
