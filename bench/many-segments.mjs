/**
 * Many small segments: audits ready-made counts of 100,000 segments against 20 values of four traits, in a process of its own, and prints how long it
 * took to read the counts, to judge them, and to write the report; its processor time; and its largest memory.
 *
 * Run: npm run build && node bench/many-segments.mjs [segments] [-f FORMAT …] [--keep FOLDER]
 */
import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { between, generator } from './random.mjs';

/** Shares of the panel. */
const TRAITS = {
  age: { '18-24': 0.18, '25-34': 0.26, '35-44': 0.21, '45-54': 0.16, '55-64': 0.11, '65+': 0.08 },
  ethnicity_race: { asian: 0.07, black: 0.13, latino: 0.18, native: 0.01, other: 0.02, white: 0.59 },
  religion: { buddhist: 0.01, christian: 0.58, hindu: 0.02, jewish: 0.02, muslim: 0.04, none: 0.33 },
  sexual_orientation: { lgb: 0.07, straight: 0.93 },
};
const PANEL = 400_000;
/** Sizes of segments are log-normal: half have fewer panel members than this, and one in a thousand more than 25,000. */
const MEDIAN_SIZE = 180;
const SPREAD = 1.6;
const [SMALLEST, LARGEST] = [5, 50_000];
/** One segment in a hundred is a proxy of one value, which is twice to six times as frequent in it as the panel's other values. */
const PROXIES = 0.01;
/** One name in two hundred says what its segment is about. */
const TELLING = 0.005;
const TELLING_NAMES = ['gay nightlife', 'muslim prayer times', 'black barbershops', 'seniors 65+', 'lesbian weddings'];
const HARMLESS = [
  ['weekend', 'early', 'urban', 'late night', 'budget', 'premium', 'lapsed', 'frequent', 'new', 'seasonal', 'rural'],
  ['gardeners', 'cyclists', 'bakers', 'anglers', 'home cooks', 'gamers', 'runners', 'readers', 'hikers', 'knitters'],
  ['north', 'south', 'coastal', 'mobile', 'desktop', 'autumn', 'spring', 'newsletter', 'app', 'web', 'store'],
];

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    format: { type: 'string', short: 'f', multiple: true, default: ['json'] },
    keep: { type: 'string' },
  },
});
const segments = Number(positionals[0] ?? 100_000);
const folder = options.keep ?? mkdtempSync(join(tmpdir(), 'traitleak-bench-'));
mkdirSync(folder, { recursive: true });
const file = (name) => join(folder, name);

try {
  generate(segments);
  const tables = segments * Object.values(TRAITS).flatMap(Object.keys).length;
  console.log(`${segments} segments, ${tables} tables, ${megabytes('counts.csv')} MB of counts`);
  const run = audit(options.format);
  if (run.failed) console.log(`the audit failed:\n${run.stderr}`);
  else {
    const sizes = options.format.map((format) => [`${format}, MB`, megabytes(format)]);
    for (const [what, figure] of [...Object.entries(run.figures), ...sizes])
      console.log(`  ${what.padEnd(34)}${figure.padStart(9)}`);
  }
} finally {
  if (options.keep === undefined) rmSync(folder, { recursive: true, force: true });
}

/** Takes the steps of `traitleak audit`, and notes when each was done. */
function audit(formats) {
  const from = (path) => JSON.stringify(new URL(`../dist/${path}`, import.meta.url).href);
  const outputs = formats.map((format) => ({ format, path: file(format) }));
  const flags = { counts: file('counts.csv'), definitions: [file('definitions.csv')], failOn: 'never' };
  const script = `
    import { audit } from ${from('audit.js')};
    import { writeOutputs } from ${from('cli/output.js')};
    import { resolveConfig } from ${from('cli/resolve-config.js')};
    const done = { start: 0 };
    const cpu = { start: process.cpuUsage() };
    const note = (step) => { done[step] = performance.now(); cpu[step] = process.cpuUsage(); };
    note('start');
    const begins = { 'reading names': 'counted', 'making the report': 'judged' };
    const { config } = await resolveConfig(undefined, ${JSON.stringify(flags)}, ${JSON.stringify(folder)});
    const report = await audit(config, {
      now: new Date(0),
      progress: { begin: (phase) => { if (phase in begins) note(begins[phase]); } },
    });
    note('reported');
    await writeOutputs(report, ${JSON.stringify(outputs)}, { edition: 'restricted' });
    note('written');
    const seconds = (from, to) => ((done[to] - done[from]) / 1000).toFixed(2);
    const processor = (from, to) => ((cpu[to].user + cpu[to].system - cpu[from].user - cpu[from].system) / 1e6).toFixed(2);
    console.log(JSON.stringify({
      'reading the counts, s': seconds('start', 'counted'),
      'after counting: all, s': seconds('counted', 'written'),
      '  names, measures, verdicts, s': seconds('counted', 'judged'),
      '  making the report, s': seconds('judged', 'reported'),
      '  writing it, s': seconds('reported', 'written'),
      'after counting, s of processor': processor('counted', 'written'),
      '  names, measures, verdicts': processor('counted', 'judged'),
      '  making the report': processor('judged', 'reported'),
      '  writing it': processor('reported', 'written'),
      'in all, s of processor': ((cpu.written.user + cpu.written.system) / 1e6).toFixed(2),
      'largest memory, MiB': (process.resourceUsage().maxRSS / 1024).toFixed(0),
      'findings': String(report.findings.length),
      'proxies': String(report.summary.associations.proxy),
      'inconclusive': String(report.summary.associations.inconclusive),
    }));`;
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [...process.execArgv, '--input-type=module', '-e', script],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] },
  );
  return { failed: status !== 0, stderr, figures: status === 0 ? JSON.parse(stdout) : {} };
}

