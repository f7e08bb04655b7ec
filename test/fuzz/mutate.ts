import { gunzipSync, gzipSync } from 'node:zlib';
import { parse, stringify } from 'yaml';
import type { Random } from './random.ts';

type Mutation = (content: Buffer, random: Random) => Buffer;

/** A value that a document may hold, and nobody expects. */
export function hostileValue(random: Random): unknown {
  return random.pick(VALUES)();
}

/** Damages the content of a file in one to three ways; of one that gzip compressed, what is in it, or the file itself. */
export function mutate(name: string, content: Buffer, random: Random): Buffer {
  if (name.endsWith('.gz') && random.below(3) > 0)
    return gzipSync(mutate(name.slice(0, -'.gz'.length), gunzipSync(content), random));
  const isTree = /\.(json|ya?ml|lock)$/.test(name);
  const times = 1 + random.below(3);
  let mutated = content;
  for (let i = 0; i < times; i += 1) {
    const mutation = isTree && random.below(3) > 0 ? mutateTree(name) : random.pick(MUTATIONS);
    mutated = mutation(mutated, random);
  }
  return mutated;
}

/** Text that means something to one parser or another. */
export const TOKENS = [
  '\0',
  '\ufeff',
  '\u202e',
  '\u001b[31m',
  '\ud83d',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '1e400',
  '-0',
  'NaN',
  '99999999999999999999999999',
  '-1',
  '0.1e-400',
  "'; DROP TABLE panel; --",
  '"',
  '""',
  "'",
  '\\',
  '{{',
  '&a [*a]',
  '*a',
  '&a',
  '!!binary "aGk="',
  '!!js/function "x"',
  '!<tag:x> y',
  '<<: {a: 1}',
  '? [a, b] : c',
  '---\n',
  '...\n',
  '%YAML 1.1\n',
  '\t',
  '\r',
  '\r\n',
  '\n\n',
  ',',
  ';',
  '|',
  ':',
  '#',
  '$(id)',
  '../../../../etc/passwd',
  '/dev/null',
  '*',
  '**/*',
  '[',
  '{',
  ']',
  '}',
  '<script>',
  ']]>',
  '2026-13-45',
  'null',
  'true',
  '1_000',
  '0x10',
  '0o7',
] as const;

const insert: Mutation = (content, random) => {
  const at = random.below(content.length + 1);
  return Buffer.concat([content.subarray(0, at), Buffer.from(random.pick(TOKENS), 'utf8'), content.subarray(at)]);
};

const flip: Mutation = (content, random) => {
  const flipped = Buffer.from(content);
  const times = 1 + random.below(8);
  for (let i = 0; i < times && flipped.length > 0; i += 1) {
    const at = random.below(flipped.length);
    flipped[at] = (flipped[at] ?? 0) ^ (1 << random.below(8));
  }
  return flipped;
};

const truncate: Mutation = (content, random) => content.subarray(0, random.below(content.length + 1));

const lines =
  (change: (lines: string[], random: Random) => void): Mutation =>
  (content, random) => {
    // One byte, one character: what is not UTF-8 stays what it is.
    const split = content.toString('latin1').split('\n');
    change(split, random);
    return Buffer.from(split.join('\n'), 'latin1');
  };

const duplicateLine = lines((all, random) => {
  const at = random.below(all.length);
  all.splice(random.below(all.length), 0, all[at] ?? '');
});
const deleteLine = lines((all, random) => void all.splice(random.below(all.length), 1));
const deleteHeader = lines((all) => void all.shift());
const swapLines = lines((all, random) => {
  const [one, other] = [random.below(all.length), random.below(all.length)];
  [all[one], all[other]] = [all[other] ?? '', all[one] ?? ''];
});
const mixLineEndings = lines((all, random) => {
  for (const [index, line] of all.entries()) if (random.below(3) === 0) all[index] = `${line}\r`;
});
const longLine = lines((all, random) => {
  const at = random.below(all.length);
  all[at] = `${all[at] ?? ''}${'x'.repeat(random.pick([1000, 70_000, 1_000_000]))}`;
});
const swapFields = lines((all, random) => {
  // Not of the header: it would say that users are segments, which a file may.
  const at = 1 + random.below(all.length - 1);
  if (at < all.length) all[at] = (all[at] ?? '').split(',').reverse().join(',');
});
const replaceField = lines((all, random) => {
  const at = random.below(all.length);
  const fields = (all[at] ?? '').split(/(?<=[,:])/);
  fields[random.below(fields.length)] = Buffer.from(random.pick(TOKENS), 'utf8').toString('latin1');
  all[at] = fields.join('');
});

