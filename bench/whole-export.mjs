/**
 * Time and memory of what is measured on all memberships together: leakage and pairs. 20 million assignments over 2 million users and
 * 1,000 segments; a panel of 400,000 users with traits of 2, 6 and 4 values. Twenty segments go with the first trait.
 *
 * Run: npm run build && node bench/whole-export.mjs [assignments in millions]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { openDuckDbCountSource } from '../dist/engine/duckdb/duckdb-count-source.js';
import { measureAssociations } from '../dist/evidence/associations.js';
import { examineCompositions } from '../dist/examine-compositions.js';
import { examineLeakage } from '../dist/examine-leakage.js';

const SEGMENTS = 1_000;
const millions = Number(process.argv[2] ?? 20);
const users = millions * 100_000;
const panelUsers = users / 5;
const folder = mkdtempSync(join(tmpdir(), 'traitleak-bench-'));
let peak = 0;
const watch = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage().rss);
}, 100);

const timed = async (what, work) => {
  const start = performance.now();
  const result = await work();
  const gibibytes = (Math.max(peak, process.memoryUsage().rss) / 2 ** 30).toFixed(2);
  console.log(`${what}: ${((performance.now() - start) / 1000).toFixed(1)} s (peak ${gibibytes} GiB so far)`);
  return result;
};

try {
  const paths = await timed('make the export', () => makeExport(folder));
  const file = (path, columns) => ({ path, shown: path, format: 'parquet', delimiter: ',', columns });
  const trait = (name) => ({ kind: 'categorical', trait: name, column: name, unknownValues: [] });
  peak = 0;
  const source = await timed('read it', () =>
    openDuckDbCountSource(
      {
        assignments: {
          files: [file(paths.assignments, ['user_id', 'segment_id'])],
          userColumn: 'user_id',
          shape: { kind: 'long', column: 'segment_id' },
        },
        panel: {
          file: file(paths.traits, ['user_id', 'two', 'six', 'four']),
          userColumn: 'user_id',
          traits: ['two', 'six', 'four'].map(trait),
          probabilities: [],
          stratumColumns: [],
        },
      },
      { threads: 2, memoryLimit: '3GiB', temporaryDirectory: folder },
    ),
  );
  const associations = await timed('tables and associations', async () =>
    measureAssociations(await source.countTables(), { protectedValues: new Map(), isWeighted: false }),
  );
  const { leakage } = await timed('leakage', () =>
    examineLeakage(source, { associations, flagged: new Map(), boundOf: () => 0.6, parents: new Map() }),
  );
  const found = await timed('pairs', () => examineCompositions(source, associations, { level: 0.05, minCell: 11 }));
  for (const { trait: name, value, auc, removal } of leakage) {
    console.log(`  ${name} = ${value}: AUC ${auc.estimate.toFixed(3)}, ${removal.length} segments to drop`);
  }
  console.log(`  pairs: ${JSON.stringify(found?.search)}, ${found?.compositions.length} found`);
  await source.close();
} finally {
  clearInterval(watch);
  rmSync(folder, { recursive: true, force: true });
}

/** Each user is in about ten segments; draws are hashes of user and place, so every run makes the same export. */
async function makeExport(into) {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const unit = (seed) => `(hash(${seed}) / 18446744073709551616.0)`;
  const assignments = join(into, 'assignments.parquet');
  const traits = join(into, 'traits.parquet');
  const isMinority = `${unit("u || '/two'")} < 0.08`;
  await connection.run(
    'CREATE TABLE assignment AS SELECT u, CASE ' +
      // One draw in ten of the minority goes to twenty segments.
      `WHEN ${isMinority} AND ${unit("u || '/' || i || '/where'")} < 0.1 THEN CAST(FLOOR(20 * ${unit("u || '/' || i || '/s'")}) AS INTEGER) ` +
      `ELSE CAST(FLOOR(${SEGMENTS} * POW(${unit("u || '/' || i || '/s'")}, 1.3)) AS INTEGER) END AS s ` +
      `FROM range(${users}) a(u), range(10) b(i)`,
  );
  await connection.run(
    `COPY (SELECT DISTINCT 'user' || u AS user_id, 'segment' || s AS segment_id FROM assignment) TO '${assignments}' (FORMAT parquet)`,
  );
  await connection.run(
    `COPY (SELECT 'user' || u AS user_id, CASE WHEN ${isMinority} THEN 'a' ELSE 'b' END AS two, ` +
      `'v' || CAST(FLOOR(6 * ${unit("u || '/six'")}) AS INTEGER) AS six, 'v' || CAST(FLOOR(4 * ${unit("u || '/four'")}) AS INTEGER) AS four ` +
      `FROM range(${panelUsers}) a(u)) TO '${traits}' (FORMAT parquet)`,
  );
  connection.closeSync();
  instance.closeSync();
  return { assignments, traits };
}
