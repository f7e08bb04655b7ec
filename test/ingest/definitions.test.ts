import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { SegmentDefinition } from '../../src/domain/segment.ts';
import { readDefinitions } from '../../src/ingest/definitions/read-definitions.ts';
import { inputFolder } from '../input-folder.ts';

/** Reads one definitions file. */
async function read(file: string, content: string | Uint8Array): Promise<readonly SegmentDefinition[]> {
  const folder = inputFolder({ [file]: content });
  const [read] = await readDefinitions([{ path: join(folder, file), shown: file }]);
  return read?.definitions ?? [];
}

const EXPECTED = [
  {
    segment: '007',
    name: 'night owls',
    topics: [
      { term: 'tea', weight: 0.5 },
      { term: 'jazz', weight: 2 },
    ],
  },
  { segment: '98765432109876543210', name: 'early birds', topics: [] },
];

const FORMATS: readonly [string, string][] = [
  ['d.csv', 'segment_id,name,topics,owner\n007,night owls,tea:0.5;jazz:2,ann\n98765432109876543210,early birds,,\n'],
  [
    'd.tsv',
    'segment_id\tname\ttopics\towner\n007\tnight owls\ttea:0.5;jazz:2\tann\n98765432109876543210\tearly birds\t\t\n',
  ],
  [
    'semicolon.csv',
    'segment_id;name;topics;owner\n007;night owls;"tea:0.5;jazz:2";ann\n98765432109876543210;early birds;;\n',
  ],
  ['pipe.csv', 'segment_id|name|topics|owner\n007|night owls|tea:0.5;jazz:2|ann\n98765432109876543210|early birds||\n'],
  [
    'd.json',
    '[{"segment_id":"007","name":"night owls","topics":[{"term":"tea","weight":0.5},{"term":"jazz","weight":2}],"owner":"ann"},{"segment_id":98765432109876543210,"name":"early birds"}]',
  ],
  [
    'listed.json',
    '{"segments":[{"segment_id":"007","name":"night owls","topics":[{"term":"tea","weight":0.5},{"term":"jazz","weight":2}],"owner":"ann"},{"segment_id":98765432109876543210,"name":"early birds"}]}',
  ],
  [
    'd.jsonl',
    '{"segment_id":"007","name":"night owls","topics":[{"term":"tea","weight":0.5},{"term":"jazz","weight":2}],"owner":"ann"}\r\n\r\n{"segment_id":98765432109876543210,"name":"early birds"}',
  ],
  [
    'd.yaml',
    '- segment_id: 007\n  name: night owls\n  topics: [{ term: tea, weight: 0.5 }, { term: jazz, weight: 2 }]\n  owner: ann\n- { segment_id: 98765432109876543210, name: early birds }\n',
  ],
  [
    'listed.yml',
    'segments:\n  - segment_id: 007\n    name: night owls\n    topics: [{ term: tea, weight: 0.5 }, { term: jazz, weight: 2 }]\n    owner: ann\n  - segment_id: 98765432109876543210\n    name: early birds\n',
  ],
];

describe.each(FORMATS)('%s', (file, content) => {
  test('gives the same definitions as every other format', async () => {
    const definitions = await read(file, content);

    expect(definitions.map(({ segment, name, topics }) => ({ segment, name, topics }))).toEqual(EXPECTED);
    expect(definitions[0]?.attributes).toEqual({ owner: 'ann' });
  });

  test('may begin with a byte order mark and end its lines with CRLF', async () => {
    const definitions = await read(file, `\ufeff${content.replace(/\r?\n/g, '\r\n')}`);

    expect(definitions.map(({ segment, name, topics }) => ({ segment, name, topics }))).toEqual(EXPECTED);
  });
});

