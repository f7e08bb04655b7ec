/**
 * Large results: reads results JSON the way the commands do, whole and only the findings, and writes it again; each in a process of its own, with
 * its processor time, megabytes a second and largest memory. `bench/many-segments.mjs --keep FOLDER` makes results of any size.
 *
 * Run: npm run build && node bench/large-results.mjs results.json
 */
import { spawnSync } from 'node:child_process';
import { rmSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readResults } from '../dist/cli/read-results.js';
import { stageFiles } from '../dist/cli/stage-files.js';
import { jsonPieces } from '../dist/documents/json-pieces.js';

/** Each gives the processor time that was used when what is measured began. */
const WORK = {
  'read all': async (path) => {
    const start = process.cpuUsage();
    await readResults(path);
    return start;
  },
  'read the findings': async (path) => {
    const start = process.cpuUsage();
    await readResults(path, ['findings', 'segments']);
    return start;
  },
  'write all that was read': async (path) => {
    const text = jsonPieces(await readResults(path));
    const start = process.cpuUsage();
    const staged = await stageFiles([{ path: `${path}.again`, text }]);
    await staged.publish();
    rmSync(`${path}.again`);
    return start;
  },
};

const [path, what] = process.argv.slice(2);
if (path === undefined) throw new Error('Name the results: node bench/large-results.mjs results.json');
if (what === undefined) {
  const script = fileURLToPath(import.meta.url);
  for (const each of Object.keys(WORK)) spawnSync(process.execPath, [script, path, each], { stdio: 'inherit' });
} else {
  const { user, system } = process.cpuUsage(await WORK[what](path));
  const [seconds, megabytes] = [(user + system) / 1e6, statSync(path).size / 1e6];
  const speed = `${seconds.toFixed(1)} s of processor time, ${(megabytes / seconds).toFixed(0)} MB/s`;
  const memory = (process.resourceUsage().maxRSS / 1024).toFixed(0);
  console.log(`${what}: ${megabytes.toFixed(0)} MB, ${speed}, ${memory} MB of memory`);
}
