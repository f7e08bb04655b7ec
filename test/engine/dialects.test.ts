import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { DIALECTS } from '../../src/engine/sql/dialects/index.ts';
import { quoteIdentifier, quoteLiteral } from '../../src/engine/sql/quote.ts';
import { expectRefusal, traitleak } from '../command-line.ts';
import { inputFolder } from '../input-folder.ts';
import { LEXERS, readSql } from './sql-text.ts';
import { HOSTILE, hostileScenario, warehouseConfig } from './warehouse-scenarios.ts';

const IDS = DIALECTS.map(({ id }) => id);
const quotingOf = (id: string) => DIALECTS.find((dialect) => dialect.id === id)!.quoting;

async function printed(config: string, ...flags: readonly string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await traitleak(['sql', ...flags], {
    cwd: inputFolder({ 'traitleak.yaml': config }),
  });
  expect([exitCode, stderr]).toEqual([0, expect.not.stringContaining('error')]);
  return stdout;
}

describe.each(IDS)('quotes of %s', (id) => {
  const quoting = quotingOf(id);
  const rules = LEXERS[id]!;
  const texts = [
    ...HOSTILE,
    'x'.repeat(10_000),
    "'".repeat(10_000),
    '\\'.repeat(9999),
    '\u2028\u0085\u007f',
    '\ud83d',
    'E',
    "\\u0027 ' --",
  ];

  test('any text is one literal that the database reads as that text', () => {
    const check = (text: string): void => {
      expect(readSql(` ${quoteLiteral(text, quoting)} `, rules)).toEqual({
        pieces: [{ kind: 'text', content: text }],
        skeleton: ' ? ',
      });
    };

    texts.forEach(check);
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom("'", '"', '`', '\\', '\n', '\r', ';', '-', '$', '{', 'u', 'E', 'n', 'é') }),
        check,
      ),
      { seed: 11 },
    );
    expect(quoteLiteral('', quoting)).toBe("''");
  });

  test('any name is one name that the database reads as that name', () => {
    const check = (name: string): void => {
      expect(readSql(` ${quoteIdentifier(name, quoting)} `, rules)).toEqual({
        pieces: [{ kind: 'name', content: name }],
        skeleton: ' ? ',
      });
    };

    texts.forEach(check);
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, unit: fc.constantFrom("'", '"', '`', '\\', '\n', ';', '-', 'n', 'é') }),
        check,
      ),
      { seed: 12 },
    );
  });

  test('a NUL character is refused', () => {
    expect(() => quoteLiteral('a\0b', quoting)).toThrow(RangeError);
    expect(() => quoteIdentifier('a\0b', quoting)).toThrow(RangeError);
    expect(() => quoteIdentifier('', quoting)).toThrow(RangeError);
  });
});

describe.each(IDS)('the query for %s', (id) => {
  test('of the example export stays as it is', async () => {
    const { stdout } = await traitleak([
      'sql',
      'fixtures/named',
      '--dialect',
      id,
      '--assignments-table',
      'export.members',
      '--traits-table',
      'panel',
    ]);

    // The first line has the version.
    await expect(stdout.slice(stdout.indexOf('\n') + 1)).toMatchFileSnapshot(`snapshots/named-${id}.sql`);
  });

  test('holds text of the config only inside quotes, whatever it is', async () => {
    const scenario = hostileScenario({ isWeighted: true, hasScores: true });
    const hostile = await printed(warehouseConfig(scenario, id));
    const plain = await printed(
      stringify({
        warehouse: {
          dialect: id,
          assignments: { table: 'a.b', user: 'c', segment: 'd', score: 'e' },
          traits: {
            table: 'f.g',
            user: 'h',
            columns: {
              i: { trait: 'religion', protected: ['j', 'k'], unknown: ['l', 'm'] },
              n: { trait: 'age', bands: [18, 40, 65] },
              o: 'sex_gender',
            },
            strata: ['p'],
            intersections: [['religion', 'sex_gender']],
            weight: 'q',
          },
        },
      }),
    );
    const body = (script: string): string => script.slice(script.indexOf('\nWITH'));
    const [dangerous, harmless] = [hostile, plain].map((script) => readSql(body(script), LEXERS[id]!));

    expect(dangerous!.skeleton).toBe(harmless!.skeleton);
    expect(dangerous!.skeleton.slice(0, -2)).not.toMatch(/;|--|\/\*|\$|\\/);
    expect(dangerous!.skeleton.endsWith(';\n')).toBe(true);
    const names = dangerous!.pieces.map(({ content }) => content);
    for (const name of [
      'own"er',
      "assign'ments",
      'tra.its',
      'member "x"',
      "seg'ment",
      'sc`ore',
      'user\\id',
      'fai"th',
      'a;ge',
      "se'x",
      'coun--try',
    ])
      expect(names).toContain(name);
    // The comment above has no text of the config.
    expect(hostile.slice(0, hostile.indexOf('\nWITH'))).toBe(plain.slice(0, plain.indexOf('\nWITH')));
  });
});

describe('traitleak sql', () => {
  const config = stringify({ warehouse: { traits: { table: 't', columns: { faith: 'religion' } } } });

  test('prints the same bytes each time, with notes on what it assumed', async () => {
    const folder = inputFolder({ 'traitleak.yaml': config });
    const once = await traitleak(['sql', '--dialect', 'trino'], { cwd: folder });
    const again = await traitleak(['sql', '--dialect', 'trino', '-q', '-o', '-'], { cwd: folder });

    expect(again.stdout).toBe(once.stdout);
    expect(again.stderr).toBe('');
    expect(once.stderr).toContain('assignments: table assignments');
  });

  test('says in the script that the result is confidential, and how to go on', async () => {
    const script = await printed(config, '--dialect', 'postgres');

    expect(script).toContain('-- Treat the CSV as confidential');
    expect(script).toContain('--   traitleak audit --counts counts.csv');
    expect(script).toContain('psql');
  });

  test.each([
    [
      'an unknown dialect',
      ['sql', '--dialect', 'postgress'],
      'E_USAGE',
      'There is no dialect "postgress". Did you mean "postgres"?',
    ],
    ['no dialect', ['sql'], 'E_USAGE', 'No dialect is named.'],
  ])('refuses %s', async (_, args, code, message) => {
    await expectRefusal(inputFolder({ 'traitleak.yaml': config }), args, { code, message });
  });

  test('refuses a panel of which nobody says what its columns hold', async () => {
    const folder = inputFolder({ 'traitleak.yaml': 'warehouse: { traits: research.panel }\n' });

    await expectRefusal(folder, ['sql', '--dialect', 'duckdb'], {
      code: 'E_CONFIG_INVALID',
      message: 'Nothing says which columns of the panel hold which traits.',
    });
  });

  test('refuses rows that list several segments', async () => {
    const folder = inputFolder({
      'traitleak.yaml': `${config}assignments: { files: a.csv, list: { column: segments, separator: '|' } }\n`,
      'a.csv': 'user_id,segments\nu,x|y\n',
    });

    await expectRefusal(folder, ['sql', '--dialect', 'duckdb'], {
      code: 'E_USAGE',
      message: 'one row per user and segment',
    });
  });

  test('refuses a NUL character in the config as a fault of the config', async () => {
    const folder = inputFolder({
      'traitleak.yaml': 'warehouse: { traits: { table: "a\\0b", columns: { faith: religion } } }\n',
    });

    await expectRefusal(folder, ['sql', '--dialect', 'duckdb'], { code: 'E_CONFIG_INVALID', message: 'NUL character' });
  });
});
