export { audit } from './audit.ts';
export type { AuditEnvironment } from './audit-environment.ts';
export type { AuditConfig, Multiplicity, TraitColumnConfig } from './config/config.ts';
export { parseConfig } from './config/parse-config.ts';
export type { Association, AssociationCounts, IntervalEstimate, Verdict } from './domain/association.ts';
export type { Evidence, Finding, LawReference } from './domain/finding.ts';
export type { SourceLocation } from './domain/location.ts';
export type { Notice } from './domain/notice.ts';
export type {
  AuditReport,
  GateResult,
  InputRecord,
  Manifest,
  PackRecord,
  SegmentRecord,
  Summary,
} from './domain/report.ts';
export type { SegmentDefinition, WeightedTopic } from './domain/segment.ts';
export type { FailOn, Severity } from './domain/severity.ts';
export type { Acceptance, BaselineRecord, WaiverRecord, WaiverState } from './domain/waiver.ts';
export { AuditError, type ErrorCode } from './errors.ts';
