import { describe, expect, test } from 'vitest';
import { traitleak } from '../command-line.ts';

interface Line {
  readonly text: string;
  readonly label: string;
  readonly traits: readonly string[];
  readonly matches: readonly Readonly<Record<string, unknown>>[];
}

async function lines(args: readonly string[], input?: string | Uint8Array): Promise<readonly Line[]> {
  const { exitCode, stdout, stderr } = await traitleak(
    ['check', '--format', 'jsonl', ...args],
    input === undefined ? {} : { input },
  );
  expect(exitCode, stderr).toBe(0);
  expect(stderr).toBe('');
  return stdout
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Line);
}

test('text says the label of each name, and why', async () => {
  const { exitCode, stdout } = await traitleak(['check', 'gay men', 'Cancer (astrology)', 'gardeners']);

  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^sensitive {2}gay men$/m);
  expect(stdout).toMatch(/^not {8}Cancer \(astrology\)$/m);
  expect(stdout).toMatch(/^not {8}gardeners$/m);
  expect(stdout).toMatch(/^ {11}sexual orientation, explicit: "gay"/m);
  expect(stdout).toMatch(/^ {11}harmless: "Cancer" would be health/m);
});

test('jsonl gives one object a name, with exactly the promised keys', async () => {
  const [first, second] = await lines(['gay men', 'gardeners']);

  expect(Object.keys(first!)).toEqual(['text', 'label', 'traits', 'matches']);
  expect(first).toMatchObject({ text: 'gay men', label: 'sensitive' });
  expect(first!.traits).toContain('sexual_orientation');
  for (const match of first!.matches) {
    const { disguise: _, ...always } = match;
    expect(Object.keys(always)).toEqual(['trait', 'term', 'strength', 'start', 'end', 'matched', 'language']);
    expect('gay men'.slice(match.start as number, match.end as number)).toBe(match.matched);
    expect(['explicit', 'implied']).toContain(match.strength);
  }
  expect(second).toEqual({ text: 'gardeners', label: 'not', traits: [], matches: [] });
});

test('a disguise is told', async () => {
  const [line] = await lines(['le$bian']);

  expect(line?.label).toBe('sensitive');
  expect(line?.matches[0]).toHaveProperty('disguise');
});

describe('standard input', () => {
  test.each([
    ['LF', 'gay men\ngardeners\n'],
    ['CRLF', 'gay men\r\ngardeners\r\n'],
    ['no last line ending', 'gay men\ngardeners'],
  ])('is read one name a line, with %s', async (_what, input) => {
    expect((await lines([], input)).map(({ text, label }) => [text, label])).toEqual([
      ['gay men', 'sensitive'],
      ['gardeners', 'not'],
    ]);
  });

  test('keeps one answer for each line, blank lines and odd characters among them', async () => {
    const input = ['', 'a\u2028b', '  gay men ', '', 'x\ty', '👩‍👩‍👧', 'a"b\\c'];

    expect((await lines([], `${input.join('\n')}\n`)).map(({ text }) => text)).toEqual(input);
  });

  test('without a line gives nothing', async () => {
    expect(await lines([], '')).toEqual([]);
  });

  test('takes ten thousand names, and one very long one', async () => {
    const input = `${'gardeners\n'.repeat(10_000)}${'x '.repeat(50_000)}gay men\n`;

    const answers = await lines([], input);

    expect(answers.length).toBe(10_001);
    expect(answers.at(-1)?.label).toBe('sensitive');
  });
});

test.each([
  [0, 'never', ['gay men']],
  [0, 'sensitive', ['gardeners']],
  [1, 'sensitive', ['gardeners', 'gay men']],
  [1, 'borderline', ['gay men']],
  [0, 'borderline', ['gardeners', 'Black Friday deals']],
])('the status is %i with --fail-on %s for %j', async (status, failOn, names) => {
  expect((await traitleak(['check', '--fail-on', failOn, ...names])).exitCode).toBe(status);
});

test.each([
  ['--format', 'json'],
  ['--fail-on', 'high'],
])('%s %s is wrong usage', async (...args) => {
  const { exitCode, stdout, stderr } = await traitleak(['check', ...args, 'x']);

  expect(exitCode).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toContain('Allowed choices are');
});
