import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { EXECUTABLE, PROJECT } from '../command-line.ts';
import { csv, inputFolder } from '../input-folder.ts';

interface Step {
  readonly id?: string;
  readonly run: string;
  readonly shell: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly 'working-directory'?: string;
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

const ACTION = parse(readFileSync(join(PROJECT, 'action.yml'), 'utf8')) as Action;

interface ActionRun {
  readonly statuses: readonly (number | undefined)[];
  readonly log: string;
  readonly summary: string;
  readonly outputs: Readonly<Record<string, string>>;
}

/** Runs the steps of the action one after the other, as the service does; a step that fails ends it. */
async function runAction(folder: string, inputs: Readonly<Record<string, string>>): Promise<ActionRun> {
  const files = { GITHUB_OUTPUT: join(folder, '.output'), GITHUB_STEP_SUMMARY: join(folder, '.summary') };
  for (const file of Object.values(files)) writeFileSync(file, '');
  const given: Record<string, string> = { command: `node ${EXECUTABLE}`, ...inputs };
  const stepOutputs = (): Record<string, string> =>
    Object.fromEntries(
      readFileSync(files.GITHUB_OUTPUT, 'utf8')
        .split('\n')
        .filter((line) => line.includes('='))
        .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
    );
  const fill = (text: string): string =>
    text.replace(/\$\{\{ (inputs|steps\.audit\.outputs)\.([a-z-]+) \}\}/g, (_, kind: string, name: string) =>
      kind === 'inputs' ? (given[name] ?? ACTION.inputs[name]!.default) : (stepOutputs()[name] ?? ''),
    );
  const statuses: (number | undefined)[] = [];
  let log = '';
  for (const step of ACTION.runs.steps) {
    const env = Object.fromEntries(Object.entries(step.env ?? {}).map(([name, value]) => [name, fill(value)]));
    const { exitCode, all } = await execa(step.shell, ['--noprofile', '--norc', '-eo', 'pipefail', '-c', step.run], {
      cwd: join(folder, fill(step['working-directory'] ?? '.')),
      env: { ...files, ...env },
      reject: false,
      all: true,
    });
    statuses.push(exitCode);
    log += all;
    if (exitCode !== 0) break;
  }
  const outputs = Object.fromEntries(Object.entries(ACTION.outputs).map(([name, { value }]) => [name, fill(value)]));
  return { statuses, log, summary: readFileSync(files.GITHUB_STEP_SUMMARY, 'utf8'), outputs };
}

const CLEAN = csv(['segment_id', 'name'], ['c1', 'Jazz lovers'], ['c2', 'Weekend cyclists']);
const BAD = csv(['segment_id', 'name'], ['c1', 'Jazz lovers'], ['c2', 'Gay men in Berlin']);

describe.runIf(process.platform !== 'win32')('the GitHub action', () => {
  test('passes a clean export, and leaves results and a summary', async () => {
    const folder = inputFolder({ 'definitions.csv': CLEAN });

    const { statuses, outputs, summary } = await runAction(folder, { config: '.' });

    expect(statuses).toEqual([0, 0]);
    expect(outputs).toEqual({
      status: '0',
      results: 'traitleak-report/results.json',
      sarif: 'traitleak-report/results.sarif',
    });
    expect(summary).toContain('<!-- traitleak -->');
    expect(JSON.parse(readFileSync(join(folder, outputs.results!), 'utf8')).gate.passed).toBe(true);
  });

  test('fails on a segment that names a trait, with an annotation on its line, and still writes the summary', async () => {
    const folder = inputFolder({ 'exports/definitions.csv': BAD });

    const { statuses, log, summary, outputs } = await runAction(folder, { config: 'exports' });

    expect(statuses).toEqual([0, 1]);
    expect(log).toMatch(/^::error file=exports\/definitions\.csv,line=3,/m);
    expect(summary).toContain('Gay men in Berlin');
    expect(outputs.status).toBe('1');
  });

  test('hands severity and working directory on', async () => {
    const folder = inputFolder({ 'here/definitions.csv': BAD });

    const { statuses } = await runAction(folder, { 'working-directory': 'here', config: '.', 'fail-on': 'never' });

    expect(statuses).toEqual([0, 0]);
  });

  test('fails with status 2 on a wrong config, and keeps no results of an earlier run', async () => {
    const folder = inputFolder({
      'traitleak.yaml': 'failon: high\n',
      'traitleak-report/results.json': '{}',
    });

    const { statuses, outputs, summary, log } = await runAction(folder, {});

    expect(statuses).toEqual([0, 2]);
    expect(outputs).toEqual({ status: '2', results: '', sarif: '' });
    expect(summary).toBe('');
    expect(log).toContain('Did you mean "failOn"?');
  });

  test('takes a hostile input as text', async () => {
    const folder = inputFolder({ 'definitions.csv': CLEAN });

    const { log } = await runAction(folder, { config: '$(touch hacked); `touch hacked`' });

    expect(log).toContain('$(touch hacked)');
    expect(() => readFileSync(join(folder, 'hacked'))).toThrow();
  });

  test('puts no input into a script: they reach it through the environment', () => {
    for (const { run } of ACTION.runs.steps) expect(run).not.toContain('${{');
  });

  test('starts the version that it was released with', () => {
    const { version } = JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8')) as { version: string };
    expect(ACTION.inputs.command!.default).toBe(`npx --yes traitleak@${version}`);
  });
});
