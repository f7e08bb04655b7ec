import { test } from 'vitest';
import { expectAuditRefusal, expectRefusal, type Refusal } from '../command-line.ts';
import { csv, inputFolder } from '../input-folder.ts';

interface Case extends Refusal {
  readonly fault: string;
  readonly config: string;
}

const CASES: readonly Case[] = [
  {
    fault: 'a misspelt key',
    config: 'definitions: clusters.csv\nassignment: rows.csv\n',
    code: 'E_CONFIG_INVALID',
    message: '`assignment` is not a known key. Did you mean "assignments"?',
    at: 'traitleak.yaml:2:1',
  },
  {
    fault: 'a misspelt key inside another',
    config: 'definitions: clusters.csv\nmultiplicity:\n  methd: by\n',
    code: 'E_CONFIG_INVALID',
    message: 'In `multiplicity`, `methd` is not a known key. Did you mean "method"?',
    at: 'traitleak.yaml:3:3',
  },
  {
    fault: 'a misspelt choice',
    config: 'definitions: clusters.csv\nfailOn: hihg\n',
    code: 'E_CONFIG_INVALID',
    message: 'In `failOn`, "hihg" is not one of "critical", "high", "medium", "low", "never". Did you mean "high"?',
    at: 'traitleak.yaml:2:9',
  },
  {
    fault: 'a value of the wrong type',
    config: 'definitions: clusters.csv\nminCell: many\n',
    code: 'E_CONFIG_INVALID',
    message: 'In `minCell`, expected integer, found "many".',
    at: 'traitleak.yaml:2:10',
  },
  {
    fault: 'a negative limit',
    config: 'definitions: clusters.csv\nminCell: -1\n',
    code: 'E_CONFIG_INVALID',
    message: 'In `minCell`',
    at: 'traitleak.yaml:2:10',
  },
  {
    fault: 'a list where one file is meant',
    config: 'definitions: clusters.csv\ntraits: [panel.csv]\n',
    code: 'E_CONFIG_INVALID',
    message: 'In `traits`',
    at: 'traitleak.yaml:2:9',
  },
  {
    fault: 'a key that occurs twice',
    config: 'definitions: clusters.csv\ndefinitions: others.csv\n',
    code: 'E_CONFIG_INVALID',
    message: 'unique',
    at: 'traitleak.yaml:2:1',
  },
  {
    fault: 'broken YAML',
    config: 'definitions: [clusters.csv\nfailOn: high\n',
    code: 'E_CONFIG_INVALID',
    message: /./,
    at: 'traitleak.yaml:2:1',
  },
  {
    fault: 'two documents',
    config: 'definitions: clusters.csv\n---\nfailOn: high\n',
    code: 'E_CONFIG_INVALID',
    message: 'more than one document',
    at: 'traitleak.yaml:2:1',
  },
  {
    fault: 'a text instead of a mapping',
    config: 'clusters.csv\n',
    code: 'E_CONFIG_INVALID',
    message: 'At the top level, expected object, found "clusters.csv".',
    at: 'traitleak.yaml:1:1',
  },
  {
    fault: 'nothing to audit',
    config: 'failOn: high\n',
    code: 'E_CONFIG_NOT_FOUND',
    message: 'There is nothing to audit',
  },
  {
    fault: 'a pack that does not exist',
    config: 'definitions: clusters.csv\npacks: recomended\n',
    code: 'E_PACK_NOT_FOUND',
    message: 'There is no pack "recomended". Did you mean "recommended"?',
  },
  {
    fault: 'a pack file that does not exist',
    config: 'definitions: clusters.csv\npacks: [recommended, own.yaml]\n',
    code: 'E_INPUT_MISSING',
    message: 'There is no such file.',
    at: 'own.yaml',
  },
];

const CLUSTERS = csv(['segment_id', 'name'], ['1', 'x']);

test.each(CASES)('a config with $fault stops the audit', async ({ config, ...refusal }) => {
  const folder = inputFolder({ 'traitleak.yaml': config, 'clusters.csv': CLUSTERS });

  await expectAuditRefusal(folder, [], refusal);
});

test('a broken JSON config is refused at its place', async () => {
  const folder = inputFolder({ 'traitleak.json': '{\n  "definitions": "clusters.csv",\n  "failon": "high"\n}\n' });

  await expectAuditRefusal(folder, [], {
    code: 'E_CONFIG_INVALID',
    message: '`failon` is not a known key. Did you mean "failOn"?',
    at: 'traitleak.json:3:3',
  });
});

test('a config file that does not exist is named', async () => {
  await expectAuditRefusal(inputFolder(), ['none.yaml'], {
    code: 'E_INPUT_MISSING',
    message: 'There is no such file.',
    at: 'none.yaml',
  });
});

