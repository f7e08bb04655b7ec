import { dirname, relative, resolve } from 'node:path';
import type { AuditConfig } from '../config/config.ts';
import { discoverInputs } from '../config/discover-inputs.ts';
import { findConfig, isFolder } from '../config/find-config.ts';
import { applySettings } from '../config/override.ts';
import { parseConfig } from '../config/parse-config.ts';
import { parseDocument } from '../documents/parse-document.ts';
import type { Locate } from '../documents/validate-document.ts';
import { AuditError } from '../errors.ts';
import { readTextFile } from '../ingest/read-text.ts';
import { STDIN } from '../ingest/row-inputs.ts';
import type { AuditFlags } from './flags.ts';

/** A config value and where it stands, before flags are laid over it. */
interface LoadedConfig {
  readonly value: unknown;
  readonly folder: string;
  readonly file?: NonNullable<AuditConfig['file']>;
  readonly locate: Locate;
  readonly notes: readonly string[];
}

/**
 * Finds the config, lays the flags over it, and checks the result.
 *
 * @param argument - config file or folder as given; without it, the config is looked for upwards from the working directory
 * @returns the config, and notes on what was chosen
 * @throws {AuditError} E_CONFIG_NOT_FOUND, E_CONFIG_INVALID, E_USAGE
 */
export async function resolveConfig(
  argument: string | undefined,
  flags: AuditFlags,
  workingDirectory: string,
): Promise<{ readonly config: AuditConfig; readonly notes: readonly string[] }> {
  const loaded = await load(argument, flags, workingDirectory);
  const value = applySettings(applyFlags(loaded.value, flags, loaded.folder, workingDirectory), flags.set ?? []);
  const { folder, file, locate } = loaded;
  return {
    config: parseConfig(value, { folder, locate, ...(file === undefined ? {} : { file }) }),
    notes: loaded.notes,
  };
}

async function load(argument: string | undefined, flags: AuditFlags, workingDirectory: string): Promise<LoadedConfig> {
  const place = argument === undefined ? workingDirectory : resolve(workingDirectory, argument);
  if (argument !== undefined && !(await isFolder(place))) return loadFile(place, argument);
  const found = await findConfig(place, argument === undefined);
  if (found !== undefined) {
    const shown = relative(workingDirectory, found) || found;
    return { ...(await loadFile(found, shown)), notes: argument === undefined ? [`config: ${shown}`] : [] };
  }
  const fromFlags = flags.definitions !== undefined || flags.assignments !== undefined || flags.counts !== undefined;
  if (argument === undefined && fromFlags) return withoutFile({}, workingDirectory, []);
  const discovered = await discoverInputs(place);
  if (discovered === undefined) {
    throw new AuditError(
      'E_CONFIG_NOT_FOUND',
      argument === undefined
        ? 'There is no traitleak.yaml here or above, and no file that looks like definitions, assignments or traits.'
        : `The folder ${argument} holds no traitleak.yaml, and no file that looks like definitions, assignments or traits.`,
    );
  }
  return withoutFile(discovered.config, place, discovered.notes);
}

function withoutFile(value: unknown, folder: string, notes: readonly string[]): LoadedConfig {
  return { value, folder, locate: () => ({ file: 'command line' }), notes };
}

async function loadFile(path: string, shown: string): Promise<LoadedConfig> {
  const { text, sha256 } = await readTextFile(path, shown);
  const document = parseDocument(text, shown, 'E_CONFIG_INVALID');
  return {
    value: document.value,
    folder: dirname(path),
    file: { path, shown, sha256 },
    locate: document.locate,
    notes: [],
  };
}

/** Flags name files from the working directory, the config from its own folder. */
function applyFlags(value: unknown, flags: AuditFlags, folder: string, workingDirectory: string): unknown {
  const fromFolder = (path: string): string =>
    path === STDIN ? path : relative(folder, resolve(workingDirectory, path)) || '.';
  const isPath = (pack: string): boolean => /[\\/]|\.(ya?ml|json)$/i.test(pack);
  const overrides: [string, unknown][] = [
    ['definitions', flags.definitions?.map(fromFolder)],
    ['assignments.files', flags.assignments?.map(fromFolder)],
    ['assignments.format', flags.assignmentsFormat],
    ['traits.file', flags.traits === undefined ? undefined : fromFolder(flags.traits)],
    [
      'previous.definitions',
      flags.previousDefinitions === undefined ? undefined : fromFolder(flags.previousDefinitions),
    ],
    [
      'previous.assignments.files',
      flags.previousAssignments === undefined ? undefined : fromFolder(flags.previousAssignments),
    ],
    ['consent.file', flags.consent === undefined ? undefined : fromFolder(flags.consent)],
    ['counts', flags.counts === undefined ? undefined : fromFolder(flags.counts)],
    ['packs', flags.pack?.map((pack) => (isPath(pack) ? fromFolder(pack) : pack))],
    ['failOn', flags.failOn],
    ['failOnInconclusive', flags.failOnInconclusive],
    ['waivers', flags.waivers === undefined ? undefined : fromFolder(flags.waivers)],
    ['baseline', flags.baseline === undefined ? undefined : fromFolder(flags.baseline)],
    ['minCell', wholeNumber('--min-cell', flags.minCell)],
    ['selfTest', flags.selfTest],
    ['report.edition', flags.edition],
    ['report.dpEpsilon', decimal('--dp-epsilon', flags.dpEpsilon)],
    ['report.dpSecretFile', flags.dpSecretFile === undefined ? undefined : fromFolder(flags.dpSecretFile)],
    ['engine.threads', wholeNumber('--threads', flags.threads)],
    ['engine.memory', flags.memory],
  ];
  const settings = overrides.filter(([, setting]) => setting !== undefined);
  const opened = settings.reduce((config, [key]) => openMapping(config, key.split('.')[0] ?? key), value);
  return applySettings(
    opened,
    settings.map(([key, setting]) => `${key}=${JSON.stringify(setting)}`),
  );
}

/** `assignments: file`, `traits: file` and `consent: file` are short for a mapping; a flag for one key of it needs the mapping. */
function openMapping(config: unknown, key: string): unknown {
  const current = (config as Record<string, unknown> | null)?.[key];
  if ((key === 'traits' || key === 'consent') && typeof current === 'string') {
    return { ...(config as object), [key]: { file: current } };
  }
  if (key === 'assignments' && (typeof current === 'string' || Array.isArray(current))) {
    return { ...(config as object), assignments: { files: current } };
  }
  const earlier = (current as Record<string, unknown> | null | undefined)?.assignments;
  if (key === 'previous' && (typeof earlier === 'string' || Array.isArray(earlier))) {
    return { ...(config as object), previous: { ...(current as object), assignments: { files: earlier } } };
  }
  return config;
}

function wholeNumber(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^[0-9]{1,9}$/.test(text)) throw new AuditError('E_USAGE', `${flag} ${text}: expected a whole number.`);
  return Number(text);
}

function decimal(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^[0-9]{1,9}(\.[0-9]{1,9})?$/.test(text))
    throw new AuditError('E_USAGE', `${flag} ${text}: expected a decimal number, such as 0.5.`);
  return Number(text);
}
