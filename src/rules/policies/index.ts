import { boundsPolicy } from './bounds.ts';
import type { Policy } from './policy.ts';

/** Every policy that association rules may name. */
export const POLICIES: Readonly<Record<string, Policy>> = {
  bounds: boundsPolicy,
};
