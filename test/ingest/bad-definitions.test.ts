import { test } from 'vitest';
import { expectAuditRefusal, type Refusal } from '../command-line.ts';
import { inputFolder } from '../input-folder.ts';

interface Case extends Refusal {
  readonly fault: string;
  readonly file?: string;
  readonly content: string | Uint8Array;
}

const utf16 = (text: string): Uint8Array => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
const bytes = (...parts: (string | number)[]): Uint8Array =>
  Buffer.concat(parts.map((part) => (typeof part === 'number' ? Buffer.from([part]) : Buffer.from(part, 'utf8'))));

const CASES: readonly Case[] = [
  { fault: 'an empty CSV file', content: '', code: 'E_INPUT_EMPTY', message: /no header/, at: 'definitions.csv' },
  {
    fault: 'a CSV file with a header only',
    content: 'segment_id,name\n',
    code: 'E_INPUT_EMPTY',
    message: 'The file holds no definition',
    at: 'definitions.csv',
  },
  {
    fault: 'a CSV file without segment_id',
    content: 'segmentid,name\n1,a\n',
    code: 'E_INPUT_COLUMN',
    message: 'There is no column "segment_id". Did you mean "segmentid"? Columns: segmentid, name.',
    at: 'definitions.csv:1',
  },
  {
    fault: 'an empty segment id',
    content: 'name,segment_id\na,1\nb,\n',
    code: 'E_DEFINITION_INVALID',
    message: 'segment_id',
    at: 'definitions.csv:3:3',
  },
  {
    fault: 'two definitions of one segment',
    content: 'segment_id,name\n7,a\n007,b\n7,c\n',
    code: 'E_DEFINITION_DUPLICATE',
    message: 'Segment "7" is defined twice; first at definitions.csv:2:3.',
    at: 'definitions.csv:4:3',
  },
  {
    fault: 'a column name that occurs twice',
    content: 'segment_id,name,name\n1,a,b\n',
    code: 'E_INPUT_COLUMN',
    message: 'The column "name" occurs twice.',
    at: 'definitions.csv:1',
  },
  {
    fault: 'a column without a name',
    content: 'segment_id,,name\n1,a,b\n',
    code: 'E_INPUT_COLUMN',
    message: 'Column 2 has no name.',
    at: 'definitions.csv:1',
  },
  {
    fault: 'a quote that is never closed',
    content: 'segment_id,name\n1,a\n2,"b\n3,c\n',
    code: 'E_INPUT_CSV',
    message: 'A quote is opened and never closed.',
    at: 'definitions.csv:3',
  },
  {
    fault: 'a quote inside a field',
    content: 'segment_id,name\n1,a\n2,say "b"\n',
    code: 'E_INPUT_CSV',
    message: 'A quote stands inside a field without being doubled.',
    at: 'definitions.csv:3',
  },
  {
    fault: 'a line with too many fields',
    content: 'segment_id,name\n1,a\n2,b,c\n3,d\n',
    code: 'E_INPUT_CSV',
    message: 'The line has 3 fields where the header has 2.',
    at: 'definitions.csv:3',
  },
  {
    fault: 'a line with too few fields',
    content: 'segment_id,name\n1,a\n2\n',
    code: 'E_INPUT_CSV',
    message: 'The line has 1 field where the header has 2.',
    at: 'definitions.csv:3',
  },
  {
    fault: 'a NUL byte',
    content: 'segment_id,name\n1,a\n2,b\0\n',
    code: 'E_INPUT_CSV',
    message: 'NUL byte',
    at: 'definitions.csv:3',
  },
  {
    fault: 'bytes that are not UTF-8',
    content: bytes('segment_id,name\n1,a\n2,caf', 0xe9, '\n'),
    code: 'E_INPUT_ENCODING',
    message: 'The line is not valid UTF-8.',
    at: 'definitions.csv:3',
  },
  {
    fault: 'UTF-16',
    content: utf16('segment_id,name\n1,a\n'),
    code: 'E_INPUT_ENCODING',
    message: 'UTF-16',
    at: 'definitions.csv',
  },
  {
    fault: 'a topic with a weight of 0',
    content: 'segment_id,topics\n1,a:1\n2,b:0.5;c:0\n',
    code: 'E_DEFINITION_INVALID',
    message: 'The topic "c:0" needs a term and a weight above 0.',
    at: 'definitions.csv:3:3',
  },
  {
    fault: 'broken JSON',
    file: 'definitions.json',
    content: '[\n  {"segment_id": "1"},\n  {"segment_id": }\n]\n',
    code: 'E_DEFINITION_INVALID',
    message: 'not valid JSON',
    at: 'definitions.json:3:18',
  },
  {
    fault: 'JSON that holds no list',
    file: 'definitions.json',
    content: '{"segment": []}',
    code: 'E_DEFINITION_INVALID',
    message: 'Expected a list of definitions',
    at: 'definitions.json:1:1',
  },
  {
    fault: 'a JSON record without segment_id',
    file: 'definitions.json',
    content: '{"segments": [\n  {"segment_id": "1"},\n  {"name": "x"}\n]}\n',
    code: 'E_DEFINITION_INVALID',
    message: '`segment_id` is missing',
    at: 'definitions.json:3:3',
  },
  {
    fault: 'a JSON record whose topics are text',
    file: 'definitions.json',
    content: '[{"segment_id": "1", "topics": "a:1"}]',
    code: 'E_DEFINITION_INVALID',
    message: 'expected array or null, found "a:1"',
    at: 'definitions.json:1:2',
  },
  {
    fault: 'a broken line of JSONL',
    file: 'definitions.jsonl',
    content: '{"segment_id":"1"}\n\n{"segment_id":"2"\n',
    code: 'E_DEFINITION_INVALID',
    message: 'not valid JSON',
    at: 'definitions.jsonl:3:18',
  },
  {
    fault: 'an empty JSONL file',
    file: 'definitions.jsonl',
    content: '\n\n',
    code: 'E_INPUT_EMPTY',
    message: 'no definition',
    at: 'definitions.jsonl',
  },
  {
    fault: 'broken YAML',
    file: 'definitions.yaml',
    content: '- segment_id: 1\n  name: "a\n- segment_id: 2\n',
    code: 'E_DEFINITION_INVALID',
    message: 'quote',
    at: 'definitions.yaml:4:1',
  },
  {
    fault: 'a YAML key that occurs twice in one record',
    file: 'definitions.yaml',
    content: '- segment_id: 1\n  name: a\n  name: b\n',
    code: 'E_DEFINITION_INVALID',
    message: /unique/,
    at: 'definitions.yaml:3:3',
  },
  {
    fault: 'a YAML id that is not text',
    file: 'definitions.yaml',
    content: '- segment_id: 1\n- segment_id: [2]\n',
    code: 'E_DEFINITION_INVALID',
    message: 'In `segment_id`, expected string',
    at: 'definitions.yaml:2:15',
  },
  {
    fault: 'an empty YAML file',
    file: 'definitions.yaml',
    content: '',
    code: 'E_DEFINITION_INVALID',
    message: 'Expected a list of definitions',
    at: 'definitions.yaml:1:1',
  },
  {
    fault: 'an ending that no reader knows',
    file: 'definitions.xlsx',
    content: 'PK',
    code: 'E_INPUT_FORMAT',
    message: 'Definitions are read from csv, tsv, json',
    at: 'definitions.xlsx',
  },
];

