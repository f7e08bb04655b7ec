import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { expect } from 'vitest';
import type { AuditReport } from '../src/domain/report.ts';

/** The executable, as a user runs it: `npm test` has built what it needs. */
export const EXECUTABLE: string = fileURLToPath(new URL('../bin/traitleak.js', import.meta.url));

/** The project's root folder. */
export const PROJECT: string = fileURLToPath(new URL('..', import.meta.url));

export interface RunOptions {
  readonly cwd?: string;
  readonly input?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
}

export interface RunResult {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** What would change the output without being asked for. */
const NEUTRAL = { NO_COLOR: undefined, FORCE_COLOR: undefined, CI: undefined, SOURCE_DATE_EPOCH: '1767225600' };

/** Runs the real executable in a process of its own. */
export async function traitleak(
  args: readonly string[],
  { cwd = PROJECT, input = '', env = {} }: RunOptions = {},
): Promise<RunResult> {
  const { exitCode, stdout, stderr } = await execa(process.execPath, [EXECUTABLE, ...args], {
    cwd,
    input,
    env: { ...NEUTRAL, ...env },
    reject: false,
    stripFinalNewline: false,
  });
  return { exitCode, stdout, stderr };
}

/** Audits, and reads the results JSON. */
export async function auditResults(cwd: string, ...args: readonly string[]): Promise<AuditReport> {
  const results = join(cwd, 'results.json');
  const { exitCode, stderr } = await traitleak(['audit', '-q', '-f', 'json=results.json', ...args], { cwd });
  expect(exitCode, stderr).toBeLessThan(2);
  return JSON.parse(readFileSync(results, 'utf8')) as AuditReport;
}

/** What an error has to say. */
export interface Refusal {
  readonly code: string;
  /** Part of the message. */
  readonly message: string | RegExp;
  /** `file`, `file:line` or `file:line:column`; nothing where the fault has no place. */
  readonly at?: string;
}

/**
 * Runs a command that must refuse its input: status 2, one clear message at the right place with a hint below it, no stack trace, and
 * nothing written, neither to stdout nor to any file.
 */
export async function expectRefusal(cwd: string, args: readonly string[], refusal: Refusal): Promise<void> {
  const before = readdirSync(cwd, { recursive: true }).sort();

  const { exitCode, stdout, stderr } = await traitleak(args, { cwd });

  const [first = '', hint = ''] = stderr.split('\n').filter((line) => !line.startsWith('note: '));
  const where = refusal.at === undefined ? '' : `${refusal.at}: `;
  expect(first.slice(0, `error ${where}`.length)).toBe(`error ${where}`);
  expect(first.slice(`error ${where}`.length)).toMatch(refusal.message);
  expect(first).toContain(`(${refusal.code})`);
  expect(hint.trim()).not.toBe('');
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(exitCode).toBe(2);
  expect(stdout).toBe('');
  expect(readdirSync(cwd, { recursive: true }).sort()).toEqual(before);
}

/** Runs an audit that must refuse its input; it asks for two outputs, neither of which may appear. */
export async function expectAuditRefusal(cwd: string, args: readonly string[], refusal: Refusal): Promise<void> {
  await expectRefusal(cwd, ['audit', ...args, '-f', 'json=results.json', '-f', 'text=report.txt'], refusal);
}
