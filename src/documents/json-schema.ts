/** A JSON Schema (draft 2020-12), of the keywords in this file. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** A part of a value that does not fit its schema. */
export interface SchemaFault {
  /** The keyword that it violates. */
  readonly keyword: string;
  /** From the value to the part; an index in a list is written as text. */
  readonly path: readonly string[];
  readonly value: unknown;
  /** What the value must be, such as `must be >= 0`. */
  readonly message: string;
  /** The key that is unknown or missing. */
  readonly key?: string;
  /** Every key that may stand where one is unknown. */
  readonly known?: readonly string[];
  /** Every value that may stand there. */
  readonly allowed?: readonly unknown[];
  /** The types that may stand there, as the schema has them. */
  readonly type?: string;
}

/** Where a check is, and what it has found so far. */
interface Run {
  readonly path: (string | number)[];
  readonly faults: SchemaFault[];
}

/** Adds the faults of a value to a run. */
type Check = (value: unknown, run: Run) => void;

/** Makes the check of a keyword. */
type Keyword = (operand: never, schema: JsonSchema) => Check;

/**
 * Compiles a schema to functions.
 *
 * @returns gives every fault of a value, in the order of the keywords below, outer before inner; none when it fits
 * @throws {Error} when the schema has a keyword that is not known here: to leave one out would let wrong values pass
 */
export function compileSchema(schema: JsonSchema): (value: unknown) => readonly SchemaFault[] {
  const check = compile(schema);
  return (value) => {
    const faults: SchemaFault[] = [];
    check(value, { path: [], faults });
    return faults;
  };
}

/** Parts of schemas are shared, so each is compiled once. */
const compiled = new WeakMap<JsonSchema, Check>();

function compile(schema: JsonSchema | boolean): Check {
  if (schema === true) return () => undefined;
  if (schema === false) return (value, run) => report(run, 'false schema', value, 'boolean schema is false');
  const known = compiled.get(schema);
  if (known !== undefined) return known;
  const check = join(checksOf(schema));
  compiled.set(schema, check);
  return check;
}

function checksOf(schema: JsonSchema): readonly Check[] {
  const unknown = Object.keys(schema).find((key) => !Object.hasOwn(KEYWORDS, key) && !ANNOTATIONS.includes(key));
  if (unknown !== undefined) throw new Error(`The schema has the keyword "${unknown}", which is not known.`);
  return Object.entries(KEYWORDS).flatMap(([keyword, make]) =>
    Object.hasOwn(schema, keyword) ? [make(schema[keyword] as never, schema)] : [],
  );
}

function join(checks: readonly Check[]): Check {
  const [first, second] = checks;
  if (first === undefined) return () => undefined;
  if (second === undefined) return first;
  return (value, run) => {
    for (const check of checks) check(value, run);
  };
}

/** Keywords that say something and ask for nothing; `then` and `else` belong to `if`. */
const ANNOTATIONS = ['$schema', '$id', 'title', 'description', 'then', 'else'];

