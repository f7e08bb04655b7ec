import type { Finding } from '../../../domain/finding.ts';
import type { Json } from '../../../domain/json.ts';
import type { AuditReport } from '../../../domain/report.ts';
import { printable } from '../../../wording/terminal-text.ts';
import { effectsOf, type FindingEffect } from '../../finding-effect.ts';
import { acceptanceText, placeOf, segmentNames, segmentTitle } from '../../finding-subject.ts';
import { sarifLocation } from './artifacts.ts';
import { SARIF_LEVELS, type SarifArtifact, type SarifResult, type SarifRule, sarifMessage } from './log.ts';

/** The number rises when what goes into a fingerprint changes. */
const FINGERPRINT = 'traitleakFinding/v1';

/** Writes the findings, gravest first. Each has a place in a file, which GitHub demands, and names its segment as a logical place. */
export function sarifResults(
  report: AuditReport,
  rules: readonly SarifRule[],
  artifacts: readonly SarifArtifact[],
): readonly SarifResult[] {
  const indexOf = new Map(rules.map(({ id }, index) => [id, index]));
  const nameOf = segmentNames(report);
  const effectOf = effectsOf(report);
  return report.findings.map((finding) => {
    const place = placeOf(report, finding);
    const title = printable(segmentTitle(finding.segment, nameOf(finding.segment)));
    return {
      ruleId: finding.rule,
      ruleIndex: indexOf.get(finding.rule) ?? -1,
      kind: 'fail',
      level: SARIF_LEVELS[finding.severity],
      message: sarifMessage(printable(finding.message)),
      locations: [
        {
          ...(place === undefined ? {} : { physicalLocation: sarifLocation(place, artifacts) }),
          logicalLocations: [{ name: title, kind: 'segment' }],
        },
      ],
      partialFingerprints: { [FINGERPRINT]: finding.fingerprint },
      baselineState: finding.state === 'new' ? 'new' : 'unchanged',
      suppressions: suppressionsOf(finding),
      properties: propertiesOf(finding, effectOf(finding)),
    };
  });
}

/** Who accepted it, why, and until when; in one line, as services show it. */
function suppressionsOf({ state, waiver }: Finding): SarifResult['suppressions'] {
  if (state !== 'waived') return [];
  const justification = waiver === undefined ? undefined : printable(acceptanceText(waiver));
  return [{ kind: 'external', status: 'accepted', ...(justification === undefined ? {} : { justification }) }];
}

function propertiesOf(
  { pack, segment, trait, value, severity, verdict, state }: Finding,
  effect: FindingEffect | null,
): Readonly<Record<string, Json>> {
  return {
    pack,
    segment,
    trait,
    ...(value === undefined ? {} : { value }),
    severity,
    verdict,
    state,
    ...(effect === null ? {} : { effect: effectProperties(effect) }),
  };
}

function effectProperties(effect: FindingEffect): Json {
  const { direction, members, shareInside, shareOutside, representationRatio, qValue, suppressed } = effect;
  if (suppressed) return { direction, suppressed };
  const { estimate, lower, upper } = representationRatio;
  return {
    direction,
    suppressed,
    members,
    shareInside,
    shareOutside,
    representationRatio: { estimate, lower, upper },
    qValue,
  };
}