const nest: Mutation = (content, random) => {
  const depth = random.pick([100, 3000, 20_000]);
  const at = random.below(content.length + 1);
  const nested = random.pick(['['.repeat(depth), '{"a":'.repeat(depth), `${'['.repeat(depth)}${']'.repeat(depth)}`]);
  return Buffer.concat([content.subarray(0, at), Buffer.from(nested), content.subarray(at)]);
};

const utf16: Mutation = (content) => Buffer.from(`\ufeff${content.toString('utf8')}`, 'utf16le');
const byteOrderMark: Mutation = (content) => Buffer.concat([Buffer.from('\ufeff'), content]);
const nothing: Mutation = () => Buffer.alloc(0);
const noise: Mutation = (_, random) => Buffer.from(Array.from({ length: random.below(400) }, () => random.below(256)));
const repeat: Mutation = (content, random) => Buffer.concat(Array.from({ length: 2 + random.below(3) }, () => content));

const MUTATIONS: readonly [Mutation, ...Mutation[]] = [
  insert,
  insert,
  insert,
  flip,
  flip,
  truncate,
  duplicateLine,
  deleteLine,
  deleteHeader,
  swapLines,
  swapFields,
  replaceField,
  replaceField,
  replaceField,
  mixLineEndings,
  longLine,
  nest,
  utf16,
  byteOrderMark,
  nothing,
  noise,
  repeat,
];

/** Puts something else in the place of a part of a document, so that it stays well formed and goes deeper into the program. */
function mutateTree(name: string): Mutation {
  return (content, random) => {
    const text = content.toString('utf8');
    let tree: unknown;
    try {
      tree = isJson(name) ? JSON.parse(text) : parse(text, { logLevel: 'silent' });
    } catch {
      return insert(content, random);
    }
    const root = { tree };
    const holders = holdersIn(root);
    const holder = holders[random.below(holders.length)] ?? (root as Holder);
    const keys = Object.keys(holder);
    const key = keys[random.below(keys.length)] ?? 'tree';
    change(holder, key, random);
    try {
      const written = isJson(name) ? JSON.stringify(root.tree, undefined, 2) : stringify(root.tree);
      return Buffer.from(written ?? '');
    } catch {
      return insert(content, random);
    }
  };
}

const isJson = (name: string): boolean => /\.(json|lock)$/.test(name);

type Holder = Record<string, unknown>;

function holdersIn(root: unknown): readonly Holder[] {
  const holders: Holder[] = [];
  const open: unknown[] = [root];
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value !== 'object' || value === null || Object.keys(value).length === 0) continue;
    holders.push(value as Holder);
    open.push(...Object.values(value));
  }
  return holders;
}

function change(holder: Holder, key: string, random: Random): void {
  switch (random.below(5)) {
    case 0:
      delete holder[key];
      break;
    case 1: {
      const added = random.pick(['__proto__', 'constructor', 'toString', 'extra', '', key.toUpperCase()]);
      Object.defineProperty(holder, added, {
        value: holder[key],
        enumerable: true,
        configurable: true,
        writable: true,
      });
      break;
    }
    case 2: {
      const others = Object.values(holder);
      holder[key] = others[random.below(others.length)];
      break;
    }
    default:
      holder[key] = random.pick(VALUES)();
  }
}

const VALUES: readonly [() => unknown, ...(() => unknown)[]] = [
  () => null,
  () => true,
  () => false,
  () => 0,
  () => -1,
  () => 1.5,
  () => 2 ** 53,
  () => 1e308,
  () => -1e308,
  () => Number.MIN_VALUE,
  () => '',
  () => ' ',
  () => 'Infinity',
  () => '__proto__',
  () => 'constructor',
  () => '\0',
  () => '\ud83d',
  () => '\u202e<script>|`*_"\'\n\r\u001b[31m',
  () => '2026-02-31',
  () => 'sexual_orientation',
  () => 'x'.repeat(1_000_000),
  () => [],
  () => ({}),
  () => [[]],
  () => [null],
  () => ({ __proto__: null, a: { b: { c: [1, 'two', null] } } }),
  () => Array.from({ length: 2000 }, (_, index) => index),
  () => nested(2000),
  () => ['a', 'a'],
];

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let i = 0; i < depth; i += 1) value = i % 2 === 0 ? [value] : { a: value };
  return value;
}
