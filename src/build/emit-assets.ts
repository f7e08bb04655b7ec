/**
 * Build step: writes into `dist/` what is made from data and code, so that the program need not make it at each start: the compiled lexicons
 * and the JSON Schemas, copies the style sheet and script of the HTML report beside its code, measures how often shipped rules fire where they
 * should not, and removes types that nobody can import.
 */
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { CONFIG_SCHEMA } from '../config/config-schema.ts';
import { BASELINE_SCHEMA } from '../ingest/baseline-schema.ts';
import { DEFINITION_SCHEMA } from '../ingest/definitions/definition-schema.ts';
import { buildLexicons } from '../ingest/read-lexicons.ts';
import { WAIVERS_SCHEMA } from '../ingest/waivers-schema.ts';
import { DIFF_SCHEMA } from '../report/diff-schema.ts';
import { RESULTS_SCHEMA } from '../report/results-schema.ts';
import { VERIFY_SCHEMA } from '../report/verify-schema.ts';
import { LOCK_SCHEMA } from '../rules/pack-lock.ts';
import { PACK_SCHEMA } from '../rules/pack-schema.ts';
import { BUILT_LEXICONS, LEXICONS_FOLDER } from '../shipped-files.ts';
import { CONTEXTS_SCHEMA, LEXICON_SCHEMA } from '../text/lexicon-schema.ts';
import { writeFalseAlarms } from './false-alarms.ts';
import { pruneTypes } from './prune-types.ts';

const SCHEMAS = {
  baseline: BASELINE_SCHEMA,
  config: CONFIG_SCHEMA,
  contexts: CONTEXTS_SCHEMA,
  definition: DEFINITION_SCHEMA,
  diff: DIFF_SCHEMA,
  lexicon: LEXICON_SCHEMA,
  lock: LOCK_SCHEMA,
  pack: PACK_SCHEMA,
  results: RESULTS_SCHEMA,
  verify: VERIFY_SCHEMA,
  waivers: WAIVERS_SCHEMA,
};

const dist = dirname(BUILT_LEXICONS);
await mkdir(join(dist, 'schemas'), { recursive: true });
for (const [name, schema] of Object.entries(SCHEMAS)) {
  await writeFile(join(dist, 'schemas', `${name}.schema.json`), `${JSON.stringify(schema, undefined, 2)}\n`);
}
const lexicons = JSON.stringify(await buildLexicons(LEXICONS_FOLDER, 'rules/lexicons'));
await writeFile(BUILT_LEXICONS, gzipSync(lexicons, { level: 9 }));

for (const file of ['report.css', 'report.js']) {
  await copyFile(new URL(`../../src/report/html/${file}`, import.meta.url), join(dist, 'report', 'html', file));
}

await writeFalseAlarms();
await pruneTypes(dist);
