import type { AuditConfig, AuditEnvironment, AuditReport, parseConfig } from '../src/index.ts';

export interface PlantedOptions {
  readonly seed: number;
  readonly users?: number;
  readonly segments?: Readonly<Record<'no-signal' | 'direct' | 'weak' | 'country-only' | 'pair-only', number>>;
}

export interface PlantedTruth {
  readonly segment: string;
  readonly kind: string;
  readonly trait?: string;
  readonly value?: string;
  readonly strength?: number;
}

export interface AuditedExport {
  readonly report: AuditReport;
  readonly truth: readonly PlantedTruth[];
}

export interface AuditApi {
  readonly audit: (config: AuditConfig, environment: AuditEnvironment) => Promise<AuditReport>;
  readonly parseConfig: typeof parseConfig;
}

export interface PlantedCounts {
  readonly flags: number;
  readonly falseFlags: number;
  readonly strong: number;
  readonly found: number;
  readonly direct: number;
  readonly directFound: number;
  readonly weak: number;
  readonly weakFlagged: number;
  readonly country: number;
  readonly unexplained: number;
}

export function auditPlanted(options: PlantedOptions, api?: AuditApi): Promise<AuditedExport>;
export function judgePlanted(audited: AuditedExport): PlantedCounts;
