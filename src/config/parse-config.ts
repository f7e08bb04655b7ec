import { assertValid, type Locate } from '../documents/validate-document.ts';
import type { SourceLocation } from '../domain/location.ts';
import type { FailOn } from '../domain/severity.ts';
import {
  type AssignmentsConfig,
  type AuditConfig,
  DEFAULT_MIN_CELL,
  DEFAULT_MULTIPLICITY,
  type Examination,
  type Multiplicity,
  type ReportConfig,
  type TraitColumnConfig,
  type WarehouseConfig,
} from './config.ts';
import { CONFIG_SCHEMA } from './config-schema.ts';

type OneOrMore = string | readonly string[];

/** A config file as people write it. */
interface ConfigFile {
  definitions?: OneOrMore;
  assignments?: OneOrMore | (Omit<AssignmentsConfig, 'files'> & { files: OneOrMore });
  traits?:
    | string
    | {
        file: string;
        format?: AssignmentsConfig['format'];
        delimiter?: string;
        user?: string;
        columns?: Record<string, string | TraitColumnConfig>;
        strata?: readonly string[];
        weight?: string;
        intersections?: readonly (readonly [string, string])[];
      };
  previous?: { definitions?: OneOrMore; assignments?: ConfigFile['assignments'] };
  consent?: string | NonNullable<AuditConfig['consent']>;
  counts?: string;
  warehouse?: {
    dialect?: string;
    assignments?: OneOrMore | (Omit<NonNullable<WarehouseConfig['assignments']>, 'table'> & { table: OneOrMore });
    traits?:
      | OneOrMore
      | (Omit<NonNullable<WarehouseConfig['traits']>, 'table' | 'columns'> & {
          table: OneOrMore;
          columns?: Record<string, string | TraitColumnConfig>;
        });
  };
  packs?: OneOrMore;
  lock?: string;
  waivers?: string;
  baseline?: string;
  failOn?: FailOn;
  failOnInconclusive?: boolean;
  minCell?: number;
  multiplicity?: Partial<Multiplicity>;
  leaveOut?: readonly Examination[];
  report?: Partial<ReportConfig>;
  selfTest?: boolean;
  engine?: { threads?: number; memory?: string };
}

/** Where a config value comes from. */
export interface ConfigSource {
  readonly folder: string;
  readonly file?: AuditConfig['file'];
  /** Finds the place of a part, for errors; without it they name the config as a whole. */
  readonly locate?: Locate;
}

/**
 * Checks a config value and fills in the defaults.
 *
 * @param value - content of a config file after flags were laid over it
 * @param source - the folder that paths are relative to, the file, and where its parts stand
 * @throws {AuditError} E_CONFIG_INVALID with the place and, for a misspelt key, the nearest valid one
 */
export function parseConfig(value: unknown, source: ConfigSource): AuditConfig {
  const locate = source.locate ?? ((): SourceLocation => ({ file: source.file?.shown ?? 'config' }));
  assertValid(value ?? {}, CONFIG_SCHEMA, locate, 'E_CONFIG_INVALID');
  const config = (value ?? {}) as ConfigFile;
  return {
    folder: source.folder,
    ...(source.file === undefined ? {} : { file: source.file }),
    definitions: toList(config.definitions),
    assignments: parseAssignments(config.assignments),
    ...(config.traits === undefined ? {} : { traits: parseTraits(config.traits) }),
    ...(config.previous === undefined ? {} : { previous: parsePrevious(config.previous) }),
    ...(config.consent === undefined ? {} : { consent: parseConsent(config.consent) }),
    ...(config.counts === undefined ? {} : { counts: config.counts }),
    ...(config.warehouse === undefined ? {} : { warehouse: parseWarehouse(config.warehouse) }),
    ...(config.waivers === undefined ? {} : { waivers: config.waivers }),
    ...(config.baseline === undefined ? {} : { baseline: config.baseline }),
    packs: config.packs === undefined ? ['recommended'] : toList(config.packs),
    ...(config.lock === undefined ? {} : { lock: config.lock }),
    failOn: config.failOn ?? 'high',
    failOnInconclusive: config.failOnInconclusive ?? false,
    minCell: config.minCell ?? DEFAULT_MIN_CELL,
    multiplicity: { ...DEFAULT_MULTIPLICITY, ...config.multiplicity },
    leaveOut: config.leaveOut ?? [],
    report: { edition: 'restricted', ...config.report },
    selfTest: config.selfTest ?? false,
    engine: config.engine ?? {},
  };
}

function toList(value: OneOrMore | undefined): readonly string[] {
  if (value === undefined) return [];
  return typeof value === 'string' ? [value] : value;
}

function parseAssignments(value: ConfigFile['assignments']): AssignmentsConfig {
  if (value === undefined || typeof value === 'string' || !('files' in value)) return { files: toList(value) };
  return { ...value, files: toList(value.files) };
}

function parsePrevious(value: NonNullable<ConfigFile['previous']>): NonNullable<AuditConfig['previous']> {
  return { definitions: toList(value.definitions), assignments: parseAssignments(value.assignments) };
}

function parseConsent(value: NonNullable<ConfigFile['consent']>): NonNullable<AuditConfig['consent']> {
  return typeof value === 'string' ? { file: value } : value;
}

function parseTraits(value: NonNullable<ConfigFile['traits']>): NonNullable<AuditConfig['traits']> {
  if (typeof value === 'string') return { file: value, strata: 'auto', intersections: [] };
  const { columns, ...rest } = value;
  return {
    ...rest,
    strata: value.strata ?? 'auto',
    intersections: value.intersections ?? [],
    ...(columns === undefined ? {} : { columns: parseColumns(columns) }),
  };
}

function parseColumns(
  columns: Record<string, string | TraitColumnConfig>,
): Readonly<Record<string, TraitColumnConfig>> {
  return Object.fromEntries(
    Object.entries(columns).map(([column, trait]) => [column, typeof trait === 'string' ? { trait } : trait]),
  );
}

function parseWarehouse({ dialect, assignments, traits }: NonNullable<ConfigFile['warehouse']>): WarehouseConfig {
  return {
    ...(dialect === undefined ? {} : { dialect }),
    ...(assignments === undefined ? {} : { assignments: parseTable(assignments) }),
    ...(traits === undefined ? {} : { traits: parsePanelTable(traits) }),
  };
}

function parseTable(
  value: NonNullable<NonNullable<ConfigFile['warehouse']>['assignments']>,
): NonNullable<WarehouseConfig['assignments']> {
  if (typeof value === 'string' || !('table' in value)) return { table: parseTableName(value) };
  return { ...value, table: parseTableName(value.table) };
}

function parsePanelTable(
  value: NonNullable<NonNullable<ConfigFile['warehouse']>['traits']>,
): NonNullable<WarehouseConfig['traits']> {
  if (typeof value === 'string' || !('table' in value)) return { table: parseTableName(value) };
  const { columns, table, ...rest } = value;
  return {
    table: parseTableName(table),
    ...rest,
    ...(columns === undefined ? {} : { columns: parseColumns(columns) }),
  };
}

/** `schema.table` is short for its parts. */
export function parseTableName(name: OneOrMore): readonly string[] {
  return typeof name === 'string' ? name.split('.') : name;
}
