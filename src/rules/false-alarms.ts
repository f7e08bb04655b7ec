import { readFile } from 'node:fs/promises';
import { textDigest } from '../ingest/digest.ts';
import { FALSE_ALARMS_FILE } from '../shipped-files.ts';
import type { Rule } from './pack.ts';

/**
 * How often a rule fires on cases of the project that some rule which asks the same must be silent on. Cases are distinct names or exports;
 * `fired` counts those with a finding on a trait that one of these rules covers.
 */
export interface FalseAlarms {
  readonly cases: number;
  readonly fired: number;
}

/** What the build measured: by the key of a rule. */
export interface MeasuredFalseAlarms {
  /** Digest of all that the figures depend on. */
  readonly basis: string;
  readonly rules: Readonly<Record<string, FalseAlarms>>;
}

/** Says what decides whether a rule fires; a rule with other thresholds has another key, and no figures. */
export function falseAlarmKey({ id, kind, when, traits, specialTraits }: Rule): string {
  return `${id} ${textDigest(JSON.stringify([kind, when, traits, specialTraits])).slice(0, 16)}`;
}

/** What the build measured; undefined where it was not built. */
export async function loadFalseAlarms(): Promise<MeasuredFalseAlarms | undefined> {
  const text = await readFile(FALSE_ALARMS_FILE, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as MeasuredFalseAlarms);
}
