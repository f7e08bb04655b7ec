import { gzipSync } from 'node:zlib';
import { test } from 'vitest';
import { expectAuditRefusal, type Refusal } from '../command-line.ts';
import { csv, inputFolder } from '../input-folder.ts';

interface Case extends Refusal {
  readonly fault: string;
  readonly content: string | Uint8Array;
  /** Ending of the file; `csv` when left out. */
  readonly ending?: string;
}

const bytes = (...parts: (string | number)[]): Uint8Array =>
  Buffer.concat(parts.map((part) => (typeof part === 'number' ? Buffer.from([part]) : Buffer.from(part, 'utf8'))));
const utf16 = (text: string): Uint8Array => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
const pairs = Array.from({ length: 60 }, (_, i) => `u${i},s${i % 3}\n`).join('');
const compressed = gzipSync(
  `user_id,segment_id\n${Array.from({ length: 20_000 }, (_, i) => `${(i * 7919) % 100_003},s\n`).join('')}`,
);

/** Faults of any file of rows; `FILE` stands for its name. Both kinds of rows have a column of ids and one more. */
const CASES: readonly Case[] = [
  { fault: 'an empty file', content: '', code: 'E_INPUT_EMPTY', message: 'The file is empty.', at: 'FILE' },
  { fault: 'blank lines only', content: '\n\n', code: 'E_INPUT_EMPTY', message: 'The file is empty.', at: 'FILE' },
  {
    fault: 'a header only',
    content: 'user_id,SECOND\n',
    code: 'E_INPUT_EMPTY',
    message: /./,
    at: 'FILE',
  },
  {
    fault: 'a column name that occurs twice',
    content: 'user_id,SECOND,SECOND\nu1,a,b\n',
    code: 'E_INPUT_COLUMN',
    message: 'The column "SECOND" occurs twice.',
    at: 'FILE:1',
  },
  {
    fault: 'column names that differ in letter case only',
    content: 'user_id,SECOND,USER_ID\nu1,a,b\n',
    code: 'E_INPUT_COLUMN',
    message: 'The columns "user_id" and "USER_ID" differ in letter case only.',
    at: 'FILE:1',
  },
  {
    fault: 'a quote that is never closed',
    content: `user_id,SECOND\n${pairs}u98,"b\nu99,c\n`,
    code: 'E_INPUT_CSV',
    message: 'A quote is opened and never closed',
    at: 'FILE:62',
  },
  {
    fault: 'a line with too many fields',
    content: `user_id,SECOND\n${pairs}u98,b,c\nu99,c\n`,
    code: 'E_INPUT_CSV',
    message: 'The line has 3 fields where the header has 2.',
    at: 'FILE:62',
  },
  {
    fault: 'a line with too few fields',
    content: `user_id,SECOND\n${pairs}u98\nu99,c\n`,
    code: 'E_INPUT_CSV',
    message: 'The line has 1 field where the header has 2.',
    at: 'FILE:62',
  },
  {
    fault: 'several faults',
    content: `user_id,SECOND\n${pairs}u98\nu99\n`,
    code: 'E_INPUT_CSV',
    message: '(and 1 more fault)',
    at: 'FILE:62',
  },
  {
    fault: 'a NUL byte',
    content: `user_id,SECOND\n${pairs}u98,a\0b\n`,
    code: 'E_INPUT_CSV',
    message: 'NUL byte',
    at: 'FILE',
  },
  {
    fault: 'bytes that are not UTF-8',
    content: bytes(`user_id,SECOND\n${pairs}u98,caf`, 0xe9, '\nu99,a\n'),
    code: 'E_INPUT_ENCODING',
    message: 'The line is not valid UTF-8',
    at: 'FILE:62',
  },
  {
    fault: 'a header that is not UTF-8',
    content: bytes('user_id,SECOND,caf', 0xe9, '\nu99,a,b\n'),
    code: 'E_INPUT_ENCODING',
    message: 'not valid UTF-8',
    at: 'FILE:1',
  },
  {
    fault: 'UTF-16',
    content: utf16('user_id,SECOND\nu1,a\n'),
    code: 'E_INPUT_ENCODING',
    message: 'The file is UTF-16, not UTF-8.',
    at: 'FILE',
  },
  {
    fault: 'mixed line endings',
    content: 'user_id,SECOND\r\nu1,a\nu2,b\r\nu3,c\n',
    code: 'E_INPUT_CSV',
    message: /line endings/,
    at: 'FILE',
  },
  {
    fault: 'a gzip stream that is cut off',
    ending: 'csv.gz',
    content: compressed.subarray(0, compressed.length - 2000),
    code: 'E_INPUT_UNREADABLE',
    message: 'The file cannot be decompressed: unexpected end of file.',
    at: 'FILE',
  },
  {
    fault: 'a gzip ending but plain text',
    ending: 'csv.gz',
    content: 'user_id,SECOND\nu1,a\n',
    code: 'E_INPUT_UNREADABLE',
    message: 'cannot be decompressed',
    at: 'FILE',
  },
  {
    fault: 'a Parquet ending but plain text',
    ending: 'parquet',
    content: 'user_id,SECOND\nu1,a\n',
    code: 'E_INPUT_UNREADABLE',
    message: 'not readable Parquet',
    at: 'FILE',
  },
  {
    fault: 'an ending that no reader knows',
    ending: 'xlsx',
    content: 'PK',
    code: 'E_INPUT_FORMAT',
    message: 'Rows are read from .csv',
    at: 'FILE',
  },
];

