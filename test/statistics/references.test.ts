import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const folder = new URL('../../src/statistics/', import.meta.url);
const read = (name: string) => readFileSync(new URL(name, folder), 'utf8');
const keys = [...read('REFERENCES.md').matchAll(/^## (\S+)$/gm)].map((match) => match[1]!);

test('every source that a docstring cites has its entry in REFERENCES.md', () => {
  const files = readdirSync(folder).filter((name) => name.endsWith('.ts'));
  const cited = files.flatMap((name) => [...read(name).matchAll(/REFERENCES\.md#([\w-]+)/g)].map((match) => match[1]!));

  const dangling = [...new Set(cited)].filter((key) => !keys.includes(key));

  expect(cited.length).toBeGreaterThan(0);
  expect(dangling).toEqual([]);
});

test('no entry appears twice', () => {
  expect(keys.length).toBe(new Set(keys).size);
});
