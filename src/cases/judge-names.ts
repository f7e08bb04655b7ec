import { groupBy } from '../domain/group-by.ts';
import { EMPTY_EVIDENCE } from '../evidence/evidence-set.ts';
import { type Judge, readWords } from '../evidence/read-words.ts';
import { judgeEvidence, type RuleClaim } from '../rules/judge-evidence.ts';
import { type CaseOfRule, type CaseOutcome, conclude } from './case-of-rule.ts';

/**
 * Shows rules that read names their names. They see what they see in an audit: segments with words that were read. Every name is judged once
 * for all cases of a pack.
 *
 * @param cases - each with a name, for rules of the kind `name`
 */
export function judgeNames(cases: readonly CaseOfRule[], judge: Judge): readonly CaseOutcome[] {
  return [...new Set(cases.map(({ pack }) => pack))].flatMap((pack) => {
    const ofPack = cases.filter((one) => one.pack === pack);
    const ids = new Map([...new Set(ofPack.map(nameOf))].map((name, index) => [name, String(index + 1)]));
    const segments = [...ids].map(([name, segment]) => ({
      segment,
      definition: { segment, name, topics: [], attributes: {}, location: { file: 'case' } },
    }));
    const readers = { ...pack, rules: pack.rules.filter(({ kind }) => kind === 'name') };
    const { claims } = judgeEvidence([readers], { ...EMPTY_EVIDENCE, segments, texts: readWords(segments, judge) });
    const bySegment = groupBy(claims, ({ claim }) => claim.segment);
    return ofPack.map((one) => {
      const found = bySegment.get(ids.get(nameOf(one)) ?? '') ?? [];
      const own = found.filter(({ rule }) => rule.id === one.rule.id);
      const others = found.filter(({ rule }) => rule.id !== one.rule.id);
      return conclude(one, {
        own: own.map((found) => ({ trait: found.claim.trait, message: inWords(found) })),
        others: [...new Set(others.map(({ rule }) => rule.id))],
        wasExamined: true,
      });
    });
  });
}

function nameOf({ shown }: CaseOfRule): string {
  return shown.name ?? '';
}

function inWords({ claim }: RuleClaim): string {
  const words = claim.evidence.flatMap((item) => (item.kind === 'term' ? [`"${item.matched}"`] : []));
  return `${claim.trait}, by ${words.join(', ')}.`;
}
