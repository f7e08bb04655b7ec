import type { Pieces } from '../domain/pieces.ts';
import type { AuditReport } from '../domain/report.ts';
import type { PublishableReport } from './publishable-report.ts';

/** Colours of a text report; each function returns its text unchanged where there is no colour. */
export interface Style {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly green: (text: string) => string;
  readonly cyan: (text: string) => string;
  readonly inverse: (text: string) => string;
}

/** How a format may write. */
export interface FormatOptions {
  readonly style: Style;
  /** Columns of the terminal, for formats that people read there. */
  readonly width: number;
  /** Show everything, not only the first findings. */
  readonly verbose: boolean;
  /** Leave waived findings out, for services that would show them like any other. */
  readonly omitWaived?: boolean;
}

/**
 * Writes a report as text. A pure function of its arguments: the same report gives the same bytes. A format that grows with the audit makes its
 * pieces while they are taken, so that neither memory nor the longest string bounds it.
 */
export type Format = (report: AuditReport, options: FormatOptions) => Pieces;

/** Writes the publishable edition. It is given nothing that may not be published. */
export type PublishableFormat = (report: PublishableReport) => Pieces;

const same = (text: string): string => text;

/** No colour. */
export const PLAIN: Style = { bold: same, dim: same, red: same, yellow: same, green: same, cyan: same, inverse: same };
