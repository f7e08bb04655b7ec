import { didYouMean } from '../did-you-mean.ts';
import type { Association } from '../domain/association.ts';
import type { Finding } from '../domain/finding.ts';
import { formatLocation } from '../domain/location.ts';
import type { AuditReport, SegmentRecord } from '../domain/report.ts';
import { AuditError } from '../errors.ts';
import { formatInterval } from '../wording/format-interval.ts';
import { formatCount, formatNumber, formatPercent, formatProbability } from '../wording/format-number.ts';
import { lawText } from '../wording/law-text.ts';
import { printable, wrap } from '../wording/terminal-text.ts';
import { capitalised, traitTitle, traitWords } from '../wording/trait-words.ts';
import { explainConsent } from './explain-consent.ts';
import { explainLineage } from './explain-lineage.ts';
import { explainWholeExport } from './explain-whole-export.ts';
import { acceptanceText } from './finding-subject.ts';
import type { FormatOptions, Style } from './format.ts';

/**
 * Writes everything that a report holds on one segment, in sentences.
 *
 * @param wanted - id or name of the segment
 * @throws {AuditError} E_SEGMENT_NOT_FOUND with the nearest id or name, or the ids that share the name
 */
export function explainSegment(report: AuditReport, wanted: string, { style, width }: FormatOptions): string {
  const segment = findSegment(report, wanted);
  const paragraphs = [
    ...introduction(report, segment, style),
    ...findingParagraphs(report.findings.filter((finding) => finding.segment === segment.segment)),
    ...harmlessParagraphs(segment),
    ...membershipParagraphs(report.associations.filter((row) => row.segment === segment.segment)),
    ...explainWholeExport(report, segment.segment),
    ...explainLineage(report.lineage, segment.segment),
    ...explainConsent(report, segment.segment),
    ...untestedParagraphs(report),
  ];
  const columns = Math.min(Math.max(width, 40), 100);
  return `${paragraphs.map((paragraph) => wrap(printable(paragraph), columns).join('\n')).join('\n\n')}\n`;
}

function findSegment(report: AuditReport, wanted: string): SegmentRecord {
  const byId = report.segments.find((segment) => segment.segment === wanted);
  if (byId !== undefined) return byId;
  const byName = report.segments.filter((segment) => segment.name === wanted);
  const [only] = byName;
  if (only !== undefined && byName.length === 1) return only;
  if (byName.length > 1) {
    const ids = byName.map((segment) => segment.segment).join(', ');
    throw new AuditError('E_SEGMENT_NOT_FOUND', `${byName.length} segments have the name "${wanted}": ${ids}.`, {
      hint: 'Give one of the ids.',
    });
  }
  const known = report.segments.flatMap(({ segment, name }) => (name === null ? [segment] : [segment, name]));
  throw new AuditError('E_SEGMENT_NOT_FOUND', `No segment has the id or name "${wanted}".${didYouMean(wanted, known)}`);
}

function introduction(
  report: AuditReport,
  { segment, name, members, suppressed, location }: SegmentRecord,
  _style: Style,
): readonly string[] {
  const title = name === null || name === segment ? `Segment ${segment}` : `Segment ${segment}, "${name}"`;
  const size = suppressed
    ? ` has fewer members than may be shown`
    : members === null
      ? ''
      : ` has ${formatCount(members)} members`;
  const place =
    location === undefined ? ' It has no definition in this audit.' : ` It is defined at ${formatLocation(location)}.`;
  return [
    `${title}${size}.${place} Audited on ${report.generatedAt.slice(0, 10)} with ${report.packs.map((pack) => `${pack.id} ${pack.version}`).join(', ')}.`,
  ];
}

/** Who accepted it, why, and until when. */
function acceptedText({ waiver }: Finding): string {
  return waiver === undefined ? '' : ` Waived: ${acceptanceText(waiver)}.`;
}

function findingParagraphs(findings: readonly Finding[]): readonly string[] {
  if (findings.length === 0)
    return ['No rule fired on this segment. That is not proof of safety: see below what was tested.'];
  return findings.map((finding) => {
    const law = finding.law.length === 0 ? '' : ` Law: ${finding.law.map(lawText).join('; ')}.`;
    return `${finding.severity.toUpperCase()}: ${finding.title}. ${finding.message} What to do: ${finding.remedy}${law} (Rule ${finding.rule}, finding ${finding.fingerprint}, ${finding.state}.)${acceptedText(finding)}`;
  });
}