test.each(CASES)(
  'definitions with $fault stop the audit',
  async ({ file = 'definitions.csv', content, ...refusal }) => {
    const folder = inputFolder({ [file]: content });

    await expectAuditRefusal(folder, ['--definitions', file], refusal);
  },
);

test('definitions that are not there stop the audit', async () => {
  await expectAuditRefusal(inputFolder(), ['--definitions', 'none.csv'], {
    code: 'E_INPUT_MISSING',
    message: 'There is no such file.',
    at: 'none.csv',
  });
});

test('a folder given as a file stops the audit', async () => {
  await expectAuditRefusal(
    inputFolder({ 'clusters.csv/x.csv': 'segment_id\n1\n' }),
    ['--definitions', 'clusters.csv'],
    {
      code: 'E_INPUT_UNREADABLE',
      message: 'This is a folder, not a file.',
      at: 'clusters.csv',
    },
  );
});

test('a segment that two files define stops the audit and names both places', async () => {
  const folder = inputFolder({ 'a.csv': 'segment_id\n1\n', 'b.yaml': '- segment_id: "1"\n' });

  await expectAuditRefusal(folder, ['--definitions', 'a.csv', 'b.yaml'], {
    code: 'E_DEFINITION_DUPLICATE',
    message: 'first at a.csv:2:1',
    at: 'b.yaml:1:15',
  });
});
