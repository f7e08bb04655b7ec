import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { expect } from 'vitest';
import { audit } from '../src/audit.ts';
import type { AuditFlags } from '../src/cli/flags.ts';
import { resolveConfig } from '../src/cli/resolve-config.ts';
import { formatLocation } from '../src/domain/location.ts';
import type { AuditReport } from '../src/domain/report.ts';
import { AuditError } from '../src/errors.ts';
import { PLAIN } from '../src/report/format.ts';
import { textFormat } from '../src/report/formats/text.ts';

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

/**
 * Audits inside this process, which is several times as fast as the executable, and takes the report the way `-f json` gives it.
 *
 * @param args - arguments and flags of `traitleak audit`
 */
export async function auditResults(cwd: string, ...args: readonly string[]): Promise<AuditReport> {
  const { argument, flags } = parseAuditArguments(args);
  const { config } = await resolveConfig(argument, flags, cwd);
  return JSON.parse(JSON.stringify(await audit(config, { now: new Date(1_767_225_600_000) }))) as AuditReport;
}

const LISTS = ['definitions', 'assignments', 'pack'];

function parseAuditArguments(args: readonly string[]): { argument: string | undefined; flags: AuditFlags } {
  const lists: Record<string, string[]> = { set: [], format: [] };
  const single: Record<string, string> = {};
  let argument: string | undefined;
  let flag: string | undefined;
  for (const arg of args) {
    if (arg.startsWith('--')) {
      flag = arg.slice(2).replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
    } else if (flag === undefined) {
      argument = arg;
    } else if (LISTS.includes(flag) || flag === 'set') {
      lists[flag] = [...(lists[flag] ?? []), arg];
      if (flag === 'set') flag = undefined;
    } else {
      single[flag] = arg;
      flag = undefined;
    }
  }
  return { argument, flags: { ...single, ...lists } as unknown as AuditFlags };
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

/**
 * Audits inside this process what must be refused, and compares the error with what it has to say. That such an error becomes one message,
 * status 2 and no output is the same for all of them: `expectRefusal` shows it for some.
 */
export async function expectAuditRefusal(cwd: string, args: readonly string[], refusal: Refusal): Promise<void> {
  const error = await auditResults(cwd, ...args).catch((thrown: unknown) => thrown);

  expect(error).toBeInstanceOf(AuditError);
  const { code, message, location, hint, exitStatus } = error as AuditError;
  expect(message).toMatch(refusal.message);
  expect(code).toBe(refusal.code);
  expect(location === undefined ? undefined : formatLocation(location)).toBe(refusal.at);
  expect(hint.trim()).not.toBe('');
  expect(exitStatus).toBe(2);
}

/** What the terminal shows of a report, without colour. */
export function shownOf(report: AuditReport): string {
  return [...textFormat(report, { style: PLAIN, width: 80, verbose: true })].join('');
}
