// Times how long judging 2x2 tables takes on one core: node bench/statistics.mjs [tables]  (after npm run build)
import { testAssociation } from '../dist/statistics/association-test.js';
import { lift, phiCoefficient, representationRatio } from '../dist/statistics/effect-sizes.js';
import { riskDifferenceScoreInterval } from '../dist/statistics/miettinen-nurminen-difference.js';
import { oddsRatioScoreInterval } from '../dist/statistics/miettinen-nurminen-odds-ratio.js';
import { representationRatioScoreInterval } from '../dist/statistics/miettinen-nurminen-ratio.js';
import { minimumDetectableRatio } from '../dist/statistics/minimum-detectable-ratio.js';
import { newcombeInterval } from '../dist/statistics/newcombe.js';
import { adjustLnP } from '../dist/statistics/p-adjust.js';
import { minimalAttainableLnP } from '../dist/statistics/tarone.js';
import { wilsonInterval } from '../dist/statistics/wilson.js';
import { generator } from './random.mjs';
import { randomTable } from './random-table.mjs';

const count = Number(process.argv[2] ?? 1_000_000);

function time(name, tables, work) {
  const start = performance.now();
  let sum = 0;
  for (const table of tables) sum += work(table);
  const milliseconds = performance.now() - start;
  const each = ((milliseconds * 1000) / tables.length).toFixed(2);
  console.log(`${name.padEnd(44)} ${(milliseconds / 1000).toFixed(2).padStart(7)} s ${each.padStart(8)} us each`);
  return sum;
}

const row = (table) => {
  const { a, b, c, d } = table;
  const intervals = [
    wilsonInterval(a, a + b),
    wilsonInterval(c, c + d),
    representationRatioScoreInterval(table),
    newcombeInterval(table),
    oddsRatioScoreInterval(table),
  ];
  const effects = (representationRatio(table) ?? 0) + (lift(table) ?? 0) + (phiCoefficient(table) ?? 0);
  const test = testAssociation(table);
  return (intervals[2]?.lower ?? 0) + effects + (test?.lnPValue ?? 0);
};

const random = generator(1);
const panels = [2_000, 20_000, 200_000];
const tables = Array.from({ length: count }, (_, index) => randomTable(random, panels[index % panels.length]));
const exact = tables.filter((table) => testAssociation(table)?.test === 'mid-p');
const small = tables.filter(({ a, b }) => a + b < 100);
console.log(`${count} tables, ${exact.length} with the exact test, ${small.length} segments below 100 users`);

time('whole row: shares, ratio, difference, odds, test', tables, row);
time('  test: mid-p or G', tables, (table) => testAssociation(table)?.lnPValue ?? 0);
time('  test: mid-p only', exact, (table) => testAssociation(table)?.lnPValue ?? 0);
time('  representation ratio, score interval', tables, (table) => representationRatioScoreInterval(table)?.lower ?? 0);
time('  odds ratio, score interval', tables, (table) => oddsRatioScoreInterval(table)?.lower ?? 0);
time('  difference, Newcombe', tables, (table) => newcombeInterval(table)?.lower ?? 0);
time(
  '  both shares, Wilson',
  tables,
  ({ a, b, c, d }) => wilsonInterval(a, a + b).lower + wilsonInterval(c, c + d).lower,
);
time('beside the row: difference, score interval', tables, (table) => riskDifferenceScoreInterval(table)?.lower ?? 0);
time('beside the row: smallest attainable p', tables, minimalAttainableLnP);
time('beside the row: minimum detectable ratio', tables, ({ a, b, c, d }) => {
  return minimumDetectableRatio({ first: a + c, second: b + d, share: (a + b) / (a + b + c + d) }).over ?? 0;
});

const lnP = tables.map((table) => testAssociation(table)?.lnPValue ?? null);
for (const method of ['bh', 'by', 'holm', 'hommel']) {
  const start = performance.now();
  adjustLnP(lnP, method);
  console.log(
    `${`adjustment of all p by ${method}`.padEnd(44)} ${((performance.now() - start) / 1000).toFixed(2).padStart(7)} s`,
  );
}
