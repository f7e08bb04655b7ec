/**
 * Exports of growing size: seconds and memory of the whole process (names, sizes, association; then everything), each as a ratio to one bare pass of
 * the engine over the same file. Beside it what the engine alone takes for exact sizes, and the same work by hand: pandas, and csv-parse into JavaScript maps.
 *
 * Run: npm run bench [-- millions of assignments …] [--memory 2GiB] [--parquet] [--only-own]
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { DuckDBInstance } from '@duckdb/node-api';
import { PYTHON } from './python.mjs';

const SEGMENTS = 1_000;
/** Ten assignments a user, and a panel of a fifth of the users. */
const PER_USER = 10;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    memory: { type: 'string' },
    parquet: { type: 'boolean', default: false },
    'only-own': { type: 'boolean', default: false },
  },
});
const exports = positionals.length === 0 ? [1, 10, 100] : positionals.map(Number);
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const AUDIT = new URL('../dist/cli/main.js', import.meta.url).href;
const PLAIN = ['--set', 'leaveOut=[leakage, combinations, exposure]'];

for (const millions of exports) {
  const folder = mkdtempSync(join(tmpdir(), 'traitleak-bench-'));
  const file = (name) => join(folder, name);
  try {
    const assignments = file(values.parquet ? 'assignments.parquet' : 'assignments.csv');
    await generate(millions * 1e6, file, assignments);
    console.log(`\n${millions} million assignments, ${(statSync(assignments).size / 1e6).toFixed(0)} MB`);
    const bare = median(3, () =>
      node(queryScript(assignments, (rows) => `SELECT count(user_id), count(segment_id) FROM ${rows}`)),
    );
    show('bare pass', bare, bare);
    const sizes = (rows) => `SELECT segment_id, count(DISTINCT user_id) FROM ${rows} GROUP BY segment_id`;
    show('engine alone: exact sizes', node(queryScript(assignments, sizes)), bare);
    const audit = (settings) => node(auditScript(file, assignments, settings));
    show(
      'audit: names, sizes, association',
      median(millions > 20 ? 1 : 3, () => audit(PLAIN)),
      bare,
    );
    show('audit: everything', audit([]), bare);
    if (values['only-own'] || values.parquet) continue;
    show('pandas by hand', run(PYTHON, [here('pandas-baseline.py'), assignments, file('traits.csv')]), bare);
    show(
      'csv-parse into maps',
      run(process.execPath, [here('csv-parse-baseline.mjs'), assignments, file('traits.csv')]),
      bare,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** One query over the file, and nothing else. */
function queryScript(assignments, query) {
  const source = values.parquet
    ? `read_parquet('${assignments}')`
    : `read_csv('${assignments}', auto_detect = false, header = true, columns = {'user_id': 'VARCHAR', 'segment_id': 'VARCHAR'})`;
  return `import { DuckDBInstance } from '@duckdb/node-api';
    const connection = await (await DuckDBInstance.create(':memory:', { threads: '2' })).connect();
    await connection.runAndReadAll(${JSON.stringify(query(source))});`;
}

function auditScript(file, assignments, settings) {
  const memory = values.memory === undefined ? [] : ['--memory', values.memory];
  const args = [
    ...['audit', '-q', '--threads', '2', ...memory, ...settings, '--definitions', file('definitions.csv')],
    ...['--assignments', assignments, '--traits', file('traits.csv'), '-f', `json=${file('results.json')}`],
  ];
  return `import { main } from ${JSON.stringify(AUDIT)}; await main(${JSON.stringify(args)});`;
}

/** Runs a module in a process of its own; Linux counts the memory of the children that have ended, so the process tells its own. */
function node(script) {
  const told = `${script}\nprocess.on('exit', () => console.log('PEAK', process.resourceUsage().maxRSS / 1024));`;
  return run(process.execPath, ['--input-type=module', '-e', told]);
}

function run(command, args) {
  const start = performance.now();
  const { stdout, status } = spawnSync(command, args, {
    encoding: 'utf8',
    cwd: here('..'),
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const peak = /PEAK ([0-9.]+)/.exec(stdout ?? '')?.[1] ?? /([0-9.]+) MB/.exec(stdout ?? '')?.[1];
  return {
    seconds: (performance.now() - start) / 1000,
    peak: Number(peak),
    failed: (status !== 0 && status !== 1) || Number.isNaN(Number(peak)),
  };
}

function median(times, measure) {
  const runs = Array.from({ length: times }, measure).sort((a, b) => a.seconds - b.seconds);
  return runs[Math.floor(times / 2)];
}

function show(what, { seconds, peak, failed }, bare) {
  const figures = `${seconds.toFixed(2).padStart(8)} s  ${(seconds / bare.seconds).toFixed(1).padStart(6)} x  ${peak.toFixed(0).padStart(6)} MiB`;
  console.log(`  ${what.padEnd(34)}${failed ? '  not measured: it failed, or is not here' : figures}`);
}

async function generate(rows, file, assignments) {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2', preserve_insertion_order: 'false' });
  const connection = await instance.connect();
  const users = rows / PER_USER;
  const user = (expression) => `'u' || lpad((${expression})::VARCHAR, 8, '0')`;
  const segment = (expression) => `'s' || lpad((${expression})::VARCHAR, 5, '0')`;
  const copy = (query, path) =>
    connection.run(`COPY (${query}) TO '${path.replaceAll("'", "''")}' ${path.endsWith('.parquet') ? '' : '(HEADER)'}`);
  // Every user is in ten different segments, in an order that has nothing to do with the user.
  await copy(
    `SELECT ${user('u')} AS user_id, ${segment(`(hash(u) % ${SEGMENTS} + 97 * k) % ${SEGMENTS}`)} AS segment_id ` +
      `FROM (SELECT (i * 7919) % ${users} AS u, i // ${users} AS k FROM range(${rows}) t(i))`,
    assignments,
  );
  await copy(
    `SELECT ${user('5 * p')} AS user_id, CASE WHEN hash(p) % 20 = 0 THEN 'lgb' ELSE 'straight' END AS sexual_orientation, ` +
      `['x', 'y', 'z'][(1 + hash(p * 3) % 3)::INT] AS ethnicity FROM range(${users / 5}) t(p)`,
    file('traits.csv'),
  );
  await copy(
    `SELECT ${segment('s')} AS segment_id, 'segment ' || s AS name FROM range(${SEGMENTS}) r(s)`,
    file('definitions.csv'),
  );
  connection.closeSync();
  instance.closeSync();
}
