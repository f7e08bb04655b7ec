import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { EXIT } from '../src/cli/exit.ts';
import { CONFIG_SCHEMA } from '../src/config/config-schema.ts';
import { CONFIG_NAMES } from '../src/config/find-config.ts';
import { COUNTS_COLUMNS } from '../src/engine/counts-columns.ts';
import { ERRORS } from '../src/errors.ts';
import * as columnNames from '../src/ingest/column-names.ts';
import { DEFINITION_READERS } from '../src/ingest/definitions/formats.ts';
import { readDefinitions } from '../src/ingest/definitions/read-definitions.ts';
import { RULE_KINDS } from '../src/rules/kinds/index.ts';
import { PACK_SCHEMA } from '../src/rules/pack-schema.ts';
import { auditResults, PROJECT, traitleak } from './command-line.ts';
import { csv, inputFolder } from './input-folder.ts';

const read = (file: string): string => readFileSync(join(PROJECT, file), 'utf8');
const README = read('README.md');
const INPUTS = read('docs/inputs.md');
const CONFIGURATION = read('docs/configuration.md');

/** Fenced blocks of a page: language, the name after it, and text. */
function blocks(page: string): readonly { language: string; name: string; text: string }[] {
  return [...page.matchAll(/^```(\w*) ?(.*)\n([\s\S]*?)^```$/gm)].map(([, language = '', name = '', text = '']) => ({
    language,
    name,
    text,
  }));
}

/** First blocks of a page by the file name that stands after the language. */
function examples(page: string): Readonly<Record<string, string>> {
  return Object.fromEntries(blocks(page).flatMap(({ name, text }) => (name === '' ? [] : [[name, text]])));
}

