import { readdirSync, readFileSync, statSync } from 'node:fs';
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

function folderSize(folder: string): number {
  return readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
    const path = join(folder, entry.name);
    return sum + (entry.isDirectory() ? folderSize(path) : statSync(path).size);
  }, 0);
}

/** Folders of the packages that an installation without development tools gets, the engine aside. */
function runtimePackages(): readonly string[] {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { dev?: boolean; optional?: boolean }>;
  };
  return Object.entries(packages)
    .filter(([path, { dev, optional }]) => path !== '' && dev !== true && optional !== true)
    .map(([path]) => path)
    .filter((path) => !path.includes('@duckdb/'));
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

  test('takes at most 15 MB with all it depends on, the engine aside', () => {
    const own = files.reduce((sum, { size }) => sum + size, 0);
    const packages = runtimePackages();
    const others = packages.reduce((sum, path) => sum + folderSize(join(root, path)), 0);
    expect(packages.length).toBeGreaterThan(10);
    expect((own + others) / 1e6).toBeLessThan(15);
  });
});
