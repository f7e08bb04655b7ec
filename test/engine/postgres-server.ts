import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A PostgreSQL server of its own, in a temporary folder. */
export interface PostgresServer {
  /** Runs a script with `psql --csv`; throws with what the server says. */
  readonly run: (sql: string) => string;
  readonly stop: () => void;
}

/** Folder of the server's programs, as Debian has them or on the PATH; undefined where none is installed. */
function programs(): string | undefined {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((x, y) => Number(y) - Number(x)) : [];
  const places = [...versions.map((version) => join(debian, version, 'bin')), ...(process.env.PATH ?? '').split(':')];
  return places.find((place) => ['initdb', 'pg_ctl', 'psql'].every((program) => existsSync(join(place, program))));
}

/** @returns undefined where PostgreSQL is not installed, or no user but root is there to run it */
export async function startPostgres(): Promise<PostgresServer | undefined> {
  const bin = programs();
  if (bin === undefined) return undefined;
  const isRoot = process.getuid?.() === 0;
  const account = isRoot ? otherAccount() : undefined;
  if (isRoot && account === undefined) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'traitleak-postgres-'));
  chmodSync(folder, 0o700);
  if (account !== undefined) chownSync(folder, account.uid, account.gid);
  const data = join(folder, 'data');
  const port = String(await freePort());
  const program = (name: string, args: readonly string[], input = ''): string =>
    execFileSync(join(bin, name), args, {
      ...account,
      cwd: folder,
      input,
      encoding: 'utf8',
      env: { PATH: process.env.PATH, HOME: folder, LC_ALL: 'C.UTF-8', PGCONNECT_TIMEOUT: '20' },
      stdio: ['pipe', 'pipe', 'pipe'],
      maxBuffer: 1 << 28,
    });
  program('initdb', ['--pgdata', data, '--username', 'auditor', '--auth', 'trust', '--encoding', 'UTF8', '--no-sync']);
  const options = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off`;
  program('pg_ctl', ['start', '--pgdata', data, '--wait', '--log', join(folder, 'log'), '--options', options]);
  const connection = ['--host', '127.0.0.1', '--port', port, '--username', 'auditor', '--dbname', 'postgres'];
  return {
    run: (sql) =>
      program(
        'psql',
        [...connection, '--no-psqlrc', '--quiet', '--csv', '--set', 'ON_ERROR_STOP=1', '--file', '-'],
        sql,
      ),
    stop: () => {
      program('pg_ctl', ['stop', '--pgdata', data, '--mode', 'immediate', '--wait']);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The server does not run as root. */
function otherAccount(): { readonly uid: number; readonly gid: number } | undefined {
  for (const name of ['postgres', 'nobody']) {
    try {
      const id = (flag: string): number => Number(execFileSync('id', [flag, name], { encoding: 'utf8' }));
      return { uid: id('-u'), gid: id('-g') };
    } catch {
      // The next one.
    }
  }
  return undefined;
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer();
    server.once('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address !== null ? done(address.port) : fail(new Error('no port')),
      );
    });
  });
}
