import type { JsonSchema } from '../../documents/validate-document.ts';
import type { Verdict } from '../../domain/association.ts';
import type { TestedAssociation } from '../../evidence/multiplicity.ts';

/** A verdict; the direction is given exactly when the verdict is `proxy`. */
export interface PolicyVerdict {
  readonly verdict: Verdict;
  readonly direction?: 'over' | 'under';
}

/** A way to tell proxy, cleared and inconclusive apart. A new policy is one file and one line in `index.ts`. */
export interface Policy {
  /** Schema of each threshold, by the key it has in a rule's `when`. */
  readonly parameters: Readonly<Record<string, JsonSchema>>;
  judge(association: TestedAssociation, when: Readonly<Record<string, unknown>>): PolicyVerdict;
  /** The policy with its thresholds, in plain words. */
  explain(when: Readonly<Record<string, unknown>>): string;
}
