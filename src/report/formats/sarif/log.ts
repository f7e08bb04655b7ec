import type { Json } from '../../../domain/json.ts';
import type { Severity } from '../../../domain/severity.ts';

/** The parts of SARIF 2.1.0 that are written; see https://docs.oasis-open.org/sarif/sarif/v2.1.0/. */
export interface SarifLog {
  readonly $schema: string;
  readonly version: '2.1.0';
  readonly runs: readonly SarifRun[];
}

/** Name of the folder that relative paths are counted from (section 3.14.14). */
export const SOURCE_ROOT = '%SRCROOT%';

export interface SarifRun {
  readonly tool: {
    readonly driver: { readonly name: string; readonly version: string; readonly rules: readonly SarifRule[] };
  };
  readonly invocations: readonly {
    readonly executionSuccessful: boolean;
    readonly endTimeUtc: string;
    readonly toolExecutionNotifications: readonly SarifNotification[];
  }[];
  readonly originalUriBaseIds: Readonly<Record<typeof SOURCE_ROOT, { readonly description: SarifMessage }>>;
  readonly columnKind: 'utf16CodeUnits';
  readonly artifacts: readonly SarifArtifact[];
  readonly results: readonly SarifResult[];
  readonly properties: Readonly<Record<string, unknown>>;
}

export type SarifLevel = 'error' | 'warning' | 'note';

export interface SarifRule {
  readonly id: string;
  readonly name: string;
  readonly shortDescription: SarifMessage;
  readonly fullDescription: SarifMessage;
  readonly help: { readonly text: string; readonly markdown: string };
  readonly defaultConfiguration: { readonly level: SarifLevel };
  readonly properties: { readonly 'security-severity': string; readonly tags: readonly string[] };
}

export interface SarifMessage {
  readonly text: string;
}

export interface SarifNotification {
  readonly level: SarifLevel;
  readonly descriptor: { readonly id: string };
  readonly message: SarifMessage;
  readonly locations?: readonly SarifLocation[];
}

export interface SarifArtifact {
  readonly location: { readonly uri: string; readonly uriBaseId?: typeof SOURCE_ROOT };
  readonly roles: readonly ('analysisTarget' | 'userSpecifiedConfiguration')[];
  readonly hashes?: { readonly 'sha-256': string };
}

export interface SarifLocation {
  readonly physicalLocation?: {
    readonly artifactLocation: {
      readonly uri: string;
      readonly uriBaseId?: typeof SOURCE_ROOT;
      readonly index?: number;
    };
    readonly region?: { readonly startLine: number; readonly startColumn?: number };
  };
  readonly logicalLocations?: readonly { readonly name: string; readonly kind: string }[];
}

export interface SarifResult {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly kind: 'fail';
  readonly level: SarifLevel;
  readonly message: SarifMessage;
  readonly locations: readonly SarifLocation[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly baselineState: 'new' | 'unchanged';
  readonly suppressions: readonly {
    readonly kind: 'external';
    readonly status: 'accepted';
    readonly justification?: string;
  }[];
  readonly properties: Readonly<Record<string, Json>>;
}

/** Levels of SARIF by severity. */
export const SARIF_LEVELS: Readonly<Record<Severity, SarifLevel>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
};

/**
 * Writes a plain-text SARIF message (sections 3.11.5 and 3.11.6): braces are doubled, since `{0}` is a placeholder, and no `[text](target)`
 * is left that a viewer would make a link of.
 */
export function sarifMessage(text: string): SarifMessage {
  return { text: text.replaceAll('{', '{{').replaceAll('}', '}}').replaceAll('](', '] (') };
}
