/**
 * Measures how well names are judged, on labelled and unlabelled lists. See bench/README.md.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse as parseCsv } from 'csv-parse/sync';
import { parse as parseYaml } from 'yaml';
import { compileLexicons } from '../dist/text/compile-lexicons.js';
import { loadCompiled } from '../dist/text/compiled-lexicons.js';
import { judgeText } from '../dist/text/judge.js';
import { CONTEXTS_SCHEMA, LEXICON_SCHEMA } from '../dist/text/lexicon-schema.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const shared = resolve(root, '../shared/data');
const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    corpus: { type: 'string', multiple: true, default: [] },
    errors: { type: 'boolean', default: false },
    flagged: { type: 'boolean', default: false },
    trait: { type: 'string' },
    lexicons: { type: 'string', default: join(root, 'rules/lexicons') },
    'no-corpora': { type: 'boolean', default: false },
    text: { type: 'string', multiple: true, default: [] },
    'skip-path': { type: 'boolean', default: false },
  },
});

/** @param {number} part @param {number} whole */
const percent = (part, whole) => (whole === 0 ? '    –' : `${((100 * part) / whole).toFixed(1).padStart(5)}%`);

function loadLexicons() {
  const folder = options.lexicons;
  const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });
  const checks = { lexicon: ajv.compile(LEXICON_SCHEMA), contexts: ajv.compile(CONTEXTS_SCHEMA) };
  const lexicons = [];
  let contexts = { contexts: {} };
  for (const name of readdirSync(folder)
    .filter((file) => /\.ya?ml$/.test(file))
    .sort()) {
    const isContexts = name === 'contexts.yaml';
    let content;
    try {
      content = parseYaml(readFileSync(join(folder, name), 'utf8'));
    } catch (error) {
      console.error(`! ${name} left out: ${String(error).split('\n')[0]}`);
      continue;
    }
    const check = isContexts ? checks.contexts : checks.lexicon;
    if (!check(content)) {
      const first = (check.errors ?? [])
        .slice(0, 5)
        .map((error) => `${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`);
      console.error(`! ${name} left out, ${check.errors?.length} schema errors:\n    ${first.join('\n    ')}`);
      continue;
    }
    if (isContexts) contexts = content;
    else lexicons.push({ name, content });
  }
  const { compiled, problems } = compileLexicons(lexicons, contexts);
  for (const problem of problems)
    console.error(`! ${problem.lexicon} ${problem.group}: "${problem.term}" ${problem.message}`);
  console.log(
    `${lexicons.length} lexicons, ${compiled.termSettings.count} terms, ${compiled.words.split('\n').length} words, ${(JSON.stringify(compiled).length / 1e6).toFixed(1)} MB`,
  );
  return loadCompiled(compiled);
}

/** @param {string} file */
const readRows = (file) =>
  parseCsv(readFileSync(file, 'utf8'), { columns: true, bom: true, relax_quotes: true, relax_column_count: true });

const GROUPS = [
  ['disguised', (source) => source === 'constructed_obfuscated'],
  ['multilingual', (source) => source === 'constructed_multilingual'],
  ['segment-style', (source) => source === 'constructed_segment_style'],
  ['press', (source) => source.startsWith('quoted_')],
  ['real', () => true],
];

/** @param {string} source */
const groupOf = (source) => GROUPS.find(([, test]) => test(source))?.[0];

/** @param {{ traits: string }} row */
const traitsOf = (row) => (row.traits ?? '').split(';').filter(Boolean).sort();

/** Matches in few words, for error lists. */
const explain = (judgement) =>
  [
    ...judgement.matches.map(
      (m) =>
        `${m.strength === 'explicit' ? '+' : '~'}${m.trait}:"${m.term}"${m.disguise ? ` (${m.disguise})` : ''} [${m.lexicon}/${m.group}]`,
    ),
    ...judgement.harmless.map(
      (m) =>
        `-${m.trait}:"${m.term}" ${m.reason === 'context' ? `unless ${m.context}` : `needs ${m.needs.slice(0, 40)}`}`,
    ),
  ].join(', ');

