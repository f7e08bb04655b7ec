import type { RuleKind } from '../rule-kind.ts';
import { associationKind } from './association.ts';
import { compositionKind } from './composition.ts';
import { consentKind } from './consent.ts';
import { exposureKind } from './exposure.ts';
import { governanceKind } from './governance.ts';
import { leakageKind } from './leakage.ts';
import { lineageKind } from './lineage.ts';
import { nameKind } from './name.ts';
import { probabilityKind } from './probability.ts';
import { topicsKind } from './topics.ts';

/** Every kind of rule that a pack may hold, by the name it has in packs. */
export const RULE_KINDS: Readonly<Record<string, RuleKind>> = {
  association: associationKind,
  exposure: exposureKind,
  composition: compositionKind,
  consent: consentKind,
  leakage: leakageKind,
  governance: governanceKind,
  lineage: lineageKind,
  name: nameKind,
  probability: probabilityKind,
  topics: topicsKind,
};
