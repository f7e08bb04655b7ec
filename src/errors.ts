import type { SourceLocation } from './domain/location.ts';

/**
 * Every way in which a run can stop, with the exit status it leads to and what the person can do.
 * Status 2: wrong usage, config, pack or input. Status 3: a bug in traitleak.
 */
export const ERRORS = {
  E_USAGE: { exit: 2, hint: 'Run `traitleak --help`, or `traitleak <command> --help`.' },
  E_CONFIG_NOT_FOUND: {
    exit: 2,
    hint: 'Name a config file or a folder that holds one, or give --definitions and --assignments.',
  },
  E_CONFIG_INVALID: {
    exit: 2,
    hint: 'See docs/configuration.md for every key; an editor completes them from the schema.',
  },
  E_INPUT_MISSING: {
    exit: 2,
    hint: 'Check the path; it is taken from the folder of the config file, or from the working directory for flags.',
  },
  E_INPUT_UNREADABLE: {
    exit: 2,
    hint: 'Check that it is a file of the format its name says, and that you may read it.',
  },
  E_INPUT_EMPTY: { exit: 2, hint: 'An audit without rows would prove nothing. Check the export that wrote this file.' },
  E_INPUT_COLUMN: { exit: 2, hint: 'Name the column in the config, or rename it in the file.' },
  E_INPUT_CSV: { exit: 2, hint: 'Mend the line, or write the file again with a CSV writer that quotes fields.' },
  E_INPUT_JSON: {
    exit: 2,
    hint: 'Every line must be one JSON object. Mend the line, or write the file again as JSON lines.',
  },
  E_INPUT_ENCODING: { exit: 2, hint: 'Write the file again as UTF-8.' },
  E_INPUT_FORMAT: { exit: 2, hint: 'See docs/inputs.md for the formats and shapes that are read.' },
  E_DEFINITION_INVALID: {
    exit: 2,
    hint: 'See docs/inputs.md: a definition needs segment_id; name, description, topics are optional.',
  },
  E_DEFINITION_DUPLICATE: { exit: 2, hint: 'Give each segment one definition.' },
  E_TRAIT_VALUE: { exit: 2, hint: 'Correct the value in the config: it is compared with the panel letter by letter.' },
  E_PANEL_INVALID: { exit: 2, hint: 'See docs/inputs.md for what a traits panel holds.' },
  E_COUNTS_INVALID: { exit: 2, hint: 'See docs/inputs.md for the columns of a counts file.' },
  E_WAIVERS_INVALID: {
    exit: 2,
    hint: 'See docs/waivers-and-baseline.md for what a waiver holds; `traitleak waive` writes entries.',
  },
  E_BASELINE_INVALID: {
    exit: 2,
    hint: 'Give what `traitleak baseline` wrote, or results of `traitleak audit -f json=FILE`.',
  },
  E_FINDING_NOT_FOUND: { exit: 2, hint: 'Give fingerprints of 16 digits as they stand in the results.' },
  E_PACK_NOT_FOUND: {
    exit: 2,
    hint: 'Run `traitleak rules list` for the shipped packs, or give the path of a pack file.',
  },
  E_PACK_INVALID: {
    exit: 2,
    hint: 'See docs/rule-packs.md for every key; `traitleak rules validate FILE` checks a pack alone.',
  },
  E_LOCK_MISMATCH: {
    exit: 2,
    hint: 'If the change is wanted, run `traitleak rules lock` and commit the lock file; otherwise bring the files back.',
  },
  E_LOCK_INVALID: { exit: 2, hint: 'Write the lock file again with `traitleak rules lock`.' },
  E_RULE_NOT_FOUND: { exit: 2, hint: 'Run `traitleak rules list`.' },
  E_LEXICON_INVALID: { exit: 2, hint: 'See rules/README.md for the lexicon format.' },
  E_RESULTS_INVALID: { exit: 2, hint: 'Give the file that `traitleak audit -f json=FILE` wrote.' },
  E_SEGMENT_NOT_FOUND: { exit: 2, hint: 'Give a segment id or name as it stands in the results.' },
  E_MEMORY: {
    exit: 2,
    hint: 'Give the engine more memory: `--memory 4GiB`, or `engine: { memory: 4GiB }` in the config.',
  },
  E_OUTPUT: { exit: 2, hint: 'Check that the folder exists, is writable, and has space left.' },
  E_INTERNAL: {
    exit: 3,
    hint: 'This is a bug in traitleak. Please report it with the version and, if you can, a small input that shows it.',
  },
} as const;

/** Stable code of an error; scripts may rely on it. */
export type ErrorCode = keyof typeof ERRORS;

/** What to say about an error beyond its code. */
export interface ErrorDetails {
  /** Where; shown before the message. */
  readonly location?: SourceLocation;
  /** Replaces the code's general hint when there is a better one. */
  readonly hint?: string;
  readonly cause?: unknown;
}

/** An audit cannot go on. The message says what and where, the hint how to mend it. */
export class AuditError extends Error {
  readonly code: ErrorCode;
  readonly hint: string;
  readonly location: SourceLocation | undefined;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, { cause: details.cause });
    this.name = 'AuditError';
    this.code = code;
    this.hint = details.hint ?? ERRORS[code].hint;
    this.location = details.location;
  }

  /** Exit status of the process when this error ends it. */
  get exitStatus(): 2 | 3 {
    return ERRORS[this.code].exit;
  }
}

/** Text of anything that was thrown, for use inside a message. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
