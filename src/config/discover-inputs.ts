import { readdir } from 'node:fs/promises';
import { compareText } from '../domain/order.ts';
import { AuditError, messageOf } from '../errors.ts';

/** Usual file names by the role they play, without their ending. */
const FILE_NAMES = {
  definitions: ['definitions', 'segments', 'clusters', 'audiences'],
  assignments: ['assignments', 'memberships', 'members'],
  traits: ['traits', 'panel'],
  consent: ['consent', 'consents'],
} as const;

const ROWS = [
  '.csv',
  '.csv.gz',
  '.csv.zst',
  '.tsv',
  '.tsv.gz',
  '.tsv.zst',
  '.jsonl',
  '.jsonl.gz',
  '.jsonl.zst',
  '.parquet',
];

const ENDINGS = {
  definitions: ['.csv', '.tsv', '.json', '.jsonl', '.yaml', '.yml'],
  assignments: ROWS,
  traits: ROWS,
  consent: ROWS,
} as const;

type Role = keyof typeof FILE_NAMES;

/**
 * Recognises the inputs of an audit in a folder by their usual names.
 *
 * @returns a config value with the files that were found and a note for each; undefined when there is none
 * @throws {AuditError} E_CONFIG_INVALID when two files could play the same role
 */
export async function discoverInputs(
  folder: string,
): Promise<{ config: Record<Role, string>; notes: readonly string[] } | undefined> {
  const files = await list(folder);
  const chosen = (Object.keys(FILE_NAMES) as Role[]).flatMap((role): [Role, string][] => {
    const candidates = FILE_NAMES[role]
      .flatMap((name) => ENDINGS[role].map((ending) => `${name}${ending}`))
      .filter((name) => files.includes(name));
    if (candidates.length > 1) {
      throw new AuditError(
        'E_CONFIG_INVALID',
        `Several files in ${folder} could hold the ${role}: ${candidates.join(', ')}.`,
        {
          hint: `Name one with --${role}, or write a traitleak.yaml.`,
        },
      );
    }
    return candidates.map((candidate) => [role, candidate]);
  });
  if (chosen.length === 0) return undefined;
  return {
    config: Object.fromEntries(chosen) as Record<Role, string>,
    notes: chosen.map(([role, file]) => `${role}: ${file} (recognised by its name)`),
  };
}

async function list(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).sort(compareText);
  } catch (cause) {
    throw new AuditError('E_CONFIG_NOT_FOUND', `The folder ${folder} cannot be read: ${messageOf(cause)}.`, { cause });
  }
}
