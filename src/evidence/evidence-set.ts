import type { AuditedSegment } from './audited-segment.ts';
import type { MeasuredComposition } from './compositions.ts';
import type { MeasuredConsent } from './consent.ts';
import type { MeasuredDistribution } from './distributions.ts';
import type { EarlierFinding } from './earlier-finding.ts';
import type { MeasuredExposure } from './exposure.ts';
import type { GovernanceEvidence } from './governance.ts';
import type { MeasuredLeakage } from './leakage.ts';
import type { MeasuredLineage } from './lineage.ts';
import type { TestedRun } from './multiplicity.ts';
import type { MeasuredProbability } from './probabilities.ts';
import type { ReadText } from './read-words.ts';
import type { TopicShare } from './topics.ts';

/** Everything that was matched or measured; rules read it and nothing else. */
export interface EvidenceSet extends TestedRun {
  readonly segments: readonly AuditedSegment[];
  readonly texts: readonly ReadText[];
  readonly topics: readonly TopicShare[];
  readonly probabilities: readonly MeasuredProbability[];
  readonly distributions: readonly MeasuredDistribution[];
  /** What became of the segments of an earlier export. */
  readonly lineage: readonly MeasuredLineage[];
  /** What the rules claim about them. */
  readonly earlierFindings: readonly EarlierFinding[];
  /** How far the export singles people out. */
  readonly exposure?: MeasuredExposure;
  /** What rules on governance need; they judge when all others have. */
  readonly governance?: GovernanceEvidence;
  /** Recorded consent to segments that give a trait away; undefined when it was not examined. */
  readonly consent?: readonly MeasuredConsent[];
  /** How well all memberships together tell each trait value. */
  readonly leakage: readonly MeasuredLeakage[];
  /** Pairs of segments that show more together than apart. */
  readonly compositions: readonly MeasuredComposition[];
  /** Columns of the panel whose combinations are the strata. */
  readonly strata: readonly string[];
}

/** No evidence of any kind. */
export const EMPTY_EVIDENCE: EvidenceSet = {
  segments: [],
  texts: [],
  topics: [],
  associations: [],
  probabilities: [],
  distributions: [],
  lineage: [],
  earlierFindings: [],
  leakage: [],
  compositions: [],
  strata: [],
  unattainable: 0,
  expectedByChance: 0,
  discoveryLnP: new Map(),
};
