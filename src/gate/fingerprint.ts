import { createHash } from 'node:crypto';

/** What makes a finding the same finding in the next run. */
export interface FindingIdentity {
  readonly rule: string;
  readonly segment: string;
  readonly trait: string;
  readonly value?: string;
}

/**
 * Computes a finding's fingerprint: 16 hexadecimal digits over rule, segment id, trait and value. Line numbers, order, effect sizes and
 * wording do not enter, so it survives their change.
 */
export function fingerprint({ rule, segment, trait, value }: FindingIdentity): string {
  return createHash('sha256')
    .update(JSON.stringify([rule, segment, trait, value ?? null]))
    .digest('hex')
    .slice(0, 16);
}
