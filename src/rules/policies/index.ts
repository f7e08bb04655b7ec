import { boundsPolicy } from './bounds.ts';
import { enhancedBetaPolicy } from './enhanced-beta.ts';
import type { Policy } from './policy.ts';
import { tClosenessPolicy } from './t-closeness.ts';

/** Every policy that association rules may name. */
export const POLICIES: Readonly<Record<string, Policy>> = {
  bounds: boundsPolicy,
  'enhanced-beta': enhancedBetaPolicy,
  't-closeness': tClosenessPolicy,
};