function generate(count) {
  const random = generator(1);
  const traits = Object.entries(TRAITS).map(([trait, shares]) => ({
    trait,
    values: Object.entries(shares).map(([value, share]) => ({ value, share, people: Math.round(share * PANEL) })),
  }));
  const all = traits.flatMap(({ values }) => values);
  const [counts, definitions] = [lines('counts.csv'), lines('definitions.csv')];
  counts.write('segment_id,trait,value,in_value,in_other,out_value,out_other');
  definitions.write('segment_id,name');
  for (let index = 0; index < count; index += 1) {
    const segment = `s${String(index).padStart(6, '0')}`;
    definitions.write(`${segment},${nameOf(random, index)}`);
    const size = Math.round(clamp(MEDIAN_SIZE * Math.exp(SPREAD * normal(random)), SMALLEST, LARGEST));
    const planted = random() < PROXIES ? all[Math.floor(random() * all.length)] : undefined;
    const strength = between(random, 2, 6);
    for (const { trait, values } of traits) {
      const members = membersByValue(random, size, values, { planted, strength });
      values.forEach(({ value, people }, place) => {
        const a = members[place];
        counts.write(`${segment},${trait},${value},${a},${size - a},${people - a},${PANEL - people - size + a}`);
      });
    }
  }
  counts.close();
  definitions.close();
}

/** Members of a segment by value of one trait: drawn one value after the other from those that are left. */
function membersByValue(random, size, values, { planted, strength }) {
  const weights = values.map((value) => value.share * (value === planted ? strength : 1));
  let left = size;
  let rest = weights.reduce((sum, weight) => sum + weight, 0);
  return values.map(({ people }, place) => {
    const isLast = place === values.length - 1;
    const drawn = isLast ? left : draw(random, left, Math.min(1, weights[place] / rest));
    rest -= weights[place];
    left -= drawn;
    return Math.min(drawn, people);
  });
}

/** Successes in so many trials: one by one where they are few, else from the normal distribution. */
function draw(random, trials, share) {
  if (trials * share * (1 - share) < 25 && trials < 200) {
    let successes = 0;
    for (let trial = 0; trial < trials; trial += 1) if (random() < share) successes += 1;
    return successes;
  }
  const expected = trials * share;
  return clamp(Math.round(expected + normal(random) * Math.sqrt(expected * (1 - share))), 0, trials);
}

function normal(random) {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

function clamp(number, least, most) {
  return Math.max(least, Math.min(most, number));
}

function nameOf(random, index) {
  if (random() < TELLING) return TELLING_NAMES[index % TELLING_NAMES.length];
  return `${HARMLESS.map((words) => words[Math.floor(random() * words.length)]).join(' ')} ${index}`;
}

/** Writes a file line by line, some megabytes at a time. */
function lines(name) {
  const descriptor = openSync(file(name), 'w');
  let text = '';
  const flush = () => {
    writeSync(descriptor, text);
    text = '';
  };
  return {
    write(line) {
      text += `${line}\n`;
      if (text.length > 1 << 22) flush();
    },
    close() {
      flush();
      closeSync(descriptor);
    },
  };
}

function megabytes(name) {
  return (statSync(file(name)).size / 1e6).toFixed(1);
}
