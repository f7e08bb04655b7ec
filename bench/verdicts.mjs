// Times how long it takes to measure and judge tables, from tables to verdicts, on one core: node bench/verdicts.mjs [tables]  (after npm run build)
import { measureAssociations } from '../dist/evidence/associations.js';
import { EMPTY_EVIDENCE } from '../dist/evidence/evidence-set.js';
import { controlMultiplicity } from '../dist/evidence/multiplicity.js';
import { judgeEvidence } from '../dist/rules/judge-evidence.js';
import { loadPack } from '../dist/rules/load-pack.js';
import { generator } from './random.mjs';
import { randomTable } from './random-table.mjs';

const count = Number(process.argv[2] ?? 1_000_000);
const VALUES = ['a', 'b', 'c', 'd', 'e'];
const TRAITS = ['age', 'ethnicity_race', 'religion', 'sexual_orientation'];
const PANELS = [2_000, 20_000, 200_000];

const random = generator(1);
const moments = (members) => ({ members, weight: members, squaredWeight: members });
const perTrait = Math.ceil(count / TRAITS.length);
// In the order in which a count source gives them: by trait, segment and value.
const tables = Array.from({ length: count }, (_, index) => {
  const { a, b, c, d } = randomTable(random, PANELS[index % PANELS.length]);
  return {
    segment: `segment ${String(Math.floor((index % perTrait) / VALUES.length)).padStart(7, '0')}`,
    trait: TRAITS[Math.floor(index / perTrait)],
    value: VALUES[(index % perTrait) % VALUES.length],
    stratum: '',
    inValue: moments(a),
    inOther: moments(b),
    outValue: moments(c),
    outOther: moments(d),
    inUnknown: 0,
    outUnknown: 0,
  };
});
const pack = await loadPack('recommended', '.');

const before = { wall: performance.now(), cpu: process.cpuUsage() };
const measured = timed('measure', () => measureAssociations(tables, { protectedValues: new Map(), isWeighted: false }));
const control = { method: 'bh', family: 'run', level: 0.05 };
const run = timed('control multiplicity', () => controlMultiplicity(measured, control));
const { verdicts } = timed('recommended rules', () => judgeEvidence([pack], { ...EMPTY_EVIDENCE, ...run }));
report('together', before);

const counts = {};
for (const { verdict } of verdicts) counts[verdict] = (counts[verdict] ?? 0) + 1;
const exact = measured.filter(({ test }) => test === 'mid-p').length;
console.log(
  `${count} tables, ${exact} with the exact test: ${JSON.stringify(counts)}; ${Math.round(process.memoryUsage.rss() / 1e6)} MB`,
);

function timed(name, work) {
  const start = { wall: performance.now(), cpu: process.cpuUsage() };
  const result = work();
  report(name, start);
  return result;
}

function report(name, { wall, cpu }) {
  const seconds = (performance.now() - wall) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  console.log(
    `${name.padEnd(24)} ${seconds.toFixed(2).padStart(7)} s ${((user + system) / 1e6).toFixed(2).padStart(7)} s of processor`,
  );
}
