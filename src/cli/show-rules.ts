import { didYouMean } from '../did-you-mean.ts';
import { formatLocation } from '../domain/location.ts';
import { AuditError } from '../errors.ts';
import { kindOf } from '../rules/judge-evidence.ts';
import { loadPack, loadPacks } from '../rules/load-pack.ts';
import { type Rule, type RulePack, severityText } from '../rules/pack.ts';
import { shippedPacks } from '../rules/pack-place.ts';
import { pad, printable, wrap } from '../wording/terminal-text.ts';
import { writeStdout } from './output.ts';
import { styleFor, widthOf } from './terminal.ts';

/** Prints the rules of packs; of all shipped packs when none is named. */
export async function listRules(names: readonly string[]): Promise<void> {
  const style = styleFor(process.stdout);
  const packs = await packsNamed(names);
  const blocks = packs.map((pack) => {
    const idWidth = Math.max(0, ...[...pack.rules, ...pack.off.map(({ rule }) => rule)].map(({ id }) => id.length));
    const severityWidth = Math.max(8, ...pack.rules.map((rule) => severityText(rule).length));
    const rules = pack.rules.map(
      (rule) => `  ${pad(rule.id, idWidth)}  ${pad(severityText(rule), severityWidth)}  ${rule.title}`,
    );
    const off = pack.off.map(
      ({ rule, reason }) => `  ${pad(rule.id, idWidth)}  ${pad('off', severityWidth)}  ${reason}`,
    );
    const head = `${style.bold(printable(pack.id))} ${pack.version}  ${style.dim(printable(pack.shown))}`;
    return [head, ...[...rules, ...off].map(printable)].join('\n');
  });
  await writeStdout(`${blocks.join('\n\n')}\n`);
}

/**
 * Prints one rule whole.
 *
 * @throws {AuditError} E_RULE_NOT_FOUND with the nearest id
 */
export async function showRule(id: string, names: readonly string[]): Promise<void> {
  const packs = await packsNamed(names);
  for (const pack of packs) {
    const rule = pack.rules.find((candidate) => candidate.id === id);
    if (rule !== undefined) return writeStdout(describeRule(pack, rule));
  }
  const ids = packs.flatMap((pack) => pack.rules.map((rule) => rule.id));
  throw new AuditError('E_RULE_NOT_FOUND', `No rule has the id "${id}".${didYouMean(id, ids)}`);
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

function describeRule(pack: RulePack, rule: Rule): string {
  const style = styleFor(process.stdout);
  const width = Math.min(widthOf(process.stdout), 100);
  const scope = typeof rule.traits === 'string' ? traitScope(pack, rule.traits) : rule.traits.join(', ');
  const sections: [string, string][] = [
    ['Traits', scope],
    ['Measured', kindOf(rule).explain(rule)],
    ['Why', rule.why],
    ['Remedy', rule.remedy],
    ...rule.law.map((law): [string, string] => ['Law', law.title]),
    ['Source', `${pack.id} ${pack.version}, ${formatLocation(rule.location)}`],
  ];
  const lines = sections.flatMap(([label, text]) =>
    wrap(printable(text), width - 12).map((line, index) => `${style.dim(pad(index === 0 ? label : '', 10))}  ${line}`),
  );
  return `${style.bold(printable(rule.title))} (${rule.id}, ${severityText(rule)})\n\n${lines.join('\n')}\n`;
}

function traitScope(pack: RulePack, scope: 'special' | 'ordinary' | 'any'): string {
  switch (scope) {
    case 'special':
      return pack.specialTraits.join(', ');
    case 'ordinary':
      return `every trait that the pack does not call special (${pack.specialTraits.join(', ')})`;
    case 'any':
      return 'every trait';
  }
}