function harmlessParagraphs({ harmless }: SegmentRecord): readonly string[] {
  return harmless.map(
    ({ trait, matched, because }) =>
      `"${matched}" looks like ${traitWords(trait)}, but is harmless here because of ${because}.`,
  );
}

function membershipParagraphs(rows: readonly Association[]): readonly string[] {
  return rows.map((row) => {
    const what = capitalised(traitTitle(row));
    if (row.suppressed)
      return `${what}: ${verdictText(row)}. The figures are hidden, because they would reveal a group that is too small to show.`;
    if (row.test === null) return `${what}: not testable, because there is nobody on one side of the comparison.`;
    const { counts, shareInside, shareOutside, representationRatio: ratio } = row;
    const inside = (counts.inValue ?? 0) + (counts.inOther ?? 0);
    return (
      `${what}: ${verdictText(row)}. ${formatPercent(shareInside.estimate)} of ${formatCount(inside)} labelled members, ${formatPercent(shareOutside.estimate)} outside; ` +
      `representation ratio ${formatInterval(ratio)}, q = ${formatProbability(row.qValue)}.` +
      strataText(row) +
      coverageText(row) +
      weightText(row) +
      (row.verdict === 'inconclusive' ? whatItWouldTake(row, inside) : '')
    );
  });
}

function strataText({ conditional }: Association): string {
  if (conditional === null) return '';
  const { representationRatio: ratio, strata, relation, reversed, homogeneityPValue } = conditional;
  const columns = strata.join(', ');
  const figure = ` Within each ${columns} the ratio is ${formatInterval(ratio)}`;
  const relations = {
    explained: `: the association is explained by ${columns}${reversed ? ', and its direction turns round (Simpson reversal)' : ''}`,
    remains: `: ${columns} does not explain it`,
    reversed: ', the other way round (Simpson reversal)',
    masked: ': the whole panel hides it',
  };
  const uneven =
    homogeneityPValue !== null && homogeneityPValue < 0.05
      ? ` It is not the same in every ${columns} (p = ${formatProbability(homogeneityPValue)}).`
      : '';
  return `${figure}${relation === null ? '' : relations[relation]}.${uneven}`;
}

function coverageText({ labelCoverage }: Association): string {
  if (labelCoverage === null) return '';
  const { shareInside, shareOutside, worstCaseRatio } = labelCoverage;
  return (
    ` The value is known for ${formatPercent(shareInside)} of the panel's members of the segment and for ${formatPercent(shareOutside)} of the others; ` +
    `whatever the missing ones are, the ratio in this panel lies between ${formatNumber(worstCaseRatio.lower)} and ${formatNumber(worstCaseRatio.upper)}.`
  );
}

function weightText({ unweighted, effectiveSize }: Association): string {
  if (unweighted === null || effectiveSize === null) return '';
  return ` The members weigh as much as ${formatCount(Math.round(effectiveSize))} of equal weight; without weights the ratio would be ${formatNumber(unweighted.representationRatio.estimate)}.`;
}

/** How far the panel is from an answer. */
function whatItWouldTake({ minimumDetectableRatio, membersNeeded }: Association, inside: number): string {
  const detectable =
    minimumDetectableRatio === null
      ? ' No ratio could have been detected here'
      : ` The smallest ratio this panel would have detected is ${formatNumber(minimumDetectableRatio)}`;
  if (membersNeeded === null) return `${detectable}.`;
  const more = membersNeeded - inside;
  return more > 0
    ? `${detectable}; to rule a proxy out, about ${formatCount(more)} more labelled members would be needed (${formatCount(membersNeeded)} in all).`
    : `${detectable}; there are enough labelled members to rule a proxy out, but the segment departs too much for it.`;
}

function verdictText({ verdict }: Association): string {
  switch (verdict) {
    case 'proxy':
      return 'proxy, membership gives the value away beyond the bound';
    case 'cleared':
      return 'cleared, a departure beyond the bound is ruled out';
    case 'inconclusive':
      return 'inconclusive, neither a proxy nor its absence is shown';
    case null:
      return 'not judged, no rule covers the trait';
  }
}

function untestedParagraphs({ summary }: AuditReport): readonly string[] {
  return summary.examined.includes('membership')
    ? []
    : ['Membership was not tested: no panel of users with known traits was given.'];
}
