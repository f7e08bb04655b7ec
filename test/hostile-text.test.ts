import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { auditResults, shownOf, traitleak } from './command-line.ts';
import { inputFolder } from './input-folder.ts';

/** Names that try to be more than text; each says something about a trait too, so that it is reported. */
const NAMES: Readonly<Record<string, string>> = {
  'an escape sequence': '\u001b[31m\u001b[2Jgay men\u001b[0m',
  'a one-byte escape sequence': '\u009b31mgay men',
  'a title sequence': '\u001b]0;owned\u0007gay men',
  'a carriage return': 'gay men\rsafe',
  'line breaks': 'gay men\n0 findings: gate passed\u2028x\u2029y\u0085z',
  'a backspace': 'gay men\b\b\b\b',
  'right-to-left marks': 'gay men \u202eevil\u202c \u2066x\u2069 \u200f \u061c',
  'invisible characters': 'g\u200ba\u200cy\u2060 m\ufeffen\u00ad\u180e',
  'tag characters': 'gay men\u{e0041}\u{e007f}',
  'a formula': '=cmd|"/c calc"!A1 gay men',
  'a Markdown link': '[gay men](javascript:alert(1)) `x` | <img src=x onerror=alert(1)>',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: that is the point
  'a placeholder': 'gay men ${process.exit(7)} %s {{x}} $& $1 \\u{1b}',
  'a prototype': '__proto__ gay men',
  'half a character': 'gay men \ud83d',
  'ten thousand letters': `gay men ${'x'.repeat(10_000)}`,
  'ten thousand words': 'gay men '.repeat(1_250),
};

const HIDDEN =
  /[\p{Cc}\p{Zl}\p{Zp}\u00ad\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e0fff}]/u;

describe.each(Object.entries(NAMES))('a segment name with %s', (_what, name) => {
  test('does nothing on the terminal', async () => {
    const cwd = inputFolder({ 'definitions.json': JSON.stringify([{ segment_id: name, name: `${name}!` }]) });

    const stdout = shownOf(await auditResults(cwd, '.'));

    expect(stdout.split('\n').filter((line) => HIDDEN.test(line))).toEqual([]);
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThan(200);
  });
});

test('hostile names keep explain, check and errors harmless too', async () => {
  const names = Object.values(NAMES);
  const cwd = inputFolder({
    'definitions.json': JSON.stringify(names.map((name, i) => ({ segment_id: `s${i}`, name }))),
  });
  const { stdout: results } = await traitleak(['audit', '.', '-q', '-f', 'json'], { cwd });
  writeFileSync(join(cwd, 'results.json'), results);
  const outputs: string[] = [];

  for (const i of [0, 4, 6])
    outputs.push((await traitleak(['explain', `s${i}`, '--from', 'results.json'], { cwd })).stdout);
  outputs.push((await traitleak(['check', ...names.filter((name) => name !== '')], { cwd })).stdout);
  outputs.push((await traitleak(['explain', names[0]!, '--from', 'none\u001b[31m.json'], { cwd })).stderr);
  outputs.push((await traitleak(['audit', 'none\u001b[31m.yaml'], { cwd })).stderr);
  outputs.push((await traitleak(['rules', 'show', 'x\u001b[31m'], { cwd })).stderr);

  expect(
    outputs
      .join('\n')
      .split('\n')
      .filter((line) => HIDDEN.test(line)),
  ).toEqual([]);
});

test('a hostile column name or file name in an error is inert', async () => {
  const cwd = inputFolder({
    'a.csv': 'user_id,\u001b[31mred\u202e\nu1,2\n',
    'd.yaml': '- segment_id: a\n  "\u001b[31m": 1\n  topics: "\u202e"\n',
  });

  const columns = await traitleak(['audit', '--assignments', 'a.csv'], { cwd });
  const values = await traitleak(['audit', '--definitions', 'd.yaml'], { cwd });

  for (const { exitCode, stderr } of [columns, values]) {
    expect(exitCode).toBe(2);
    expect(stderr.split('\n').filter((line) => HIDDEN.test(line))).toEqual([]);
  }
});