const GOOD_ASSIGNMENTS = csv(['user_id', 'segment_id'], ['u1', 's1'], ['u2', 's2']);

test.each(CASES)('assignments with $fault stop the audit', stopsInAssignments);
test.each(CASES)('a traits panel with $fault stops the audit', stopsInTraits);

async function stopsInAssignments({ content, ending = 'csv', ...refusal }: Case): Promise<void> {
  const file = `assignments.${ending}`;
  const folder = inputFolder({ [file]: named(content, 'segment_id') });

  await expectAuditRefusal(folder, ['--assignments', file], expected(refusal, file, 'segment_id'));
}

async function stopsInTraits({ content, ending = 'csv', ...refusal }: Case): Promise<void> {
  const file = `traits.${ending}`;
  const folder = inputFolder({ 'assignments.csv': GOOD_ASSIGNMENTS, [file]: named(content, 'religion') });
  const args = ['--assignments', 'assignments.csv', '--traits', file];

  await expectAuditRefusal(folder, args, expected(refusal, file, 'religion'));
}

/** Puts the name of the second column in. */
function named(content: string | Uint8Array, second: string): string | Uint8Array {
  if (typeof content === 'string') return content.replaceAll('SECOND', second);
  if (content[0] === 0xff)
    return utf16(Buffer.from(content.subarray(2)).toString('utf16le').replaceAll('SECOND', second));
  return Buffer.from(Buffer.from(content).toString('latin1').replaceAll('SECOND', second), 'latin1');
}

function expected({ message, at = 'FILE', code }: Refusal, file: string, second: string): Refusal {
  return {
    code,
    message: typeof message === 'string' ? message.replaceAll('SECOND', second) : message,
    at: at.replace('FILE', file),
  };
}

test.each([
  ['user id', 'person,segment_id\n1,a\n', 'No column is recognised as the user id. Columns: person, segment_id.'],
  ['segment id', 'user_id,thing\n1,a\n', 'No column is recognised as the segment id.'],
])('assignments without a %s column stop the audit', async (_what, content, message) => {
  await expectAuditRefusal(inputFolder({ 'a.csv': content }), ['--assignments', 'a.csv'], {
    code: 'E_INPUT_COLUMN',
    message,
    at: 'a.csv:1',
  });
});