test('ids that look like one number are kept apart', async () => {
  const ids = ['7', '07', '7.0', '7e0', ' 7', '-7', '1e400'];
  const quoted = await read('d.json', JSON.stringify(ids.map((id) => ({ segment_id: id }))));
  const bare = await read('d.json', '[{"segment_id":7},{"segment_id": 7.0},{"segment_id":7e0},{"segment_id":1e400}]');
  const yaml = await read('d.yaml', '- segment_id: 7\n- segment_id: 07\n- segment_id: 7.0\n- segment_id: 0x7\n');

  expect(quoted.map(({ segment }) => segment)).toEqual(ids);
  expect(bare.map(({ segment }) => segment)).toEqual(['7', '7.0', '7e0', '1e400']);
  expect(yaml.map(({ segment }) => segment)).toEqual(['7', '07', '7.0', '0x7']);
});

test('text that only looks like an id stays as it is', async () => {
  const [definition] = await read('d.json', String.raw`[{"segment_id":"a","name":"\"segment_id\": 7"}]`);

  expect(definition?.name).toBe('"segment_id": 7');
});

test('a mix of line endings is read line by line', async () => {
  const definitions = await read('d.csv', 'name,segment_id\na,1\r\nb,2\nc,3\r\n\r\nd,4\n');

  expect(definitions.map(({ segment, name }) => [segment, name])).toEqual([
    ['1', 'a'],
    ['2', 'b'],
    ['3', 'c'],
    ['4', 'd'],
  ]);
  expect(definitions.map(({ location }) => location.line)).toEqual([2, 3, 4, 6]);
});

test('after fields of several lines, lines and columns are still right', async () => {
  const content = [
    'segment_id,description,name',
    '1,"one',
    'two, ""three""',
    'four",first',
    '',
    '2,,"sec',
    'ond"',
    '3,x,third',
  ].join('\n');

  const definitions = await read('d.csv', content);

  expect(definitions[0]?.description).toBe('one\ntwo, "three"\nfour');
  expect(definitions.map(({ name }) => name)).toEqual(['first', 'sec\nond', 'third']);
  expect(definitions.map(({ location }) => [location.line, location.column])).toEqual([
    [4, 7],
    [6, 4],
    [8, 5],
  ]);
});

test('a definition is placed at its name, or at its id when it has none', async () => {
  const yaml = await read('d.yaml', '- segment_id: a\n  name: b\n-   segment_id: c\n');
  const json = await read('d.json', '[\n  {"segment_id": "a"},\n     {"segment_id": "{["}\n]');
  const lines = await read('d.jsonl', '\n{"segment_id": "a"}');

  expect(yaml.map(({ location }) => [location.line, location.column])).toEqual([
    [2, 9],
    [3, 17],
  ]);
  expect(json.map(({ location }) => [location.line, location.column])).toEqual([
    [2, 3],
    [3, 6],
  ]);
  expect(lines.map(({ location }) => [location.line, location.column])).toEqual([[2, 1]]);
});

test.each<[string, SegmentDefinition['topics']]>([
  ['tea', [{ term: 'tea', weight: 1 }]],
  ['tea:3', [{ term: 'tea', weight: 3 }]],
  [' tea : 3 ; ', [{ term: 'tea', weight: 3 }]],
  ['Mission: Impossible', [{ term: 'Mission: Impossible', weight: 1 }]],
  ['Mission: Impossible:0.25', [{ term: 'Mission: Impossible', weight: 0.25 }]],
  [
    'a:1e-3;b:.5',
    [
      { term: 'a', weight: 0.001 },
      { term: 'b', weight: 0.5 },
    ],
  ],
])('the topics cell %j is read', async (cell, topics) => {
  const [definition] = await read('d.csv', `segment_id,topics\n1,${cell}\n`);

  expect(definition?.topics).toEqual(topics);
});

test('empty names and descriptions count as none', async () => {
  const [fromCsv] = await read('d.csv', 'segment_id,name,description\n1,,\n');
  const [fromJson] = await read('d.json', '[{"segment_id":"1","name":null,"description":null,"topics":null}]');

  expect(fromCsv).not.toHaveProperty('name');
  expect(fromJson).not.toHaveProperty('description');
  expect(fromJson?.topics).toEqual([]);
});