function scoreLabelled(file, lexicons) {
  const rows = readRows(file).map((row) => ({ ...row, group: groupOf(row.source), want: traitsOf(row) }));
  const start = performance.now();
  for (const row of rows) row.got = judgeText(row.name, lexicons);
  const seconds = (performance.now() - start) / 1000;
  console.log(`\n${basename(file)}: ${rows.length} names, ${Math.round(rows.length / seconds)} a second`);
  console.log(
    'group          names  precision  recall      F1   at least borderline   false alarms on "not"   traits right   traits agree',
  );
  for (const group of ['real', 'disguised', 'multilingual', 'segment-style', 'press', 'all']) {
    const part = rows.filter((row) => group === 'all' || row.group === group);
    if (part.length === 0) continue;
    const sensitive = part.filter((row) => row.label === 'sensitive');
    const flagged = part.filter((row) => row.got.label === 'sensitive');
    const hits = flagged.filter((row) => row.label === 'sensitive');
    const precision = hits.length / (flagged.length || 1);
    const recall = hits.length / (sensitive.length || 1);
    const harmless = part.filter((row) => row.label === 'not');
    const alarms = harmless.filter((row) => row.got.label === 'sensitive');
    const anyAlarms = harmless.filter((row) => row.got.label !== 'not');
    const seen = sensitive.filter((row) => row.got.label !== 'not');
    const exact = hits.filter((row) => [...row.got.traits].sort().join() === row.want.join());
    const touching = hits.filter((row) => row.got.traits.some((trait) => row.want.includes(trait)));
    console.log(
      `${group.padEnd(14)} ${String(part.length).padStart(5)}     ${percent(hits.length, flagged.length)}  ${percent(hits.length, sensitive.length)}  ${percent((2 * precision * recall) / (precision + recall || 1), 1)}                ${percent(seen.length, sensitive.length)}   ${percent(alarms.length, harmless.length)} (${percent(anyAlarms.length, harmless.length).trim()} any)         ${percent(exact.length, hits.length)}         ${percent(touching.length, hits.length)}`,
    );
  }
  console.log('\ntrait                     wanted  found  precision  recall   F1     false alarms on "not"');
  const traits = [...new Set(rows.flatMap((row) => [...row.want, ...row.got.traits]))].sort();
  for (const trait of traits) {
    const wanted = rows.filter((row) => row.label === 'sensitive' && row.want.includes(trait));
    const found = rows.filter((row) => row.got.label === 'sensitive' && row.got.traits.includes(trait));
    const right = found.filter((row) => row.label === 'sensitive' && row.want.includes(trait));
    const alarms = found.filter((row) => row.label === 'not');
    const precision = right.length / (found.length || 1);
    const recall = right.length / (wanted.length || 1);
    console.log(
      `${trait.padEnd(26)} ${String(wanted.length).padStart(5)}  ${String(found.length).padStart(5)}     ${percent(right.length, found.length)}  ${percent(right.length, wanted.length)} ${percent((2 * precision * recall) / (precision + recall || 1), 1)}   ${alarms.length}`,
    );
  }
  if (options.errors) listErrors(rows);
}

function listErrors(rows) {
  const about = (row) =>
    options.trait === undefined ||
    row.want.includes(options.trait) ||
    row.got.matches.some((match) => match.trait === options.trait);
  const list = (title, wrong) => {
    const found = rows.filter((row) => about(row) && wrong(row));
    console.log(`\n${title} (${found.length})`);
    for (const row of found)
      console.log(`  [${row.group}] ${row.name}  (${row.label} ${row.want.join(';')}) ${explain(row.got)}`);
  };
  list('missed: sensitive, judged less', (row) => row.label === 'sensitive' && row.got.label !== 'sensitive');
  list('false alarms: not, judged sensitive', (row) => row.label === 'not' && row.got.label === 'sensitive');
  list('borderline, judged sensitive', (row) => row.label === 'borderline' && row.got.label === 'sensitive');
  list('not, judged borderline', (row) => row.label === 'not' && row.got.label === 'borderline');
  list('borderline, judged not', (row) => row.label === 'borderline' && row.got.label === 'not');
  list(
    'traits differ',
    (row) =>
      row.label === 'sensitive' &&
      row.got.label === 'sensitive' &&
      [...row.got.traits].sort().join() !== row.want.join(),
  );
}

function scoreCorpus(file, lexicons) {
  const rows = readRows(file);
  const start = performance.now();
  const judged = rows.map((row) => ({
    name: row.name ?? row.interest_1 ?? '',
    path: row.path,
    got: judgeText(row.name ?? row.interest_1 ?? '', lexicons),
  }));
  const seconds = (performance.now() - start) / 1000;
  const sensitive = judged.filter((row) => row.got.label === 'sensitive');
  const any = judged.filter((row) => row.got.label !== 'not');
  console.log(
    `${basename(file).padEnd(44)} ${String(rows.length).padStart(6)}   sensitive ${percent(sensitive.length, rows.length)}   at least borderline ${percent(any.length, rows.length)}   ${Math.round(rows.length / seconds)}/s`,
  );
  if (!options.flagged) return;
  for (const row of any) {
    const matches = row.got.matches.filter((match) => options.trait === undefined || match.trait === options.trait);
    if (matches.length === 0) continue;
    console.log(
      `  ${row.name}  <- ${matches.map((m) => `${m.strength === 'explicit' ? '+' : '~'}${m.trait}:"${m.term}"${m.disguise ? ` (${m.disguise})` : ''}`).join(', ')}`,
    );
  }
}

const lexicons = loadLexicons();
if (options.text.length > 0) {
  for (const text of options.text) {
    const got = judgeText(text, lexicons);
    console.log(`${got.label.padEnd(10)} ${text}  ${got.traits.join(';')}  ${explain(got)}`);
  }
} else {
  const onlyCorpora = positionals.length === 0 && options.corpus.length > 0;
  const labelled = positionals.length > 0 ? positionals : onlyCorpora ? [] : [join(shared, 'names-benchmark/dev.csv')];
  for (const file of labelled) {
    if (existsSync(file)) scoreLabelled(file, lexicons);
    else console.log(`${file}: not there, left out`);
  }
  const folder = join(shared, 'corpora');
  const corpora =
    options.corpus.length > 0 || options['no-corpora']
      ? options.corpus
      : existsSync(folder)
        ? readdirSync(folder)
            .filter((file) => file.endsWith('.csv'))
            .sort()
            .map((file) => join(folder, file))
        : [];
  if (corpora.length > 0) console.log('');
  for (const file of corpora) scoreCorpus(file, lexicons);
}