test('a column that the config names and the file lacks stops the audit and suggests the nearest', async () => {
  const folder = inputFolder({
    'a.csv': csv(['reader', 'shelf'], ['u1', 's1']),
    'traitleak.yaml': 'assignments: { files: a.csv, user: raeder, segment: shelf }\n',
  });

  await expectAuditRefusal(folder, [], {
    code: 'E_INPUT_COLUMN',
    message: 'There is no column "raeder". Did you mean "reader"?',
    at: 'a.csv:1',
  });
});

test('a second assignments file without the columns of the first stops the audit', async () => {
  const folder = inputFolder({ 'a.csv': GOOD_ASSIGNMENTS, 'b.csv': csv(['user_id', 'cluster'], ['u1', 's1']) });

  await expectAuditRefusal(folder, ['--assignments', 'a.csv', 'b.csv'], {
    code: 'E_INPUT_COLUMN',
    message: 'There is no column "segment_id".',
    at: 'b.csv:1',
  });
});

test('a pattern that matches no file stops the audit', async () => {
  await expectAuditRefusal(inputFolder(), ['--assignments', 'parts/*.csv'], {
    code: 'E_INPUT_MISSING',
    message: 'The pattern matches no file.',
    at: 'parts/*.csv',
  });
});

test('a panel without a recognised trait stops the audit', async () => {
  const folder = inputFolder({ 'a.csv': GOOD_ASSIGNMENTS, 't.csv': csv(['user_id', 'shoe_size'], ['u1', 42]) });

  await expectAuditRefusal(folder, ['--assignments', 'a.csv', '--traits', 't.csv'], {
    code: 'E_PANEL_INVALID',
    message: 'No column is recognised as a trait. Columns: user_id, shoe_size.',
    at: 't.csv:1',
  });
});

test('two panel columns mapped to one trait stop the audit', async () => {
  const folder = inputFolder({
    'a.csv': GOOD_ASSIGNMENTS,
    't.csv': csv(['user_id', 'faith', 'church'], ['u1', 'x', 'y']),
    'traitleak.yaml': 'assignments: a.csv\ntraits: { file: t.csv, columns: { faith: religion, church: religion } }\n',
  });

  await expectAuditRefusal(folder, [], {
    code: 'E_PANEL_INVALID',
    message: 'The columns "faith" and "church" are both mapped to the trait religion.',
    at: 't.csv:1',
  });
});

test('a protected value that no panel user has stops the audit and suggests the nearest', async () => {
  const folder = inputFolder({
    'a.csv': GOOD_ASSIGNMENTS,
    't.csv': csv(['user_id', 'religion'], ['u1', 'muslim'], ['u2', 'none']),
    'traitleak.yaml':
      'assignments: a.csv\ntraits: { file: t.csv, columns: { religion: { trait: religion, protected: [moslim] } } }\n',
  });

  await expectAuditRefusal(folder, [], {
    code: 'E_TRAIT_VALUE',
    message: 'No panel member has the value "moslim" for the trait religion. Did you mean "muslim"?',
    at: 't.csv',
  });
});

test('a panel whose users all contradict themselves stops the audit', async () => {
  const folder = inputFolder({
    'a.csv': GOOD_ASSIGNMENTS,
    't.csv': csv(['user_id', 'religion'], ['u1', 'a'], ['u1', 'b']),
  });

  await expectAuditRefusal(folder, ['--assignments', 'a.csv', '--traits', 't.csv'], {
    code: 'E_INPUT_EMPTY',
    message: 'The traits panel holds no usable user.',
    at: 't.csv',
  });
});

test('assignments whose rows all lack a user or a segment stop the audit', async () => {
  const folder = inputFolder({ 'a.csv': 'user_id,segment_id\nu1,\n,s1\n' });

  await expectAuditRefusal(folder, ['--assignments', 'a.csv'], { code: 'E_INPUT_EMPTY', message: /./, at: 'a.csv' });
});