describe('the README', () => {
  const commands = blocks(README).flatMap(({ language, text }) => (language === 'sh' ? text.trim().split('\n') : []));

  test('has the two commands that continuous integration runs', () => {
    const ci = read('.ci/run');

    for (const command of [
      'npm ci && node bin/traitleak.js audit fixtures/named --fail-on never',
      'npm ci && npm test',
    ]) {
      expect(commands).toContain(command);
      expect(ci).toContain(command);
    }
  });

  test('shows what these commands print', async () => {
    const shown = blocks(README).flatMap(({ language, text }) => (language === '' ? [text] : []));
    const runs = commands.flatMap((command) => command.match(/node bin\/traitleak\.js (.*)$/)?.slice(1) ?? []);
    const printed = await Promise.all(runs.map((args) => traitleak(args.split(' '))));

    expect(shown.length).toBeGreaterThan(1);
    for (const text of shown) expect(printed.map(({ stdout }) => stdout).join('\n')).toContain(text);
  });

  test('names every exit status', () => {
    const table = README.slice(README.indexOf('## Exit status'));

    for (const status of Object.values(EXIT)) expect(table).toMatch(new RegExp(`^\\| .*\\b${status}\\b.* \\|`, 'm'));
  });

  test('names every command, and no other', async () => {
    const { stdout } = await traitleak(['--help']);
    const table = README.slice(README.indexOf('## Commands'), README.indexOf('## Exit status'));

    const listed = [...table.matchAll(/^\| `traitleak (\w+)/gm)].map(([, command]) => command);
    const real = [...stdout.matchAll(/^ {2}([a-z]+) /gm)]
      .map(([, command]) => command)
      .filter((name) => name !== 'help');
    expect(listed.sort()).toEqual(real.sort());
  });

  test('names only pages and folders that are there', () => {
    const pages = [...README.matchAll(/`((?:docs|rules|src|fixtures)\/[\w./-]*)`/g)].map(([, page]) => page!);

    expect(pages.filter((page) => !exists(page))).toEqual([]);
  });

  test('shows a config that is valid', async () => {
    const text = blocks(README).find(({ language }) => language === 'yaml')!.text;
    const users = Array.from({ length: 60 }, (_, i) => i);
    const folder = inputFolder({
      'traitleak.yaml': text,
      'clusters.csv': csv(['segment_id'], ['1']),
      'panel.csv': csv(
        ['user_id', 'orientation', 'ethnic_group'],
        ...users.map((i) => [i, 'ab'[i % 2]!, 'xy'[i % 3]!]),
      ),
    });
    const [pattern] = [parse(text).assignments as string].flat();
    const rows = csv(['user_id', 'segment_id'], ...users.map((i) => [i, i % 4]));

    const { summary } = await auditResults(folder, '--assignments', await written(folder, 'rows.csv', rows));

    expect(pattern).toContain('*');
    expect(summary.traitsTested).toEqual(['ethnicity_race', 'sexual_orientation']);
  });
});

describe('docs/inputs.md', () => {
  test('has every column name that is recognised', () => {
    const lists = Object.values(columnNames).flatMap((value): readonly string[] =>
      Array.isArray(value) ? value : typeof value === 'object' ? Object.values(value).flat() : [],
    );

    expect(lists.length).toBeGreaterThan(80);
    expect(lists.filter((name) => !INPUTS.includes(`\`${name}\``))).toEqual([]);
  });

  test('has every ending of definitions, and every column of counts', () => {
    expect(Object.keys(DEFINITION_READERS).filter((ending) => !INPUTS.includes(`\`.${ending}\``))).toEqual([]);
    expect(INPUTS).toContain(`\n${COUNTS_COLUMNS.join(',')}\n`);
  });

  test('has every error that an input can raise', () => {
    const codes = Object.keys(ERRORS).filter((code) => /^E_(INPUT|DEFINITION|PANEL|TRAIT|COUNTS)_/.test(code));

    expect(codes.filter((code) => !INPUTS.includes(`\`${code}\``))).toEqual([]);
  });

  test('has every notice on coverage', () => {
    const source = read('src/report/coverage-notices.ts');
    const codes = [...source.matchAll(/(?:warning|info)\(\s*'([a-z-]+)'/g)].map(([, code]) => code!);

    expect(codes.length).toBeGreaterThan(10);
    expect(codes.filter((code) => !INPUTS.includes(`\`${code}\``))).toEqual([]);
  });

  test('shows definitions in two formats that say the same', async () => {
    const folder = inputFolder(examples(INPUTS));
    const definitionsOf = async (file: string) => {
      const [read] = await readDefinitions([{ path: join(folder, file), shown: file }]);
      return read!.definitions.map(({ location: _, ...definition }) => definition);
    };

    const [fromCsv, fromYaml] = [await definitionsOf('definitions.csv'), await definitionsOf('definitions.yaml')];

    expect(fromYaml).toEqual(fromCsv);
    expect(fromCsv.map(({ segment }) => segment)).toEqual(['007', '8']);
  });

  test('shows an export that is recognised', async () => {
    const { 'definitions.yaml': _, 'counts.csv': __, ...files } = examples(INPUTS);

    const { summary } = await auditResults(inputFolder(files), '.', '--min-cell', '0');

    expect(Object.keys(files).sort()).toEqual(['assignments.csv', 'consent.csv', 'definitions.csv', 'traits.csv']);
    expect(summary).toMatchObject({ segments: 2, users: 2, panelUsers: 2 });
  });

  test('shows counts that are read', async () => {
    const { associations } = await auditResults(inputFolder(examples(INPUTS)), '--counts', 'counts.csv');

    expect(associations.map(({ segment, counts }) => [segment, counts.inValue])).toEqual([
      ['007', 240],
      ['8', 130],
    ]);
  });
});

describe('docs/configuration.md', () => {
  test('has every key of the schema', () => {
    const keys = keysOf(CONFIG_SCHEMA);

    expect(keys).toContain('multiplicity.method');
    expect(keys).toContain('traits.columns.*.trait');
    const missing = keys.filter((key) => {
      const shown = key.replace(/^(warehouse\.)?traits\.columns\.\*\./, '');
      return !CONFIGURATION.includes(`| \`${shown}\` |`);
    });
    expect(missing.filter((key) => !['multiplicity', 'engine'].includes(key))).toEqual([]);
  });

  test('has every flag of the command', async () => {
    const { stdout } = await traitleak(['audit', '--help']);
    const flags = [...stdout.matchAll(/^ {2}(?:-\w, )?(--[a-z-]+)/gm)].map(([, flag]) => flag!);

    expect(flags.length).toBeGreaterThan(10);
    expect(
      flags.filter((flag) => !['--help', '--debug', '--version'].includes(flag) && !CONFIGURATION.includes(flag)),
    ).toEqual([]);
  });

  test('has every name that a config may have', () => {
    for (const name of CONFIG_NAMES) expect(CONFIGURATION).toContain(`\`${name}\``);
  });

  test('shows a config that an audit runs with', async () => {
    const users = Array.from({ length: 400 }, (_, i) => i);
    const orientations = ['gay', 'lesbian', 'bi', 'straight', 'straight', 'Other'];
    const folder = inputFolder({
      'traitleak.yaml': examples(CONFIGURATION)['traitleak.yaml']!,
      'clusters.csv': csv(['segment_id', 'name'], ['1', 'gardeners'], ['2', 'drummers']),
      'memberships/a.csv': csv(['profile', 'taste'], ...users.map((i) => [i, (i % 2) + 1])),
      'panel.csv': csv(
        ['profile', 'orientation', 'years', 'ethnic_group', 'country'],
        ...users.map((i) => [i, orientations[i % 6]!, 15 + (i % 60), 'xyz'[i % 3]!, 'AB'[i % 2]!]),
      ),
    });

    const { associations, manifest } = await auditResults(folder);

    const valuesOf = (trait: string): string[] => [
      ...new Set(associations.filter((row) => row.trait === trait).map(({ value }) => value)),
    ];
    expect(valuesOf('sexual_orientation')).toEqual(['bi', 'gay', 'lesbian']);
    expect(valuesOf('age')).toEqual(['18-24', '25-39', '40-64', '65+', 'under 18']);
    expect(valuesOf('ethnicity_race')).toEqual(['x', 'y', 'z']);
    expect(manifest.thresholds.multiplicity).toEqual({ method: 'bh', family: 'run', level: 0.05 });
  });
});

