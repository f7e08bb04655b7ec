import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { compileSchema, type JsonSchema, type SchemaFault } from '../../src/documents/json-schema.ts';
import { auditResults, PROJECT } from '../command-line.ts';
import { type Random, seededRandom } from '../fuzz/random.ts';

const FOLDER = join(PROJECT, 'dist', 'schemas');
const SCHEMAS = readdirSync(FOLDER).map((file): [string, JsonSchema] => [
  file,
  JSON.parse(readFileSync(join(FOLDER, file), 'utf8')),
]);

/** What both say of a fault, in the same words. */
interface Told {
  readonly keyword: string;
  readonly path: string;
  readonly message: string;
  readonly about: string;
}

const ofAjv = ({ keyword, instancePath, message = '', params, parentSchema }: ErrorObject): Told => ({
  keyword,
  path: instancePath,
  // Which of several twins are named first depends on the types of the schema.
  message: keyword === 'uniqueItems' ? 'must NOT have duplicate items' : message,
  about: JSON.stringify(
    {
      additionalProperties: [params.additionalProperty, Object.keys(parentSchema?.properties ?? {})],
      required: [params.missingProperty],
      enum: params.allowedValues,
      const: [params.allowedValue],
      type: [String(params.type)],
    }[keyword] ?? [],
  ),
});

const ofOurs = ({ keyword, path, message, key, known, allowed, type }: SchemaFault): Told => ({
  keyword,
  path: path.map((step) => `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`).join(''),
  message,
  about: JSON.stringify(
    { additionalProperties: [key, known], required: [key], enum: allowed, const: allowed, type: [type] }[keyword] ?? [],
  ),
});

interface SchemaParts {
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly additionalProperties?: JsonSchema | boolean;
}

/** Makes values that fit a schema, but for a part here and there. */
function valuesFor({ below }: Random) {
  const random = (): number => below(1e9) / 1e9;
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
  const strange = (): unknown =>
    pick([
      null,
      true,
      0,
      -1,
      0.5,
      1e9,
      '',
      'a',
      'high',
      '2026-01-01',
      '0'.repeat(64),
      '😀',
      [],
      ['a', 'a'],
      {},
      { '': 1 },
    ]);
  const make = (schema: JsonSchema | boolean | undefined, depth: number): unknown => {
    if (schema === undefined || typeof schema === 'boolean' || random() < 0.04 || depth > 8) return strange();
    if ('const' in schema) return schema.const;
    const { enum: values, properties = {}, required = [], items, additionalProperties } = schema as SchemaParts;
    if (values !== undefined) return pick(values);
    const branches = (schema.oneOf ?? schema.anyOf) as readonly JsonSchema[] | undefined;
    if (branches !== undefined) return make(pick(branches), depth + 1);
    switch (pick([schema.type].flat())) {
      case 'object': {
        const keys = Object.keys(properties);
        const kept = keys.filter((key) => random() < (required.includes(key) ? 0.97 : 0.4));
        const others = random() < 0.2 ? [pick(['x', 'failon', 'a/b', 'm~n'])] : [];
        return Object.fromEntries([
          ...kept.map((key) => [key, make(properties[key], depth + 1)]),
          ...others.map((key) => [key, make(additionalProperties, depth + 1)]),
        ]);
      }
      case 'array':
        return Array.from({ length: Math.floor(random() * 4) }, () => make(items, depth + 1));
      case 'string':
        return pick([
          'a',
          'recommended',
          '1.0.0',
          '1.0',
          '2026-01-01',
          '0123456789abcdef',
          '0'.repeat(64),
          '2026-01-01T00:00:00Z',
        ]);
      case 'integer':
        return Math.floor(random() * 40) - 2;
      case 'number':
        return random() * 2.2 - 0.1;
      case 'boolean':
        return random() < 0.5;
      default:
        return null;
    }
  };
  return (schema: JsonSchema) => make(schema, 0);
}

