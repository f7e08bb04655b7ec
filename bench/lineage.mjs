/**
 * Measures lineage and exposure on a made-up export of 20 million assignments (2 million users, 1,000 segments), twice: the second release has other
 * ids and 3 % other members. `npm run build && node bench/lineage.mjs [users] [segments] [folder]`
 */
import { createWriteStream, existsSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDuckDbCountSource } from '../dist/engine/duckdb/duckdb-count-source.js';
import { measureLineage } from '../dist/evidence/lineage.js';

const [users = '2000000', segments = '1000', folder = join(tmpdir(), 'traitleak-lineage')] = process.argv.slice(2);
const MEMBERSHIPS = 10;
const CHURN = 0.03;

await makeExports();
await measure();

async function makeExports() {
  mkdirSync(folder, { recursive: true });
  if (existsSync(join(folder, 'after.csv'))) return;
  let state = 20260117;
  const random = () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  // Squared: segments differ in size as real ones do.
  const draw = () => Math.floor(random() ** 2 * Number(segments));
  const before = createWriteStream(join(folder, 'before.csv'));
  const after = createWriteStream(join(folder, 'after.csv'));
  before.write('user_id,segment_id\n');
  after.write('user_id,segment_id\n');
  for (let user = 0; user < Number(users); user += 1) {
    const first = new Set(Array.from({ length: MEMBERSHIPS }, draw));
    const second = new Set([...first].map((segment) => (random() < CHURN ? draw() : segment)));
    const id = `u${user * 7 + 10_000_000}`;
    if (!before.write([...first].map((segment) => `${id},s${segment}\n`).join(''))) await drained(before);
    if (!after.write([...second].map((segment) => `${id},${70_000 - segment}\n`).join(''))) await drained(after);
  }
  await Promise.all([before, after].map((stream) => new Promise((done) => stream.end(done))));
}

function drained(stream) {
  return new Promise((done) => stream.once('drain', done));
}

async function measure() {
  const file = (name) => ({
    files: [
      {
        path: join(folder, name),
        shown: name,
        format: 'csv',
        delimiter: ',',
        columns: ['user_id', 'segment_id'],
      },
    ],
    userColumn: 'user_id',
    shape: { kind: 'long', column: 'segment_id' },
  });
  let started = performance.now();
  let used = process.cpuUsage();
  const lap = (what) => {
    const seconds = (performance.now() - started) / 1000;
    const { user, system } = process.cpuUsage(used);
    console.log(
      `${what.padEnd(12)} ${seconds.toFixed(1)} s, ${((user + system) / 1e6).toFixed(1)} s of processor time`,
    );
    started = performance.now();
    used = process.cpuUsage();
  };
  const source = await openDuckDbCountSource({ assignments: file('after.csv'), earlier: file('before.csv') });
  lap('load');
  const lineage = await source.countLineage([]);
  const kinds = measureLineage(lineage, { before: new Map(), after: new Map() }).map((row) => row.kind);
  lap('lineage');
  const exposure = await source.countExposure();
  lap('exposure');
  await source.close();
  console.log(
    `${lineage.users} users, ${lineage.rows} earlier rows; ${kinds.filter((kind) => kind === 'renamed').length} renamed`,
  );
  console.log(`unique: ${exposure.uniqueUsers}; ${JSON.stringify(exposure.byMemberships)}`);
  console.log(`peak memory ${(process.resourceUsage().maxRSS / 2 ** 20).toFixed(2)} GiB`);
}
