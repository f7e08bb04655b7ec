import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AuditConfig, Examination } from '../config/config.ts';
import { parseConfig } from '../config/parse-config.ts';
import { STRATUM_COLUMNS, WEIGHT_COLUMNS } from '../ingest/column-names.ts';
import type { CaseDefinition, CaseGroup, MiniExport } from '../rules/rule-cases.ts';
import { madeUserId } from './made-user-ids.ts';

/**
 * Writes the files of a mini export, and the config that audits them.
 *
 * @param folder - where to; it is made
 * @param leaveOut - examinations that no rule at hand needs
 * @throws {AuditError} E_CONFIG_INVALID when the export makes no sense as a whole
 */
export async function writeExport(
  exported: MiniExport,
  folder: string,
  leaveOut: readonly Examination[],
): Promise<AuditConfig> {
  await mkdir(folder, { recursive: true });
  const files = filesOf(exported);
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  const has = (name: string): string | undefined => (name in files ? name : undefined);
  const previous = {
    ...optional('definitions', has('previous-definitions.json')),
    ...optional('assignments', has('previous-assignments.csv')),
  };
  const config = {
    ...optional('definitions', has('definitions.json')),
    ...optional('assignments', has('assignments.csv')),
    ...optional('counts', has('counts.csv')),
    ...(has('traits.csv') === undefined ? {} : { traits: panelConfig(exported.groups ?? []) }),
    ...(Object.keys(previous).length === 0 ? {} : { previous }),
    ...optional('consent', has('consent.csv')),
    leaveOut,
    engine: { threads: 1 },
  };
  return parseConfig(config, { folder });
}

function filesOf({ definitions, previous, groups, userIds = 'plain', counts }: MiniExport): Record<string, string> {
  const files: Record<string, string> = {};
  if (definitions !== undefined) files['definitions.json'] = definitionsText(definitions);
  if (previous?.definitions !== undefined) files['previous-definitions.json'] = definitionsText(previous.definitions);
  if (counts !== undefined) {
    const columns = Object.keys(counts[0] ?? {});
    files['counts.csv'] = csvText([columns, ...counts.map((row) => columns.map((column) => row[column] ?? ''))]);
  }
  if (groups === undefined) return files;
  const users = groups.flatMap((group) => Array.from({ length: group.users }, () => group));
  const idOf = (index: number): string => madeUserId(userIds, index);
  const memberships = (segmentsOf: (group: CaseGroup) => CaseGroup['segments']): Cell[][] =>
    users.flatMap((group, index) => (segmentsOf(group) ?? []).map((segment) => [idOf(index), segment]));
  files['assignments.csv'] = csvText([['user_id', 'segment_id'], ...memberships(({ segments }) => segments)]);
  if (groups.some(({ previousSegments }) => previousSegments !== undefined))
    files['previous-assignments.csv'] = csvText([
      ['user_id', 'segment_id'],
      ...memberships(({ previousSegments }) => previousSegments),
    ]);
  if (groups.some(({ consents }) => consents !== undefined)) {
    const rows = users.flatMap(({ consents = [] }, index) => consents.map((agreed) => [idOf(index), agreed]));
    files['consent.csv'] = csvText([['user_id', consentColumn(groups, definitions)], ...rows]);
  }
  const columns = panelColumns(groups);
  if (columns.length > 0) {
    const rows = users.flatMap(({ traits }, index) =>
      traits === undefined ? [] : [[idOf(index), ...columns.map((column) => traits[column] ?? '')]],
    );
    files['traits.csv'] = csvText([['user_id', ...columns], ...rows]);
  }
  return files;
}

function definitionsText(definitions: readonly CaseDefinition[]): string {
  return JSON.stringify(definitions.map((record) => ({ ...record, segment_id: String(record.segment_id) })));
}

/** Users agreed to purposes when every word of consent is a purpose that a definition records, else to traits. */
function consentColumn(groups: readonly CaseGroup[], definitions: MiniExport['definitions'] = []): 'trait' | 'purpose' {
  const purposes = new Set(definitions.map(({ purpose }) => purpose));
  const agreed = groups.flatMap(({ consents = [] }) => consents);
  return agreed.length > 0 && agreed.every((one) => purposes.has(one)) ? 'purpose' : 'trait';
}

function panelColumns(groups: readonly CaseGroup[]): readonly string[] {
  return [...new Set(groups.flatMap(({ traits }) => Object.keys(traits ?? {})))];
}

/** Every column is the trait of its name, but for strata, weights and probabilities, which are recognised. */
function panelConfig(groups: readonly CaseGroup[]): object {
  const isTrait = (column: string): boolean =>
    !column.includes(':') && !STRATUM_COLUMNS.includes(column) && !WEIGHT_COLUMNS.includes(column);
  const columns = panelColumns(groups);
  const traits = columns.filter(isTrait).map((column) => [column, column]);
  return {
    file: 'traits.csv',
    ...(traits.length === 0 ? {} : { columns: Object.fromEntries(traits) }),
    ...optional(
      'weight',
      columns.find((column) => WEIGHT_COLUMNS.includes(column)),
    ),
  };
}

type Cell = string | number | boolean;

function csvText(rows: readonly (readonly Cell[])[]): string {
  return rows.map((row) => `${row.map((cell) => `"${String(cell).replaceAll('"', '""')}"`).join(',')}\n`).join('');
}

function optional<Value>(key: string, value: Value | undefined): Record<string, Value> {
  return value === undefined ? {} : { [key]: value };
}
