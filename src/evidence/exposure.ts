import type { RawInput, RawInputUse } from '../domain/exposure.ts';
import type { ExposureCounts } from '../engine/count-source.ts';
import type { AuditedSegment } from './audited-segment.ts';
import { findRawInputs } from './raw-inputs.ts';

/** How far an export singles people out; counts are not yet hidden. */
export interface MeasuredExposure {
  /** Sizes from 1 up to one below this are small. */
  readonly smallBelow: number;
  /** Undefined without assignments. */
  readonly counts: ExposureCounts | undefined;
  readonly rawInputs: readonly RawInputUse[];
}

/** Puts together what the engine counted and what the definitions say. */
export function measureExposure(
  segments: readonly AuditedSegment[],
  counts: ExposureCounts | undefined,
  inputs: readonly RawInput[],
  smallBelow: number,
): MeasuredExposure {
  return { smallBelow, counts, rawInputs: findRawInputs(segments, inputs) };
}
