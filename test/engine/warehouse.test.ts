import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AuditReport } from '../../src/domain/report.ts';
import { openDatabase } from '../../src/engine/duckdb/database.ts';
import { DIALECTS } from '../../src/engine/sql/dialects/index.ts';
import { quoteIdentifier, quoteLiteral } from '../../src/engine/sql/quote.ts';
import { auditResults, PROJECT, traitleak } from '../command-line.ts';
import { inputFolder, writeFiles } from '../input-folder.ts';
import { type PostgresServer, startPostgres } from './postgres-server.ts';
import {
  comparable,
  directFiles,
  hostileScenario,
  type Scenario,
  toCsv,
  warehouseConfig,
} from './warehouse-scenarios.ts';

type Cells = readonly (readonly (string | number)[])[];

/** What makes a table of text columns. */
function tableSql(dialect: string, name: readonly string[], [header = [], ...rows]: Cells): string {
  const { quoting } = DIALECTS.find(({ id }) => id === dialect)!;
  const table = name.map((part) => quoteIdentifier(part, quoting)).join('.');
  const columns = header.map((column) => `${quoteIdentifier(String(column), quoting)} TEXT`).join(', ');
  // An empty cell is NULL, as when a CSV is loaded.
  const cell = (text: string | number): string => (text === '' ? 'NULL' : quoteLiteral(String(text), quoting));
  const values = rows.map((row) => `(${row.map(cell).join(', ')})`).join(',\n');
  return `CREATE TABLE ${table} (${columns});\nINSERT INTO ${table} VALUES ${values};\n`;
}

function loadSql(dialect: string, { assignments, traits }: Scenario): string {
  return [
    'DROP SCHEMA IF EXISTS "own""er" CASCADE; CREATE SCHEMA "own""er";',
    tableSql(dialect, ['own"er', "assign'ments"], assignments),
    tableSql(dialect, ['own"er', 'tra.its'], traits),
  ].join('\n');
}

async function runInDuckDb(load: string, query: string): Promise<string> {
  const database = await openDatabase();
  try {
    await database.execute(load);
    const header = [...query.matchAll(/ AS "(\w+)"/g)].map(([, name]) => name!);
    const rows = await database.rows(query);
    return toCsv([header, ...rows.map((row) => row.map(String))]);
  } finally {
    await database.close();
  }
}

/**
 * Prints the query from a config that knows the tables only, runs it, and audits what it counted; then once more with the segments that this
 * audit flagged.
 */
async function throughWarehouse(
  scenario: Scenario,
  dialect: string,
  run: (load: string, query: string) => Promise<string>,
): Promise<readonly [first: AuditReport, second: AuditReport]> {
  const folder = inputFolder({ 'traitleak.yaml': warehouseConfig(scenario, dialect) });
  const reportOf = async (...flags: readonly string[]): Promise<AuditReport> => {
    const { exitCode, stdout, stderr } = await traitleak(['sql', ...flags], { cwd: folder });
    expect(stderr).not.toContain('error');
    expect(exitCode).toBe(0);
    const counts = await run(loadSql(dialect, scenario), stdout);
    return auditResults(inputFolder({ 'counts.csv': counts }), '--counts', 'counts.csv');
  };
  const first = await reportOf();
  writeFiles(folder, { 'results.json': JSON.stringify(first) });
  return [first, await reportOf('--flagged-by', 'results.json')];
}

const SCENARIOS: readonly (readonly [string, Scenario])[] = [
  [
    'hostile names, bands, strata, unknown values and duplicates',
    hostileScenario({ isWeighted: false, hasScores: false }),
  ],
  ['the same with weights', hostileScenario({ isWeighted: true, hasScores: false })],
  ['the same with scores', hostileScenario({ isWeighted: false, hasScores: true })],
];

async function expectSameAsDirect(
  scenario: Scenario,
  [first, second]: readonly [AuditReport, AuditReport],
): Promise<void> {
  const direct = await auditResults(inputFolder(directFiles(scenario)));
  expect(direct.associations.length).toBeGreaterThan(50);
  expect(direct.findings.length).toBeGreaterThan(0);
  expect(direct.pseudoSegments.map(({ kind }) => kind)).toContain('flagged');
  expect(JSON.stringify(comparable(second), undefined, 1)).toBe(JSON.stringify(comparable(direct), undefined, 1));
  // Without the flagged segments only the groups that no segment names differ.
  const isSegment = ({ segment }: { readonly segment: string }): boolean => !segment.startsWith('traitleak:');
  expect(first.findings.filter(isSegment)).toEqual(direct.findings.filter(isSegment));
  expect(first.associations).toEqual(direct.associations);
  expect(first.distributions).toEqual(direct.distributions);
  expect(first.segments).toEqual(direct.segments);
}

describe('counts from the printed query give the findings of a direct run', () => {
  test.each(SCENARIOS)('in DuckDB: %s', async (_, scenario) => {
    await expectSameAsDirect(scenario, await throughWarehouse(scenario, 'duckdb', runInDuckDb));
  });

  test('of the example export, with its definitions', async () => {
    const file = (name: string): string => readFileSync(join(PROJECT, 'fixtures/named', name), 'utf8');
    const files = ['definitions.csv', 'assignments.csv', 'traits.csv'];
    const direct = await auditResults(inputFolder(Object.fromEntries(files.map((name) => [name, file(name)]))), '.');
    const { stdout } = await traitleak(['sql', 'fixtures/named', '--dialect', 'duckdb']);
    const path = (name: string): string => quoteLiteral(join(PROJECT, 'fixtures/named', `${name}.csv`));
    const load = ['assignments', 'traits'].map(
      (name) => `CREATE TABLE ${name} AS SELECT * FROM read_csv(${path(name)}, all_varchar = true);`,
    );
    const counts = await runInDuckDb(load.join('\n'), stdout);
    const folder = inputFolder({ 'definitions.csv': file('definitions.csv'), 'counts.csv': counts });

    const counted = await auditResults(folder, '--definitions', 'definitions.csv', '--counts', 'counts.csv');

    expect(counted.associations).toEqual(direct.associations);
    expect(counted.distributions).toEqual(direct.distributions);
    expect(counted.segments).toEqual(direct.segments);
    const needsRows = ['leakage', 'composition', 'exposure'];
    const same = ({ segment, evidence }: AuditReport['findings'][number]): boolean =>
      !segment.startsWith('traitleak:') && !evidence.some(({ kind }) => needsRows.includes(kind));
    expect(counted.findings.filter(same)).toEqual(direct.findings.filter(same));
    expect(counted.findings.filter(same).length).toBeGreaterThan(20);
  });

  describe('in PostgreSQL', () => {
    let server: PostgresServer | undefined;
    beforeAll(async () => {
      server = await startPostgres();
      if (server === undefined) console.log('PostgreSQL is not installed here: its queries are printed, but not run.');
    }, 60_000);
    afterAll(() => server?.stop());

    test.each(SCENARIOS)('%s', async (_, scenario) => {
      if (server === undefined) return;
      const { run } = server;
      const counted = await throughWarehouse(scenario, 'postgres', async (load, query) => {
        run(load);
        return run(query);
      });
      await expectSameAsDirect(scenario, counted);
    });
  });
});
