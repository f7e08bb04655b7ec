import { auditExports, type CaseEnvironment } from './audit-exports.ts';
import { type CaseOfRule, type CaseOutcome, isNameCase } from './case-of-rule.ts';
import { judgeNames } from './judge-names.ts';

/**
 * Shows each rule its cases.
 *
 * @returns an outcome for each case, in the order given
 */
export async function runCases(
  cases: readonly CaseOfRule[],
  environment: CaseEnvironment,
): Promise<readonly CaseOutcome[]> {
  const named = judgeNames(cases.filter(isNameCase), environment.lexicons.judge);
  const audited = await auditExports(
    cases.filter((one) => !isNameCase(one)),
    environment,
  );
  const outcomes = new Map([...named, ...audited].map((outcome) => [keyOf(outcome), outcome]));
  return cases.flatMap((one) => outcomes.get(keyOf(one)) ?? []);
}

function keyOf({ pack, rule, expect, number }: CaseOfRule): string {
  return JSON.stringify([pack.path, rule.id, expect, number]);
}
