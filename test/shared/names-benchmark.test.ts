import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse as parseCsv } from 'csv-parse/sync';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { compileLexicons } from '../../src/text/compile-lexicons.ts';
import { type Lexicons, loadCompiled } from '../../src/text/compiled-lexicons.ts';
import { judgeText } from '../../src/text/judge.ts';
import type { ContextsFile } from '../../src/text/lexicon-schema.ts';

const root = resolve(import.meta.dirname, '../..');
const shared = resolve(root, '../shared/data');
const benchmark = join(shared, 'names-benchmark/dev.csv');
const isThere = existsSync(benchmark);
if (!isThere) console.log('names benchmark: ../shared/data is not there, left out');

interface Row {
  readonly name: string;
  readonly source: string;
  readonly label: string;
  readonly traits: string;
}

function readLexicons(): Lexicons {
  const folder = join(root, 'rules/lexicons');
  const read = (name: string) => parse(readFileSync(join(folder, name), 'utf8'));
  const lexicons = readdirSync(folder)
    .filter((name) => name.endsWith('.yaml') && name !== 'contexts.yaml')
    .sort()
    .map((name) => ({ name, content: read(name) }));
  return loadCompiled(compileLexicons(lexicons, read('contexts.yaml') as ContextsFile).compiled);
}

const readRows = (file: string): Row[] =>
  parseCsv(readFileSync(file, 'utf8'), { columns: true, bom: true, relax_column_count: true });

describe.skipIf(!isThere)('the lexicons on the development names', () => {
  let lexicons: Lexicons;
  let rows: readonly (Row & { readonly got: ReturnType<typeof judgeText> })[];

  beforeAll(() => {
    lexicons = readLexicons();
    rows = readRows(benchmark).map((row) => ({ ...row, got: judgeText(row.name, lexicons) }));
  }, 120_000);

  const recall = (test: (row: Row) => boolean): number => {
    const wanted = rows.filter((row) => row.label === 'sensitive' && test(row));
    return wanted.filter((row) => row.got.label === 'sensitive').length / wanted.length;
  };
  const isReal = (row: Row): boolean => !/^(constructed|quoted)_/.test(row.source);

  test('real names: precision, recall and their mean', () => {
    const flagged = rows.filter((row) => isReal(row) && row.got.label === 'sensitive');
    const precision = flagged.filter((row) => row.label === 'sensitive').length / flagged.length;
    const found = recall(isReal);

    expect(precision).toBeGreaterThanOrEqual(0.85);
    expect((2 * precision * found) / (precision + found)).toBeGreaterThanOrEqual(0.85);
  });

  test('harmless names: few false alarms', () => {
    const harmless = rows.filter((row) => row.label === 'not');

    expect(harmless.filter((row) => row.got.label === 'sensitive').length / harmless.length).toBeLessThanOrEqual(0.03);
  });

  test('disguised and foreign names', () => {
    expect(recall((row) => row.source === 'constructed_obfuscated')).toBeGreaterThanOrEqual(0.9);
    expect(recall((row) => row.source === 'constructed_multilingual')).toBeGreaterThanOrEqual(0.85);
  });

  test('traits of the sensitive names found', () => {
    const hits = rows.filter((row) => row.label === 'sensitive' && row.got.label === 'sensitive');
    const right = hits.filter((row) => [...row.got.traits].sort().join(';') === row.traits.split(';').sort().join(';'));

    expect(right.length / hits.length).toBeGreaterThanOrEqual(0.9);
  });

  test.each([
    ['chrome_topics_v1.csv', 0.015],
    ['google_product_taxonomy_en.csv', 0.015],
  ])('%s: a curated list is hardly ever sensitive', (file, most) => {
    const names = readRows(join(shared, 'corpora', file)).map((row) => row.name);

    expect(
      names.filter((name) => judgeText(name, lexicons).label === 'sensitive').length / names.length,
    ).toBeLessThanOrEqual(most);
  });
});