test('a folder called like a config is refused', async () => {
  await expectAuditRefusal(inputFolder({ 'traitleak.yaml/x': '' }), [], {
    code: 'E_INPUT_UNREADABLE',
    message: 'This is a folder, not a file.',
    at: 'traitleak.yaml',
  });
});

test('a folder without anything to audit is refused', async () => {
  await expectAuditRefusal(inputFolder({ 'exports/readme.txt': '' }), ['exports'], {
    code: 'E_CONFIG_NOT_FOUND',
    message:
      'The folder exports holds no traitleak.yaml, and no file that looks like definitions, assignments or traits.',
  });
});

test('two files that could play the same role are refused', async () => {
  await expectAuditRefusal(inputFolder({ 'x/definitions.csv': CLUSTERS, 'x/clusters.csv': CLUSTERS }), ['x'], {
    code: 'E_CONFIG_INVALID',
    message: 'could hold the definitions: definitions.csv, clusters.csv.',
  });
});

test.each<{ fault: string; flags: readonly string[] } & Refusal>([
  {
    fault: '--min-cell abc',
    flags: ['--min-cell', 'abc'],
    code: 'E_USAGE',
    message: '--min-cell abc: expected a whole number.',
  },
  {
    fault: '--min-cell -1',
    flags: ['--min-cell', '-1'],
    code: 'E_USAGE',
    message: '--min-cell -1: expected a whole number.',
  },
  {
    fault: '--threads 0',
    flags: ['--threads', '0'],
    code: 'E_CONFIG_INVALID',
    message: 'engine.threads',
    at: 'command line',
  },
  {
    fault: '--memory much',
    flags: ['--memory', 'much'],
    code: 'E_CONFIG_INVALID',
    message: 'engine.memory',
    at: 'command line',
  },
  {
    fault: '--set without =',
    flags: ['--set', 'minCell'],
    code: 'E_USAGE',
    message: '--set minCell: expected key=value',
  },
  {
    fault: '--set of an unknown key',
    flags: ['--set', 'mincell=5'],
    code: 'E_CONFIG_INVALID',
    message: '`mincell` is not a known key. Did you mean "minCell"?',
    at: 'command line',
  },
  {
    fault: '--set through a value that is not a mapping',
    flags: ['--set', 'failOn.x=5', '--fail-on', 'low'],
    code: 'E_USAGE',
    message: '`x` lies inside a value that is not a mapping',
  },
  {
    fault: 'ready-made counts beside assignments',
    flags: ['--assignments', 'rows.csv', '--counts', 'counts.csv'],
    code: 'E_USAGE',
    message: 'not both',
  },
])('$fault is refused', async ({ flags, fault: _fault, ...refusal }) => {
  const folder = inputFolder({
    'clusters.csv': CLUSTERS,
    'rows.csv': csv(['user_id', 'segment_id'], ['u', '1']),
    'counts.csv': csv(
      ['segment_id', 'trait', 'value', 'in_value', 'in_other', 'out_value', 'out_other'],
      [1, 'a', 'b', 1, 1, 1, 1],
    ),
  });

  await expectAuditRefusal(folder, ['--definitions', 'clusters.csv', ...flags], refusal);
});

test.each<{ fault: string; outputs: readonly string[] } & Refusal>([
  {
    fault: 'an unknown format',
    outputs: ['jsn'],
    code: 'E_USAGE',
    message: 'There is no format "jsn". Did you mean "json"?',
  },
  { fault: 'a format without a file after the =', outputs: ['json='], code: 'E_USAGE', message: 'no file is named' },
  {
    fault: 'two outputs to one file',
    outputs: ['json=out', 'text=./out'],
    code: 'E_USAGE',
    message: 'Two outputs go to the same place',
  },
  {
    fault: 'two outputs to stdout',
    outputs: ['json', 'text'],
    code: 'E_USAGE',
    message: 'Two outputs go to the same place',
  },
  {
    fault: 'an output in a folder that does not exist',
    outputs: ['json=none/out.json'],
    code: 'E_OUTPUT',
    message: 'does not exist',
  },
  {
    fault: 'an output that is a folder',
    outputs: ['text=first.txt', 'json=folder'],
    code: 'E_OUTPUT',
    message: 'is a folder',
  },
])('$fault is refused before anything is written', async ({ outputs, fault: _fault, ...refusal }) => {
  const folder = inputFolder({ 'clusters.csv': CLUSTERS, 'folder/x': '' });
  const formats = outputs.flatMap((output) => ['-f', output]);

  await expectRefusal(folder, ['audit', '--definitions', 'clusters.csv', ...formats], refusal);
});
