import type { SourceLocation } from './location.ts';

/** Something the reader of a result must know that is not a finding: data that could not be used, a limit that was met. */
export interface Notice {
  readonly code: string;
  readonly level: 'warning' | 'info';
  readonly message: string;
  readonly location?: SourceLocation;
}
