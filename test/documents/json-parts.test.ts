import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jsonFault } from '../../src/documents/json-fault.ts';
import { jsonParts } from '../../src/documents/json-parts.ts';
import { AuditError } from '../../src/errors.ts';

interface Reading {
  /** Bytes of a chunk. */
  readonly chunk?: number;
  readonly run?: number;
}

/** Puts an object together again from its parts, read in chunks. */
async function assembled(content: string | Uint8Array, { chunk = 7, run = 5 }: Reading = {}): Promise<unknown> {
  const members = new Map<string, unknown>();
  for await (const part of jsonParts(inChunks(Buffer.from(content), chunk), { file: 'f', code: 'E_INTERNAL', run })) {
    if ('value' in part) {
      members.set(part.key, part.value);
      continue;
    }
    const before = part.first === 0 ? [] : (members.get(part.key) as unknown[]);
    expect(before.length).toBe(part.first);
    members.set(part.key, [...before, ...part.elements]);
  }
  return Object.fromEntries(members);
}

async function* inChunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

/** What is refused, as `line:column message`; undefined for what is taken. */
async function refusal(content: string | Uint8Array, reading?: Reading): Promise<string | undefined> {
  try {
    await assembled(content, reading);
    return undefined;
  } catch (error) {
    if (!(error instanceof AuditError)) throw error;
    return `${error.location?.line}:${error.location?.column} ${error.message}`;
  }
}

function placeOf(text: string, offset: number): string {
  const lines = text.slice(0, offset).split('\n');
  return `${lines.length}:${(lines.at(-1) ?? '').length + 1}`;
}

const anyObject = fc
  .dictionary(fc.string({ unit: 'binary' }), fc.jsonValue({ maxDepth: 4, stringUnit: 'binary' }))
  .map((value) => JSON.parse(JSON.stringify(value)) as object);
const anyReading = fc.record({ chunk: fc.integer({ min: 3, max: 40 }), run: fc.nat(60) });

describe('the parts of a JSON object', () => {
  test('make the object, wherever chunks and runs end', async () => {
    await fc.assert(
      fc.asyncProperty(anyObject, fc.constantFrom(0, 2, '\t'), anyReading, async (value, indent, reading) => {
        expect(await assembled(JSON.stringify(value, undefined, indent), reading)).toEqual(value);
      }),
      { numRuns: 500 },
    );
  });

  test('come with a byte order mark, spaces and line ends of any kind', async () => {
    const text =
      '\ufeff\r\n {\t"a" : [ ] , "b"\r\n:[ 1 , [ ] ,\r\n{ } ] ,"c": {"d": "\\"]}\\\\" } , "é😀" :" , " } \r\n';
    const value = { a: [], b: [1, [], {}], c: { d: '"]}\\' }, 'é😀': ' , ' };
    for (let run = 0; run < 20; run += 1) {
      for (let chunk = 3; chunk < 30; chunk += 1) expect(await assembled(text, { chunk, run })).toEqual(value);
    }
  });

  test('of two members with the same name, the later counts', async () => {
    expect(await assembled('{"a": [1, 2, 3], "a": [4], "b": [1], "b": 2}')).toEqual({ a: [4], b: 2 });
  });

  test('a list of many elements comes in few runs', async () => {
    const list = Array.from({ length: 10_000 }, (_, i) => ({ i }));
    const lengths: number[] = [];
    const chunks = inChunks(Buffer.from(JSON.stringify({ list })), 1_000);
    for await (const part of jsonParts(chunks, { file: 'f', code: 'E_INTERNAL', run: 20_000 })) {
      if ('elements' in part) lengths.push(part.elements.length);
    }

    expect(lengths.length).toBeGreaterThan(3);
    expect(lengths.length).toBeLessThan(10);
    expect(lengths.reduce((sum, length) => sum + length, 0)).toBe(10_000);
  });
});

describe('what is no JSON object', () => {
  test('is refused exactly when JSON.parse refuses it, at the place where it stops being JSON', async () => {
    await fc.assert(
      fc.asyncProperty(anyObject, fc.nat(), fc.nat(3), anyReading, async (value, position, length, reading) => {
        const text = JSON.stringify(value, undefined, 2);
        const at = 1 + (position % text.length);
        const cut = text.slice(0, at) + text.slice(at + length);
        // Half a character would become another one on the way through UTF-8.
        fc.pre(!/\p{Cs}/u.test(cut));
        const offset = jsonFault(cut);
        const found = await refusal(cut, reading);
        if (offset === undefined) expect(found).toBeUndefined();
        else expect(found).toMatch(new RegExp(`^${placeOf(cut, offset)} The text (is not valid JSON|ends before)`));
      }),
      { numRuns: 1000 },
    );
  });

  test.each([
    ['', '1:1 A JSON object should begin here.'],
    ['[1, 2]', '1:1 A JSON object should begin here.'],
    ['segment_id,name\n', '1:1 A JSON object should begin here.'],
    ['{"a": [1,]}', '1:10 The text is not valid JSON.'],
    ['{"a": [,1]}', '1:8 The text is not valid JSON.'],
    ['{"a": [1 2]}', '1:10 The text is not valid JSON.'],
    ['{"a": [1:2]}', '1:9 The text is not valid JSON.'],
    ['{"a": [1}}', '1:9 The text is not valid JSON.'],
    ['{"a": 1,}', '1:9 The text is not valid JSON.'],
    ['{a: 1}', '1:2 The text is not valid JSON.'],
    ['{"a": 1}\n{}', '2:1 The text is not valid JSON.'],
    ['{"é": ["é\n"]}', '1:8 The text is not valid JSON.'],
    ['{"a":\n  [1, {"é": nul}]}', '2:13 The text is not valid JSON.'],
    ['{"a": [1, 2', '1:12 The text ends before the JSON does: a part of the file is missing.'],
    ['{"a": [1, ', '1:11 The text ends before the JSON does: a part of the file is missing.'],
    ['{"a": "b', '1:7 The text ends before the JSON does: a part of the file is missing.'],
    ['{"a": 1', '1:8 The text ends before the JSON does: a part of the file is missing.'],
  ])('%j', async (text, message) => {
    for (const run of [0, 1, 2, 100]) expect(await refusal(text, { chunk: 4, run })).toBe(message);
  });

  test('a string that is not closed is found at its start, and not after the rest of the file', async () => {
    const lines = Array.from({ length: 1000 }, (_, i) => `    {"id": "s${i}${i === 17 ? '' : '"'}}`).join(',\n');

    expect(await refusal(`{\n  "list": [\n${lines}\n  ]\n}\n`, { chunk: 500, run: 1000 })).toBe(
      '20:12 The text is not valid JSON.',
    );
  });

  test('bytes that are not UTF-8 are refused with their line', async () => {
    const bytes = Buffer.from('{\n  "a": [\n    "é",\n    "?"\n  ]\n}\n');
    bytes[bytes.indexOf('?')] = 0xff;

    expect(await refusal(bytes, { run: 3 })).toBe('4:undefined The line is not valid UTF-8.');
    expect(await refusal(bytes, { run: 100 })).toBe('4:undefined The line is not valid UTF-8.');
  });
});