test('docs/waivers-and-baseline.md shows the entry that its command writes for the example', async () => {
  const page = read('docs/waivers-and-baseline.md');
  const command = /^traitleak (waive [\s\S]*?--expires \S+)/m.exec(page)?.[1] ?? '';
  const args = [...command.replaceAll('\\\n', ' ').matchAll(/'([^']*)'|(\S+)/g)].map(
    ([, quoted, bare]) => quoted ?? bare!,
  );
  const cwd = inputFolder();
  await traitleak(['audit', join(PROJECT, 'fixtures', 'named'), '-q', '-f', 'json=results.json'], { cwd });

  const { exitCode } = await traitleak(args, { cwd });

  expect(exitCode).toBe(0);
  const shown = blocks(page).map(({ text }) => text);
  expect(shown).toContain(readFileSync(join(cwd, 'traitleak-waivers.yaml'), 'utf8'));
});

describe('docs/rule-packs.md', () => {
  const page = read('docs/rule-packs.md');

  test('shows a pack that is valid and whose cases pass', async () => {
    const folder = inputFolder(examples(page));

    const { exitCode, stdout } = await traitleak(['rules', 'test', 'our-rules.yaml', '-f', 'json'], { cwd: folder });

    const [pack] = JSON.parse(stdout).packs;
    const failed = pack.rules.filter(({ passed }: { passed: boolean }) => !passed);
    expect(failed).toEqual([]);
    expect(exitCode).toBe(0);
  });

  test('has every kind of rule, and every key of a pack, a rule, an override and an export', () => {
    expect(Object.keys(RULE_KINDS).filter((kind) => !page.includes(`**\`${kind}\`**`))).toEqual([]);
    expect(packKeys(PACK_SCHEMA).filter((key) => !page.includes(key))).toEqual([]);
    expect(packKeys(PACK_SCHEMA)).toContain('previousSegments');
  });
});

/** Every name of a property in the schema of a pack, those of conditions aside. */
function packKeys(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, inner]) => {
    if (key === 'allOf' || key === '$schema') return [];
    const names = key === 'properties' && !Array.isArray(inner) ? Object.keys(inner as object) : [];
    return [...names.filter((name) => name !== '$schema'), ...packKeys(inner)];
  });
}

async function written(folder: string, file: string, text: string): Promise<string> {
  const { writeFiles } = await import('./input-folder.ts');
  writeFiles(folder, { [file]: text });
  return file;
}

function exists(path: string): boolean {
  try {
    return readdirSync(join(PROJECT, path)).length >= 0;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOTDIR';
  }
}

interface SchemaNode {
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly additionalProperties?: SchemaNode | boolean;
  readonly oneOf?: readonly SchemaNode[];
}

/** Every key that a schema allows, with dots between the levels and `*` for a key of the user's own. */
function keysOf(node: SchemaNode, prefix = ''): string[] {
  const own = Object.entries(node.properties ?? {}).flatMap(([key, inner]) => [
    `${prefix}${key}`,
    ...keysOf(inner, `${prefix}${key}.`),
  ]);
  const free = typeof node.additionalProperties === 'object' ? keysOf(node.additionalProperties, `${prefix}*.`) : [];
  return [...own, ...free, ...(node.oneOf ?? []).flatMap((branch) => keysOf(branch, prefix))];
}
