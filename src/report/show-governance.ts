import type { GovernanceRecord } from '../domain/governance.ts';
import { groupBy } from '../domain/group-by.ts';
import type { Notice } from '../domain/notice.ts';
import type { EvidenceSet } from '../evidence/evidence-set.ts';
import { attributeText, GOVERNANCE_ATTRIBUTES, readAttribute } from '../evidence/governance.ts';
import type { RuleClaim } from '../rules/judge-evidence.ts';

/** Says that governance could not be looked at, where there is a segment for which it should be. */
export function governanceNotices({ segments, governance }: EvidenceSet): readonly Notice[] {
  const hasDefinitions = segments.some(({ definition }) => definition !== undefined);
  if (governance === undefined || governance.isDocumented || governance.sensitive.size === 0 || !hasDefinitions)
    return [];
  return [
    {
      code: 'governance-not-recorded',
      level: 'info',
      message:
        'Governance was not examined: no definition records a purpose, lawful basis, retention, access or any other attribute of the kind. ' +
        'Add them to the definitions of segments that give a trait away.',
    },
  ];
}

/** What is recorded on every segment that gives a trait away, and which rules find a gap there; empty when no definition records anything. */
export function showGovernance(
  { segments, governance }: EvidenceSet,
  claims: readonly RuleClaim[],
): readonly GovernanceRecord[] {
  if (governance === undefined || !governance.isDocumented) return [];
  const onGovernance = claims.filter(({ claim }) => claim.evidence.some(({ kind }) => kind === 'governance'));
  const gaps = groupBy(onGovernance, ({ claim }) => claim.segment);
  return segments.flatMap(({ segment, definition }) => {
    const traits = governance.sensitive.get(segment) ?? [];
    const found = (gaps.get(segment) ?? []).map(({ rule }) => rule.id);
    if (definition === undefined || (traits.length === 0 && found.length === 0)) return [];
    const attributes = GOVERNANCE_ATTRIBUTES.map((name) => [name, attributeText(readAttribute(definition, name))]);
    return [{ segment, traits, attributes: Object.fromEntries(attributes), gaps: found }];
  });
}
