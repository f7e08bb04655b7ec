import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { expect, test } from 'vitest';
import { ERRORS } from '../src/errors.ts';
import { PROJECT } from './command-line.ts';

interface SourceFile {
  readonly path: string;
  readonly text: string;
}

function filesIn(folder: string): readonly SourceFile[] {
  return readdirSync(join(PROJECT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => ({
      path: [folder, ...file.split(sep)].join('/'),
      text: readFileSync(join(PROJECT, folder, file), 'utf8'),
    }));
}

const SOURCE = filesIn('src');
const TESTS = filesIn('test').filter(
  ({ path }) =>
    path !==
    relative(PROJECT, import.meta.filename)
      .split(sep)
      .join('/'),
);

/** Lines of code with their place, comments left out. */
function linesOf({ path, text }: SourceFile): readonly { readonly at: string; readonly code: string }[] {
  return text.split('\n').flatMap((line, index) => {
    const code = line.replace(/(^|\s)\/\/.*$/, '').replace(/^\s*(\/\*\*|\*\/|\*).*$/, '');
    return code.trim() === '' ? [] : [{ at: `${path}:${index + 1}`, code }];
  });
}

const BELOW_CLI = SOURCE.filter(({ path }) => !path.startsWith('src/cli/')).flatMap(linesOf);

test.each([
  // The version of Node is a constant that the manifest names; nothing else of the process may be read.
  ['the process', /\bprocess\.(?!versions\.node\b)/],
  ['the console', /\bconsole\./],
  ['the clock', /\bDate\.now\b|\bnew Date\(\)|\bperformance\.|\bhrtime\b/],
  ['chance', /\bMath\.random\b|\brandomUUID\b|\brandomBytes\b/],
  ['the locale', /\.localeCompare\(|\.toLocale[A-Z]\w*\(|\bIntl\.(Collator|NumberFormat|DateTimeFormat)\b/],
  ['the network', /\bfetch\(|['"]node:(http|https|net|tls|dgram|dns)['"]/],
  ['other programs', /['"]node:(child_process|cluster|worker_threads)['"]/],
  ['colours', /from 'chalk'/],
])('below the command line, no code touches %s', (_what, pattern) => {
  expect(BELOW_CLI.filter(({ code }) => pattern.test(code)).map(({ at, code }) => `${at} ${code.trim()}`)).toEqual([]);
});

test('no code anywhere goes to the network, makes code from text or leaves the type system', () => {
  const lines = SOURCE.flatMap(linesOf);
  const pattern =
    /\beval\(|\bnew Function\(|\bfetch\(|['"]node:(http|https|net|tls|dgram|dns|vm)['"]|@ts-ignore|@ts-nocheck|: any\b|\bas any\b/;

  expect(lines.filter(({ code }) => pattern.test(code)).map(({ at, code }) => `${at} ${code.trim()}`)).toEqual([]);
});

test('every error code is thrown somewhere', () => {
  const thrown = SOURCE.filter(({ path }) => path !== 'src/errors.ts')
    .map(({ text }) => text)
    .join('\n');

  expect(Object.keys(ERRORS).filter((code) => !thrown.includes(`'${code}'`))).toEqual([]);
});

test('every error code has a test', () => {
  const tested = TESTS.map(({ text }) => text).join('\n');

  expect(Object.keys(ERRORS).filter((code) => !tested.includes(code))).toEqual([]);
});

test('every hint that names a page of docs/ names one that is there', () => {
  const hints = Object.values(ERRORS)
    .map(({ hint }) => hint)
    .join('\n');
  const pages = [...hints.matchAll(/\b(?:docs|rules)\/[a-z-]+\.md\b/gi)].map(([page]) => page);

  const missing = [...new Set(pages)].filter((page) => {
    try {
      return readFileSync(join(PROJECT, page)).length === 0;
    } catch {
      return true;
    }
  });
  expect(missing).toEqual([]);
});

test('file names are kebab case, and none is a drawer for everything', () => {
  const names = SOURCE.map(({ path }) => path.slice('src/'.length));

  expect(names.filter((name) => !/^[a-z0-9-]+(\/[a-z0-9-]+)*\.ts$/.test(name))).toEqual([]);
  expect(names.filter((name) => /(^|\/)(utils?|helpers?|misc|common|lib)(\/|\.ts$)/.test(name))).toEqual([]);
});
