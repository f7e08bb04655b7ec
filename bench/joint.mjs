/**
 * Time and memory of one audit that does everything beyond single segments: leakage, pairs, lineage and exposure of 20 million assignments over 2
 * million users and 1,000 segments, with a panel of 400,000 users, and an earlier export of the same size in which every id is another and
 * three memberships in a hundred are.
 *
 * Run: npm run build && node bench/joint.mjs [assignments in millions] [parquet|csv]. Prints the time of each question to the engine; user time
 * is what the processors worked, whatever else the machine was doing.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const [millions = '20', format = 'parquet', make] = process.argv.slice(2);
const SEGMENTS = 1_000;
const users = Number(millions) * 100_000;
const folder = join(tmpdir(), `traitleak-joint-${millions}-${format}`);

if (make === 'make') await makeExports();
else await measure();

async function measure() {
  if (!existsSync(join(folder, `traits.${format}`))) {
    // In a process of its own, so that its memory does not count.
    const made = spawnSync(process.execPath, [fileURLToPath(import.meta.url), millions, format, 'make'], {
      stdio: 'inherit',
    });
    if (made.status !== 0) process.exit(made.status ?? 1);
  }
  const { audit, parseConfig } = await import('../dist/index.js');
  const file = (name) => `${name}.${format}`;
  const config = parseConfig(
    {
      assignments: file('assignments'),
      traits: { file: file('traits'), columns: { two: 'religion', six: 'political', four: 'health' } },
      previous: { assignments: file('earlier') },
      engine: { threads: 2, memory: '3GiB' },
      failOn: 'never',
    },
    { folder },
  );
  const started = performance.now();
  const before = process.cpuUsage();
  const report = await audit(config, { now: new Date(0), temporaryDirectory: async () => folder });
  const { user, system } = process.cpuUsage(before);
  const seconds = (performance.now() - started) / 1000;
  console.log(
    `audit: ${seconds.toFixed(1)} s, ${(user / 1e6).toFixed(1)} s user and ${(system / 1e6).toFixed(1)} s system time`,
  );
  console.log(`peak memory: ${(process.resourceUsage().maxRSS / 2 ** 20).toFixed(2)} GiB`);
  const renamed = report.lineage.filter(({ kind }) => kind === 'renamed').length;
  console.log(
    `${report.leakage.length} values attacked, ${JSON.stringify(report.summary.compositions)}, ${renamed} segments renamed`,
  );
  console.log(`unique by memberships: ${JSON.stringify(report.exposure?.byMemberships)}`);
}

/** Each user is in about ten segments; draws are hashes of user and place, so every run makes the same export. */
async function makeExports() {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  mkdirSync(folder, { recursive: true });
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  const connection = await instance.connect();
  const unit = (seed) => `(hash(${seed}) / 18446744073709551616.0)`;
  const isMinority = `${unit("u || '/two'")} < 0.08`;
  const anySegment = (seed) => `CAST(FLOOR(${SEGMENTS} * POW(${unit(seed)}, 1.3)) AS INTEGER)`;
  const options = format === 'csv' ? '(FORMAT csv, HEADER)' : '(FORMAT parquet)';
  const write = (name, query) => connection.run(`COPY (${query}) TO '${join(folder, `${name}.${format}`)}' ${options}`);
  // One draw in ten of the minority goes to twenty segments.
  await connection.run(
    `CREATE TABLE assignment AS SELECT DISTINCT u, CASE WHEN ${isMinority} AND ${unit("u || '/' || i || '/where'")} < 0.1 ` +
      `THEN CAST(FLOOR(20 * ${unit("u || '/' || i || '/s'")}) AS INTEGER) ELSE ${anySegment("u || '/' || i || '/s'")} END AS s ` +
      `FROM range(${users}) a(u), range(10) b(i)`,
  );
  await write('assignments', "SELECT 'user' || u AS user_id, 'segment' || s AS segment_id FROM assignment");
  const other = `CASE WHEN ${unit("u || '/' || s || '/churn'")} < 0.03 THEN ${anySegment("u || '/' || s || '/now'")} ELSE s END`;
  await write('earlier', `SELECT DISTINCT 'user' || u AS user_id, 'old' || ${other} AS segment_id FROM assignment`);
  await write(
    'traits',
    `SELECT 'user' || u AS user_id, CASE WHEN ${isMinority} THEN 'a' ELSE 'b' END AS two, ` +
      `'v' || CAST(FLOOR(6 * ${unit("u || '/six'")}) AS INTEGER) AS six, 'v' || CAST(FLOOR(4 * ${unit("u || '/four'")}) AS INTEGER) AS four ` +
      `FROM range(${users / 5}) a(u)`,
  );
  connection.closeSync();
  instance.closeSync();
}
