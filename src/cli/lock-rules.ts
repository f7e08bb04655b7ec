import { relative } from 'node:path';
import { loadLexicons } from '../ingest/load-lexicons.ts';
import { loadPacks } from '../rules/load-pack.ts';
import { lockPath, makeLock } from '../rules/pack-lock.ts';
import { printable } from '../wording/terminal-text.ts';
import { writeStdout } from './output.ts';
import { filesNamedBy, refuseInputs } from './refuse-inputs.ts';
import { resolveConfig } from './resolve-config.ts';
import { writeAtomically } from './stage-files.ts';

/** Writes the lock file of a config: digests of its packs, all that they are built on, and the lexicons. */
export async function lockRules(configArgument: string | undefined): Promise<void> {
  const { config } = await resolveConfig(configArgument, {}, process.cwd());
  const packs = await loadPacks(config.packs, config.folder);
  const { record } = await loadLexicons();
  const lock = makeLock(packs, record);
  const path = lockPath(config);
  const { lock: _own, ...read } = config;
  await refuseInputs([{ format: 'lock', path }], filesNamedBy(read));
  await writeAtomically(path, `${JSON.stringify(lock, undefined, 2)}\n`);
  const files = new Set(lock.packs.flatMap((pack) => pack.files.map((file) => file.path))).size;
  const shown = printable(relative(process.cwd(), path) || path);
  await writeStdout(
    `${shown}: locked ${lock.packs.map(({ id }) => id).join(', ')} (${files} ${files === 1 ? 'file' : 'files'}) and ${record.files.length} lexicons\n`,
  );
}
