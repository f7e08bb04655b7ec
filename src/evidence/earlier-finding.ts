import type { Severity } from '../domain/severity.ts';

/** What the rules claim about a segment of an earlier export, from its words and topics alone. */
export interface EarlierFinding {
  readonly segment: string;
  readonly name: string;
  readonly trait: string;
  readonly rule: string;
  /** Pack of that rule. */
  readonly pack: string;
  readonly severity: Severity;
  /** Which evidence it rests on. */
  readonly states: 'words' | 'topics';
}