/** Twins are looked for among elements of the right type only by Ajv, which says of others that they are wrong in any case. */
function sorted(faults: readonly Told[]): readonly Told[] {
  const isWrongInside = ({ path }: Told): boolean => faults.some((other) => other.path.startsWith(`${path}/`));
  return faults
    .filter((fault) => fault.keyword !== 'uniqueItems' || !isWrongInside(fault))
    .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

/** Compares the two on values, and tells how many of them had faults. */
function compareOn(schema: JsonSchema, values: Iterable<unknown>): number {
  const check = compileSchema(schema);
  const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true, verbose: true }).compile(schema);
  let faulty = 0;
  for (const value of values) {
    const expected = ajv(value) ? [] : (ajv.errors ?? []).map(ofAjv);
    expect(sorted(check(value).map(ofOurs)), JSON.stringify(value)).toEqual(sorted(expected));
    if (expected.length > 0) faulty += 1;
  }
  return faulty;
}

/** Copies of a document with one part of it replaced or left out. */
function* damaged(document: unknown, rounds: number, random: Random): Generator<unknown> {
  for (let round = 0; round < rounds; round += 1) {
    const copy: unknown = structuredClone(document);
    let at = copy;
    for (;;) {
      if (typeof at !== 'object' || at === null || Object.keys(at).length === 0) break;
      const key = random.pick(Object.keys(at) as [string, ...string[]]);
      const fields = at as Record<string, unknown>;
      const inner = fields[key];
      if (typeof inner !== 'object' || inner === null || random.below(6) === 0) {
        if (random.below(3) === 0) delete fields[key];
        else fields[key] = random.pick([null, 0, 2, '', 'x', [], {}, [1, 1], { x: 1 }]);
        break;
      }
      at = inner;
    }
    yield copy;
  }
}

describe('the same faults as Ajv, in the same words, are found', () => {
  test.each(SCHEMAS)('with %s in made-up values', (file, schema) => {
    const rounds = file.startsWith('results') ? 120 : 600;
    const next = valuesFor(seededRandom(20_261_122));

    const faulty = compareOn(
      schema,
      Array.from({ length: rounds }, () => next(schema)),
    );

    expect(faulty).toBeGreaterThan(rounds / 20);
  });

  test.each(['recommended', 'names-only', 'eu-gdpr'])('in the pack %s with a part damaged', (name) => {
    const pack = parse(readFileSync(join(PROJECT, 'rules', 'packs', `${name}.yaml`), 'utf8'));
    const [, schema = {}] = SCHEMAS.find(([file]) => file.startsWith('pack')) ?? [];

    expect(compareOn(schema, [pack])).toBe(0);
    expect(compareOn(schema, damaged(pack, 80, seededRandom(7)))).toBeGreaterThan(10);
  });

  test('in the results of an audit with a part damaged', async () => {
    const report = await auditResults(PROJECT, 'fixtures/consented');
    const small = {
      ...report,
      associations: report.associations.slice(0, 4),
      findings: report.findings.slice(0, 12),
      segments: report.segments.slice(0, 3),
    };
    const [, schema = {}] = SCHEMAS.find(([file]) => file.startsWith('results')) ?? [];

    expect(compareOn(schema, [report])).toBe(0);
    expect(compareOn(schema, damaged(small, 120, seededRandom(8)))).toBeGreaterThan(20);
  });
});

describe('a schema', () => {
  test('is refused with a keyword or type that would not be checked', () => {
    expect(() => compileSchema({ properties: { a: { multipleOf: 3 } } })).toThrow('"multipleOf"');
    expect(() => compileSchema({ type: 'date' })).toThrow('"date"');
    expect(() => compileSchema({ enum: [[1]] })).toThrow('a list or object');
  });

  test('is not taken in by keys that every object has', () => {
    const check = compileSchema({
      type: 'object',
      required: ['constructor'],
      properties: { toString: { type: 'number' } },
    });

    expect(check({}).map(({ keyword }) => keyword)).toEqual(['required']);
    expect(check(JSON.parse('{"constructor": 1, "__proto__": 2, "toString": 3}'))).toEqual([]);
  });
});
