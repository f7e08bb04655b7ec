// Stops every long command with Ctrl-C at many moments of its run, and prints how long it takes to end, with which status, and what it leaves
// behind; after `npm run build`. For some commands only: `node bench/stop.mjs words check --moments 20 --segments 100000`.
import { spawn } from 'node:child_process';
import { createReadStream, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { between, generator } from './random.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    moments: { type: 'string', default: '8' },
    segments: { type: 'string', default: '60000' },
    signal: { type: 'string', default: 'SIGINT' },
    executable: { type: 'string', default: fileURLToPath(new URL('../bin/traitleak.js', import.meta.url)) },
  },
});
const MOMENTS = Number(values.moments);
const SEGMENTS = Number(values.segments);
const STATUS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 }[values.signal];

const folder = mkdtempSync(join(tmpdir(), 'traitleak-bench-'));
const out = join(folder, 'out');
const temporary = join(folder, 'tmp');
const WRITE = ['-q', '-f', 'json=out/r.json', '-f', 'html=out/r.html', '-f', 'csv=out/r.csv'];
const RUNS = {
  words: { args: ['audit', '--definitions', 'definitions.csv', ...WRITE] },
  tables: { args: ['audit', '--counts', 'counts.csv', ...WRITE] },
  rows: { args: ['audit', '--assignments', 'assignments.csv', '--traits', 'traits.csv', ...WRITE] },
  check: { args: ['check', '--format', 'jsonl'], input: 'names.txt' },
  report: { args: ['report', 'results.json', '-f', 'html=out/r.html', '-f', 'markdown=out/r.md'] },
  diff: { args: ['diff', 'results.json', 'results.json', '-f', 'text=out/d.txt'] },
  verify: { args: ['verify', 'results.json', '--rerun'] },
  baseline: { args: ['baseline', 'results.json', '-o', 'out/b.json'] },
  sql: {
    args: [
      'sql',
      '--dialect',
      'postgres',
      '--flagged-by',
      'results.json',
      '-o',
      'out/q.sql',
      '--assignments',
      'assignments.csv',
      '--traits',
      'traits.csv',
      '--assignments-table',
      'a',
      '--traits-table',
      't',
    ],
  },
  'rules test': { args: ['rules', 'test'] },
  init: { args: ['init', 'definitions.csv', 'assignments.csv', 'traits.csv', '-o', 'out/traitleak.yaml'] },
};

try {
  generate();
  mkdirSync(temporary);
  await run({ args: ['audit', '--counts', 'counts.csv', '-q', '-f', 'json=results.json', '--fail-on', 'never'] });
  console.log(`${values.signal} at ${MOMENTS} moments of each run; seconds until the process has ended`);
  for (const [name, command] of Object.entries(RUNS)) {
    if (positionals.length === 0 || positionals.includes(name)) await stopAtMoments(name, command);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function stopAtMoments(name, command) {
  const { seconds: whole, status } = await run(command);
  const stops = [];
  const faults = new Set();
  for (let moment = 0; moment < MOMENTS; moment += 1) {
    const stopped = await run(command, ((moment + 0.5) / MOMENTS) * whole * 1000);
    const left = [...readdirSync(temporary), ...readdirSync(out)];
    if (stopped.afterSignal === undefined) continue;
    stops.push(stopped.afterSignal);
    // Before the program has begun, the signal itself ends the process: a shell shows the same status.
    if (stopped.status !== STATUS && stopped.status !== values.signal) faults.add(`status ${stopped.status}`);
    if (left.length > 0) faults.add(`left ${left.join(' ')}`);
  }
  stops.sort((x, y) => x - y);
  const median = stops[Math.floor(stops.length / 2)] ?? Number.NaN;
  console.log(
    `${name.padEnd(12)} run ${whole.toFixed(1).padStart(5)} s (status ${status})  stops ${String(stops.length).padStart(2)}` +
      `  median ${median.toFixed(2)}  longest ${(stops.at(-1) ?? Number.NaN).toFixed(2)}  ${[...faults].join(', ') || 'nothing left'}`,
  );
}

/** Runs a command, and sends the signal after some milliseconds unless it has ended by then. */
async function run({ args, input }, signalAfter) {
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out);
  const start = performance.now();
  const child = spawn(process.execPath, [values.executable, ...args], {
    cwd: folder,
    env: { ...process.env, TMPDIR: temporary, CI: 'true' },
    stdio: [input === undefined ? 'ignore' : 'pipe', 'ignore', 'ignore'],
  });
  if (input !== undefined) {
    child.stdin.on('error', () => undefined);
    createReadStream(join(folder, input)).pipe(child.stdin);
  }
  let signalled;
  const timer = setTimeout(
    () => {
      signalled = performance.now();
      child.kill(values.signal);
    },
    signalAfter ?? 2 ** 30,
  );
  const status = await new Promise((done) => child.once('exit', (code, signal) => done(code ?? signal)));
  clearTimeout(timer);
  const end = performance.now();
  return {
    status,
    seconds: (end - start) / 1000,
    ...(signalled === undefined ? {} : { afterSignal: (end - signalled) / 1000 }),
  };
}

function generate() {
  const random = generator(1);
  const words = [
    'gardening',
    'LGBT',
    'moms',
    'runners',
    'alt female',
    'city',
    'Ramadan',
    'cooking',
    'news',
    'travel',
    'chess',
    'budget',
  ];
  const whole = (low, high) => Math.floor(between(random, low, high));
  const word = () => words[whole(0, words.length)];
  const names = Array.from({ length: SEGMENTS }, (_, index) => `${word()} ${word()} ${index}`);
  write('definitions.csv', [
    'segment_id,name,description',
    ...names.map((name, index) => `s${index},${name},${word()} and ${word()} and ${word()}`),
  ]);
  write('names.txt', [...names, ...names, ...names, ...names]);
  const tables = Array.from({ length: SEGMENTS / 6 }, (_, index) => index);
  write('counts.csv', [
    'segment_id,trait,value,in_value,in_other,out_value,out_other',
    ...tables.flatMap((index) => {
      const [a, b, c] = [whole(20, 90), whole(100, 900), whole(20, 90)];
      return [
        `s${index},sexual_orientation,lgbtq,${a},${b},${1000 - a},${9000 - b}`,
        `s${index},religion,muslim,${c},${a + b - c},${700 - c},${9300 - a - b + c}`,
      ];
    }),
  ]);
  const users = SEGMENTS;
  write('traits.csv', [
    'user_id,sexual_orientation,religion',
    ...Array.from(
      { length: users },
      (_, index) => `u${index},${index % 9 === 0 ? 'lgbtq' : 'straight'},${index % 7 === 0 ? 'muslim' : 'none'}`,
    ),
  ]);
  write('assignments.csv', [
    'user_id,segment_id',
    ...Array.from({ length: users * 20 }, (_, index) => `u${index % users},s${whole(0, 2000)}`),
  ]);
}

function write(name, lines) {
  writeFileSync(join(folder, name), `${lines.join('\n')}\n`);
}
