import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HOSTILE_NAMES, hostileText } from './hostile-names.ts';
import { finding, reportOf, smallReport, written } from './small-report.ts';

interface Command {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly message: string;
}

const decoded = (text: string): string =>
  text
    .replaceAll('%2C', ',')
    .replaceAll('%3A', ':')
    .replaceAll('%0A', '\n')
    .replaceAll('%0D', '\r')
    .replaceAll('%25', '%');

/** Reads workflow commands the way the runner does: a line, up to the first `::` after the properties, pairs apart at commas. */
function commandsOf(output: string): readonly Command[] {
  const lines = output.split(/\r\n|\r|\n/);
  return lines
    .filter((line) => line.trimStart().startsWith('::') || line.includes('##['))
    .map((line) => {
      const end = line.indexOf('::', 2);
      const [, name = '', pairs = ''] = /^::(\w+) ?(.*)$/u.exec(line.slice(0, end)) ?? [];
      const properties = pairs.split(',').map((pair) => {
        const equals = pair.indexOf('=');
        return [pair.slice(0, equals), decoded(pair.slice(equals + 1))];
      });
      return { name, properties: Object.fromEntries(properties), message: decoded(line.slice(end + 2)) };
    });
}

test('is written as expected', async () => {
  await expect(written('github', smallReport())).toMatchFileSnapshot('snapshots/github.snapshot.txt');
});

test('the command follows severity, and what was accepted is a notice', () => {
  const names = commandsOf(written('github', smallReport())).map(({ name }) => name);

  expect(names).toEqual(['error', 'error', 'notice', 'notice', 'notice']);
});

test('a finding of medium severity is a warning', () => {
  const output = written('github', smallReport({ findings: [finding({ severity: 'medium' })] }));

  expect(commandsOf(output).map(({ name }) => name)).toEqual(['warning']);
});

test('an annotation stands at the line of the definition', () => {
  const [command] = commandsOf(written('github', smallReport()));

  expect(command?.properties).toEqual({
    file: 'exports/definitions.csv',
    line: '2',
    col: '5',
    title: 'Sikh parents (c01): religion (critical)',
  });
});

test('a finding without a definition has no place', () => {
  const properties = commandsOf(written('github', smallReport())).at(-1)?.properties;

  expect(Object.keys(properties ?? {})).toEqual(['title']);
});

describe.each(Object.entries(HOSTILE_NAMES))('a name that holds %s', (_what, name) => {
  test('stays inside its annotation', () => {
    const output = written('github', reportOf(name));
    const commands = commandsOf(output);

    expect(output.split('\n')).toHaveLength(7);
    expect(commands.map((command) => command.name)).toEqual(['error', 'error', 'notice', 'notice', 'notice']);
    expect(commands.flatMap(({ properties }) => Object.keys(properties)).sort()).toEqual([
      ...Array(4).fill('col'),
      ...Array(4).fill('file'),
      ...Array(4).fill('line'),
      ...Array(5).fill('title'),
    ]);
    expect(Math.max(...output.split('\n').map((line) => line.length))).toBeLessThan(20_000);
  });
});

test('no name breaks out of its annotation', () => {
  fc.assert(
    fc.property(hostileText, (name) => {
      const output = written('github', reportOf(name));

      expect(output).not.toMatch(/[\r\u2028\u2029\u0085]/);
      expect(output.split('\n')).toHaveLength(7);
      expect(commandsOf(output).map(({ properties }) => properties.line)).toEqual(['2', '2', '2', '4', undefined]);
    }),
    { numRuns: 200 },
  );
});

test('a long name leaves room for what the finding is about', () => {
  const findings = [finding({ segment: 'x'.repeat(1000) })];
  const [command] = commandsOf(written('github', smallReport({ findings })));

  expect(command?.properties.title).toMatch(/^x+…: religion \(critical\)$/);
});

test('a message is read back as it was', () => {
  const message = '50 % of "a:b,c::d" %0A';
  const [command] = commandsOf(written('github', smallReport({ findings: [finding({ message })] })));

  expect(command?.message.split('\n')[0]).toBe(message);
});

test('the last line is for the log, and no command', () => {
  expect(written('github', smallReport()).split('\n').at(-2)).toBe(
    'traitleak: 5 findings; gate failed, 2 new at or above high.',
  );
});
