import { createHash, randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { lstat, mkdir, readdir, readFile, readlink, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { noTemporaryPlace } from '../temporary-folder.ts';
import { announceTemporary } from './announce.ts';

/**
 * Makes a folder for the temporary files of this process that only this user may read, and clears away what processes that were killed have
 * left beside it. The name says whose it is: place, process and start of the process. The folder goes when the process exits.
 *
 * @throws {AuditError} E_OUTPUT when it cannot be made
 */
export async function openProcessFolder(): Promise<string> {
  const base = tmpdir();
  const place = await placeName();
  await removeAbandoned(base, place);
  const own = `${PREFIX}${place}-${process.pid}-${await startOf(process.pid)}-${randomBytes(6).toString('hex')}`;
  const path = join(base, own);
  await announceTemporary(path);
  await mkdir(path, { mode: 0o700 }).catch((cause: unknown) => {
    throw noTemporaryPlace(base, cause);
  });
  process.once('exit', () => rmSync(path, { recursive: true, force: true }));
  return path;
}

const PREFIX = 'traitleak-run-';

/** Process numbers mean something within one machine, one start of it, and one namespace of processes (a container has its own). */
async function placeName(): Promise<string> {
  const parts = [
    hostname(),
    await readText('/proc/sys/kernel/random/boot_id'),
    await readlink('/proc/self/ns/pid').catch(() => ''),
  ];
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 12);
}

/** When a process was started, in clock ticks of the machine; `0` where the system does not tell. */
async function startOf(pid: number): Promise<string> {
  const stat = await readText(`/proc/${pid}/stat`);
  // The second field is the name of the program in parentheses, and may hold spaces and parentheses (proc(5)).
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields[19] ?? '0';
}

async function readText(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => '');
}

/** Removes folders whose process is gone. What belongs to another machine or container is left alone: its processes cannot be seen from here. */
async function removeAbandoned(base: string, place: string): Promise<void> {
  const names = await readdir(base).catch(() => []);
  for (const name of names) {
    if (!name.startsWith(`${PREFIX}${place}-`)) continue;
    const [pid = '', start = ''] = name.slice(`${PREFIX}${place}-`.length).split('-');
    if (!/^[0-9]+$/.test(pid) || (await isRunning(Number(pid), start))) continue;
    const path = join(base, name);
    const isOwnFolder = await lstat(path).then(
      (found) => found.isDirectory() && (process.getuid === undefined || found.uid === process.getuid()),
      () => false,
    );
    // Another run may be clearing it away at the same time.
    if (isOwnFolder) await rm(path, { recursive: true, force: true }).catch(() => undefined);
  }
}

/** Is the process that has this number the one that was started then? Where the system does not tell, any process with the number counts. */
async function isRunning(pid: number, start: string): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  const now = await startOf(pid);
  return start === '0' || now === '0' || now === start;
}
