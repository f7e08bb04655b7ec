import type { SegmentDefinition } from '../domain/segment.ts';
import type { EarlierFinding } from '../evidence/earlier-finding.ts';
import { EMPTY_EVIDENCE } from '../evidence/evidence-set.ts';
import { type Judge, readWords } from '../evidence/read-words.ts';
import { measureTopics } from '../evidence/topics.ts';
import { judgeEvidence } from './judge-evidence.ts';
import type { RulePack } from './pack.ts';

/**
 * Judges the definitions of an earlier export by the rules that judge the later one: names, descriptions and topics. Nothing is known of its
 * memberships against a panel.
 */
export function judgeEarlierExport(
  definitions: readonly SegmentDefinition[],
  packs: readonly RulePack[],
  judge: Judge,
): readonly EarlierFinding[] {
  const segments = definitions.map((definition) => ({ segment: definition.segment, definition }));
  const names = new Map(definitions.map(({ segment, name }) => [segment, name ?? segment]));
  const evidence = {
    ...EMPTY_EVIDENCE,
    segments,
    texts: readWords(segments, judge),
    topics: measureTopics(segments, judge),
  };
  return judgeEvidence(packs, evidence).claims.flatMap(({ rule, claim }): EarlierFinding[] => {
    const states = claim.evidence.some(({ kind }) => kind === 'term')
      ? 'words'
      : claim.evidence.some(({ kind }) => kind === 'topics')
        ? 'topics'
        : undefined;
    if (states === undefined) return [];
    const { segment, trait, severity } = claim;
    return [{ segment, name: names.get(segment) ?? segment, trait, rule: rule.id, pack: rule.pack, severity, states }];
  });
}
