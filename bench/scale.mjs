// Times the whole audit against the same work written by hand in pandas: 1,000 segments, 200,000 labelled users, 13 million assignments.
// Prints both and their ratio; needs python3 with pandas for the second. Run it on a quiet machine: `npm run bench:scale`.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';
import { PYTHON } from './python.mjs';

const SEGMENTS = 1000;
const USERS = 200_000;
const PER_THOUSAND = 65;

const folder = mkdtempSync(join(tmpdir(), 'traitleak-bench-'));
const file = (name) => join(folder, name);
const here = (path) => fileURLToPath(new URL(path, import.meta.url));

try {
  await generate();
  // Pandas does names and single segments only, so the first run leaves out the rest; the second is the whole audit.
  const own = audit(['--set', 'leaveOut=[leakage, combinations, exposure]']);
  console.log(`traitleak audit, segments one by one: ${own.seconds.toFixed(2)} s wall, ${own.output} (seconds, MiB)`);
  const whole = audit([]);
  console.log(`traitleak audit, everything:          ${whole.seconds.toFixed(2)} s wall, ${whole.output}`);
  const pandas = run(PYTHON, [here('pandas-baseline.py'), file('assignments.csv'), file('traits.csv')]);
  if (pandas.failed) console.log('pandas: not measured (python3 with pandas is not here)');
  else
    console.log(
      `pandas by hand:                       ${pandas.seconds.toFixed(2)} s wall, ${pandas.output}\ntime ratio ${(own.seconds / pandas.seconds).toFixed(2)}`,
    );
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Runs the audit in a process of its own, which also says how much memory it took. */
function audit(settings) {
  return run(process.execPath, [
    '--input-type=module',
    '-e',
    `import { main } from ${JSON.stringify(new URL('../dist/cli/main.js', import.meta.url).href)};
     const start = performance.now();
     await main(['audit', '-q', ...process.argv.slice(1), '--definitions', ${JSON.stringify(file('definitions.csv'))}, '--assignments', ${JSON.stringify(file('assignments.csv'))},
       '--traits', ${JSON.stringify(file('traits.csv'))}, '-f', ${JSON.stringify(`json=${file('results.json')}`)}]);
     console.log((performance.now() - start) / 1000, process.resourceUsage().maxRSS / 1024);`,
    '--',
    ...settings,
  ]);
}

async function generate() {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  const connection = await instance.connect();
  const user = "'u' || lpad(u::VARCHAR, 7, '0')";
  const segment = "'s' || lpad(s::VARCHAR, 4, '0')";
  const copy = (query, name) => connection.run(`COPY (${query}) TO '${file(name).replaceAll("'", "''")}' (HEADER)`);
  await copy(
    `SELECT ${user} AS user_id, CASE WHEN hash(u) % 20 = 0 THEN 'lgb' ELSE 'straight' END AS sexual_orientation, ` +
      `['x', 'y', 'z'][(1 + hash(u * 3) % 3)::INT] AS ethnicity FROM range(${USERS}) t(u)`,
    'traits.csv',
  );
  await copy(
    `SELECT ${user} AS user_id, ${segment} AS segment_id FROM range(${USERS}) t(u), range(${SEGMENTS}) r(s) ` +
      `WHERE hash(u * 1000 + s) % 1000 < ${PER_THOUSAND}`,
    'assignments.csv',
  );
  await copy(`SELECT ${segment} AS segment_id, ${segment} AS name FROM range(${SEGMENTS}) r(s)`, 'definitions.csv');
}

function run(command, args) {
  const start = performance.now();
  const { stdout, status } = spawnSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  return {
    seconds: (performance.now() - start) / 1000,
    output: (stdout ?? '').trim(),
    failed: status !== 0 && status !== 1,
  };
}
