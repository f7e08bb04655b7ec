import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { beforeAll, describe, expect, test } from 'vitest';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

interface PackedFile {
  readonly path: string;
  readonly size: number;
}

/** Files that `npm publish` would ship. */
async function packedFiles(): Promise<readonly PackedFile[]> {
  const { stdout } = await execa('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: root });
  const [packed] = JSON.parse(stdout) as { files: PackedFile[] }[];
  return packed!.files;
}

/** What a disk gives to a file or folder at least, and in steps of which: a block. */
const BLOCK = 4096;

interface Weight {
  readonly bytes: number;
  /** What `du` counts. */
  readonly onDisk: number;
}

const NOTHING: Weight = { bytes: 0, onDisk: 0 };
const ofFile = (size: number): Weight => ({ bytes: size, onDisk: Math.ceil(size / BLOCK) * BLOCK });
const sum = (weights: readonly Weight[]): Weight =>
  weights.reduce((x, y) => ({ bytes: x.bytes + y.bytes, onDisk: x.onDisk + y.onDisk }), NOTHING);

function weightOfFolder(folder: string): Weight {
  const entries = readdirSync(folder, { withFileTypes: true }).map((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? weightOfFolder(path) : ofFile(statSync(path).size);
  });
  return sum([{ bytes: 0, onDisk: BLOCK }, ...entries]);
}

/** The package itself, once installed. */
function weightOfFiles(files: readonly PackedFile[]): Weight {
  const folders = new Set(
    files.flatMap(({ path }) => path.split('/').map((_, depth, steps) => steps.slice(0, depth).join('/'))),
  );
  return sum([...files.map(({ size }) => ofFile(size)), ...[...folders].map(() => ({ bytes: 0, onDisk: BLOCK }))]);
}

/** Folders of the packages that the shipped code imports, and of those that these need; the engine aside. */
function neededPackages(files: readonly PackedFile[]): readonly string[] {
  const imported = files
    .filter(({ path }) => path.endsWith('.js'))
    .flatMap(({ path }) => [
      ...readFileSync(join(root, path), 'utf8').matchAll(/(?:from|import)[ (]*'((?:@[\w.-]+\/)?[a-z][\w.-]*)[^'\n]*'/g),
    ])
    .map(([, name = '']) => name);
  const found = new Map<string, string>();
  const follow = (name: string, from: string): void => {
    if (name.startsWith('@duckdb/') || found.has(name)) return;
    const nested = join(from, 'node_modules', name);
    const folder = existsSync(nested) ? nested : join(root, 'node_modules', name);
    if (!existsSync(folder)) return;
    found.set(name, folder);
    const { dependencies = {} } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    for (const dependency of Object.keys(dependencies)) follow(dependency, folder);
  };
  for (const name of new Set(imported)) follow(name, root);
  return [...found.values()];
}

describe('the package', () => {
  let files: readonly PackedFile[];

  beforeAll(async () => {
    files = await packedFiles();
  });

  test('ships the program, its compiled lexicons, schemas, packs and fixtures, and no test or source', () => {
    const paths = files.map(({ path }) => path);
    expect(paths).toEqual(
      expect.arrayContaining([
        'bin/traitleak.js',
        'dist/lexicons.json.gz',
        'dist/schemas/results.schema.json',
        'rules/packs/recommended.yaml',
        'fixtures/named/definitions.csv',
      ]),
    );
    expect(paths.filter((path) => /^(test|src|bench|node_modules)\//.test(path))).toEqual([]);
  });

  test('ships every type that its types import', () => {
    const shipped = new Set(files.map(({ path }) => path));
    const seen = new Set<string>();
    const follow = (path: string): void => {
      if (seen.has(path)) return;
      seen.add(path);
      for (const [, target = ''] of readFileSync(join(root, path), 'utf8').matchAll(/from '(\.[^']+)'/g))
        follow(posix.join(posix.dirname(path), target.replace(/\.[jt]s$/, '.d.ts')));
    };
    follow('dist/index.d.ts');
    expect(seen.size).toBeGreaterThan(10);
    expect([...seen].filter((path) => !shipped.has(path))).toEqual([]);
  });

  test('takes at most 15 MB with all it needs, the engine aside, also on a disk, where small files take whole blocks', () => {
    const packages = neededPackages(files);
    const { bytes, onDisk } = sum([weightOfFiles(files), ...packages.map(weightOfFolder)]);

    expect(packages.length).toBeGreaterThan(10);
    expect(bytes / 1e6).toBeLessThan(12);
    expect(onDisk / 1024).toBeLessThan(15_000);
  });
});