/** Every keyword, in the order in which faults are found. */
const KEYWORDS: Readonly<Record<string, Keyword>> = {
  type: (types: string | readonly string[]) => {
    const names = typeof types === 'string' ? [types] : types;
    const tests = names.map((name) => TYPES[name] ?? unknownType(name));
    const type = names.join(',');
    return (value, run) => {
      if (!tests.some((test) => test(value))) report(run, 'type', value, `must be ${type}`, { type });
    };
  },
  maximum: (most: number) => ofNumber('maximum', (value) => value <= most, `must be <= ${most}`),
  minimum: (least: number) => ofNumber('minimum', (value) => value >= least, `must be >= ${least}`),
  exclusiveMaximum: (end: number) => ofNumber('exclusiveMaximum', (value) => value < end, `must be < ${end}`),
  exclusiveMinimum: (start: number) => ofNumber('exclusiveMinimum', (value) => value > start, `must be > ${start}`),
  maxLength: (most: number) =>
    ofText('maxLength', (value) => !hasLetters(value, most + 1), `must NOT have more than ${most} characters`),
  minLength: (least: number) =>
    ofText('minLength', (value) => hasLetters(value, least), `must NOT have fewer than ${least} characters`),
  pattern: (pattern: string) => {
    const expression = new RegExp(pattern, 'u');
    return ofText('pattern', (value) => expression.test(value), `must match pattern "${pattern}"`);
  },
  const: (allowed: unknown) => oneOfValues('const', [scalar(allowed)], 'must be equal to constant'),
  enum: (allowed: readonly unknown[]) =>
    oneOfValues('enum', allowed.map(scalar), 'must be equal to one of the allowed values'),
  anyOf: (schemas: readonly JsonSchema[]) => {
    const branches = schemas.map(compile);
    return (value, run) => {
      const start = run.faults.length;
      if (branches.some((branch) => fits(branch, value, run))) run.faults.length = start;
      else report(run, 'anyOf', value, 'must match a schema in anyOf');
    };
  },
  oneOf: (schemas: readonly JsonSchema[]) => {
    const branches = schemas.map(compile);
    return (value, run) => {
      const start = run.faults.length;
      const fitting = branches.filter((branch) => fits(branch, value, run)).length;
      if (fitting === 1) run.faults.length = start;
      else report(run, 'oneOf', value, 'must match exactly one schema in oneOf');
    };
  },
  allOf: (schemas: readonly JsonSchema[]) => {
    const parts = schemas.map(compile);
    return (value, run) => {
      for (const part of parts) part(value, run);
    };
  },
  if: (condition: JsonSchema, schema) => {
    const asked = compile(condition);
    const branches = [branchOf(schema, 'then'), branchOf(schema, 'else')] as const;
    return (value, run) => {
      const [name, branch] = branches[fits(asked, value, { path: [], faults: [] }) ? 0 : 1];
      if (!fits(branch, value, run)) report(run, 'if', value, `must match "${name}" schema`);
    };
  },
  maxItems: (most: number) =>
    ofList('maxItems', (value) => value.length <= most, `must NOT have more than ${most} items`),
  minItems: (least: number) =>
    ofList('minItems', (value) => value.length >= least, `must NOT have fewer than ${least} items`),
  uniqueItems: (asked: boolean) =>
    ofList('uniqueItems', (value) => !asked || !hasTwins(value), 'must NOT have duplicate items'),
  items: (items: JsonSchema | boolean) => {
    const check = compile(items);
    return (value, run) => {
      if (!Array.isArray(value)) return;
      for (let index = 0; index < value.length; index += 1) checkAt(index, value[index], check, run);
    };
  },
  maxProperties: (most: number) =>
    ofObject((value, run) => {
      if (Object.keys(value).length > most)
        report(run, 'maxProperties', value, `must NOT have more than ${most} properties`);
    }),
  minProperties: (least: number) =>
    ofObject((value, run) => {
      if (Object.keys(value).length < least)
        report(run, 'minProperties', value, `must NOT have fewer than ${least} properties`);
    }),
  required: (keys: readonly string[]) =>
    ofObject((value, run) => {
      for (const key of keys) {
        if (!has(value, key)) report(run, 'required', value, `must have required property '${key}'`, { key });
      }
    }),
  propertyNames: (names: JsonSchema) => {
    const check = compile(names);
    return ofObject((value, run) => {
      for (const key of Object.keys(value)) {
        if (!fits(check, key, run)) report(run, 'propertyNames', value, 'property name must be valid');
      }
    });
  },
  additionalProperties: (allowed: JsonSchema | boolean, { properties }) => {
    const known = Object.keys((properties as object | undefined) ?? {});
    const knownKeys = new Set(known);
    const check = allowed === false ? undefined : compile(allowed);
    if (allowed === true) return () => undefined;
    return ofObject((value, run) => {
      for (const key of Object.keys(value)) {
        if (knownKeys.has(key)) continue;
        if (check === undefined)
          report(run, 'additionalProperties', value, 'must NOT have additional properties', { key, known });
        else checkAt(key, value[key], check, run);
      }
    });
  },
  properties: (properties: Readonly<Record<string, JsonSchema>>) => {
    const checks = Object.entries(properties).map(([key, schema]) => [key, compile(schema)] as const);
    return ofObject((value, run) => {
      for (const [key, check] of checks) if (has(value, key)) checkAt(key, value[key], check, run);
    });
  },
};

const TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  number: Number.isFinite,
  integer: Number.isInteger,
  boolean: (value) => typeof value === 'boolean',
  null: (value) => value === null,
  array: Array.isArray,
  object: isObject,
};

function unknownType(name: string): never {
  throw new Error(`The schema has the type "${name}", which is not known.`);
}

type Fields = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A key that holds `undefined` is not there, as in the JSON that would be written. */
function has(value: Fields, key: string): boolean {
  return Object.hasOwn(value, key) && value[key] !== undefined;
}

function report(
  { path, faults }: Run,
  keyword: string,
  value: unknown,
  message: string,
  more: Partial<SchemaFault> = {},
): void {
  faults.push({ keyword, path: path.map(String), value, message, ...more });
}

function fits(check: Check, value: unknown, run: Run): boolean {
  const start = run.faults.length;
  check(value, run);
  return run.faults.length === start;
}

function checkAt(step: string | number, value: unknown, check: Check, run: Run): void {
  run.path.push(step);
  check(value, run);
  run.path.pop();
}

function ofNumber(keyword: string, test: (value: number) => boolean, message: string): Check {
  return (value, run) => {
    if (typeof value === 'number' && Number.isFinite(value) && !test(value)) report(run, keyword, value, message);
  };
}

function ofText(keyword: string, test: (value: string) => boolean, message: string): Check {
  return (value, run) => {
    if (typeof value === 'string' && !test(value)) report(run, keyword, value, message);
  };
}

function ofList(keyword: string, test: (value: readonly unknown[]) => boolean, message: string): Check {
  return (value, run) => {
    if (Array.isArray(value) && !test(value)) report(run, keyword, value, message);
  };
}

function ofObject(check: (value: Fields, run: Run) => void): Check {
  return (value, run) => {
    if (isObject(value)) check(value, run);
  };
}

function oneOfValues(keyword: string, allowed: readonly unknown[], message: string): Check {
  const values = new Set(allowed);
  return (value, run) => {
    if (!values.has(value)) report(run, keyword, value, message, { allowed });
  };
}

/** Lists and objects would have to be compared part by part. */
function scalar(value: unknown): unknown {
  if (typeof value === 'object' && value !== null) throw new Error('The schema allows a list or object as a value.');
  return value;
}

function branchOf(schema: JsonSchema, name: 'then' | 'else'): readonly [string, Check] {
  return [name, compile((schema[name] as JsonSchema | undefined) ?? true)];
}

/** Letters are code points; no more of them are counted than it takes. */
function hasLetters(text: string, least: number): boolean {
  if (text.length < least) return false;
  let letters = 0;
  for (const _ of text) {
    if (letters >= least) break;
    letters += 1;
  }
  return letters >= least;
}

/** Are two elements the same, written as JSON? */
function hasTwins(list: readonly unknown[]): boolean {
  return new Set(list.map((element) => JSON.stringify(element))).size < list.length;
}
