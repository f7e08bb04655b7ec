import { join, resolve } from 'node:path';
import type { JsonSchema } from '../documents/json-schema.ts';
import { parseDocument } from '../documents/parse-document.ts';
import { assertValid } from '../documents/validate-document.ts';
import { compareText } from '../domain/order.ts';
import type { Manifest } from '../domain/report.ts';
import { AuditError } from '../errors.ts';
import { type InputPath, toShown } from '../ingest/input-path.ts';
import { readText } from '../ingest/read-text.ts';
import type { RulePack } from './pack.ts';

/** Name of the lock file beside the config. */
const LOCK_NAME = 'traitleak.lock';

/** A pack file or a lexicon with its digest. */
interface LockedFile {
  readonly path: string;
  readonly sha256: string;
}

/** What an audit must be judged by, to the byte. */
export interface PackLock {
  readonly lockVersion: 1;
  readonly packs: readonly {
    readonly id: string;
    readonly version: string;
    /** Over the pack's file and all that it is built on. */
    readonly digest: string;
    /** The pack's own file first. */
    readonly files: readonly LockedFile[];
  }[];
  readonly lexicons: {
    readonly sha256: string;
    readonly files: readonly { readonly id: string; readonly sha256: string }[];
  };
}

const text = { type: 'string' } as const;
const sha256 = { type: 'string', pattern: '^[0-9a-f]{64}$' } as const;
const exact = (properties: Record<string, unknown>): JsonSchema => ({
  type: 'object',
  additionalProperties: false,
  required: Object.keys(properties),
  properties,
});

/** JSON Schema of a lock file. */
export const LOCK_SCHEMA: JsonSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'traitleak/lock.schema.json',
  title: 'traitleak lock file',
  description: 'Digests of the packs and lexicons that an audit must be judged by. Written by `traitleak rules lock`.',
  ...exact({
    lockVersion: { const: 1 },
    packs: {
      type: 'array',
      items: exact({
        id: text,
        version: text,
        digest: sha256,
        files: { type: 'array', items: exact({ path: text, sha256 }) },
      }),
    },
    lexicons: exact({ sha256, files: { type: 'array', items: exact({ id: text, sha256 }) } }),
  }),
};

/** Makes the lock of packs, in the order in which they are applied, and lexicons. */
export function makeLock(packs: readonly RulePack[], lexicons: Manifest['lexicons']): PackLock {
  return {
    lockVersion: 1,
    packs: packs.map(({ id, version, digest, shown, sha256: own, builtOn }) => ({
      id,
      version,
      digest,
      files: [
        { path: shown, sha256: own },
        ...builtOn.map((source) => ({ path: source.shown, sha256: source.sha256 })),
      ],
    })),
    lexicons: {
      sha256: lexicons.sha256,
      files: lexicons.files.map(({ id, sha256: digest }) => ({ id, sha256: digest })),
    },
  };
}

/** Where the lock file of a config is, or would be. */
export function lockPath({ folder, lock }: { readonly folder: string; readonly lock?: string }): string {
  return lock === undefined ? join(folder, LOCK_NAME) : resolve(folder, lock);
}

/**
 * Compares packs and lexicons with the lock file, where there is one; a file that the config names must be there.
 *
 * @returns the lock file; `undefined` where there is none
 * @throws {AuditError} E_LOCK_MISMATCH with everything that differs; E_LOCK_INVALID when the file is not a lock; E_INPUT_MISSING
 */
export async function assertLocked(
  config: { readonly folder: string; readonly lock?: string },
  packs: readonly RulePack[],
  lexicons: Manifest['lexicons'],
): Promise<InputPath | undefined> {
  const shown = toShown(config.lock ?? LOCK_NAME);
  const path = lockPath(config);
  const content = await readText(path, shown).catch((error: unknown) => {
    const isAbsent = config.lock === undefined && error instanceof AuditError && error.code === 'E_INPUT_MISSING';
    if (isAbsent) return undefined;
    throw error;
  });
  if (content === undefined) return undefined;
  const { value, locate } = parseDocument(content, shown, 'E_LOCK_INVALID');
  assertValid(value, LOCK_SCHEMA, locate, 'E_LOCK_INVALID');
  const differences = differencesOf(value as PackLock, makeLock(packs, lexicons));
  if (differences.length === 0) return { path, shown };
  throw new AuditError('E_LOCK_MISMATCH', `What would judge is not what is locked: ${differences.join('; ')}.`, {
    location: { file: shown },
  });
}

function differencesOf(locked: PackLock, found: PackLock): readonly string[] {
  const idsLocked = locked.packs.map(({ id }) => id);
  const idsFound = found.packs.map(({ id }) => id);
  const added = idsFound
    .filter((id) => !idsLocked.includes(id))
    .map((id) => `the pack ${id} is applied and not locked`);
  const gone = idsLocked.filter((id) => !idsFound.includes(id)).map((id) => `the pack ${id} is locked and not applied`);
  const isReordered = added.length + gone.length === 0 && idsLocked.join() !== idsFound.join();
  return [
    ...added,
    ...gone,
    ...(isReordered
      ? [`the packs are applied in the order ${idsFound.join(', ')}, locked as ${idsLocked.join(', ')}`]
      : []),
    ...found.packs.flatMap((pack) => {
      const before = locked.packs.find(({ id }) => id === pack.id);
      return before === undefined || before.digest === pack.digest ? [] : packDifferences(before, pack);
    }),
    ...(locked.lexicons.sha256 === found.lexicons.sha256 ? [] : lexiconDifferences(locked, found)),
  ];
}

type LockedPack = PackLock['packs'][number];

function packDifferences(before: LockedPack, after: LockedPack): readonly string[] {
  const version = before.version === after.version ? '' : ` (version ${before.version} is now ${after.version})`;
  const files = fileDifferences(before.files, after.files);
  return [`the pack ${after.id} has changed${version}: ${files.join(', ')}`];
}

function lexiconDifferences(before: PackLock, after: PackLock): readonly string[] {
  const named = (lock: PackLock): LockedFile[] =>
    lock.lexicons.files.map(({ id, sha256: digest }) => ({ path: id, sha256: digest }));
  return [`lexicons have changed: ${fileDifferences(named(before), named(after)).join(', ')}`];
}

function fileDifferences(before: readonly LockedFile[], after: readonly LockedFile[]): readonly string[] {
  const paths = [...new Set([...before, ...after].map(({ path }) => path))].sort(compareText);
  return paths.flatMap((path) => {
    const [was, is] = [before, after].map((files) => files.find((file) => file.path === path)?.sha256);
    if (was === is) return [];
    if (was === undefined) return [`${path} is new`];
    if (is === undefined) return [`${path} is gone`];
    return [`${path} was ${was.slice(0, 12)}, is ${is.slice(0, 12)}`];
  });
}
