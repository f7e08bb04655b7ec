import { jsonPieces } from '../../documents/json-pieces.ts';
import type { Finding } from '../../domain/finding.ts';
import type { Severity } from '../../domain/severity.ts';
import { shorten } from '../../wording/shorten.ts';
import { printable } from '../../wording/terminal-text.ts';
import { acceptanceText, placeOf, withoutWaived } from '../finding-subject.ts';
import type { Format } from '../format.ts';

/** An entry of a Code Quality report (https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format). */
interface CodeQualityEntry {
  readonly description: string;
  readonly check_name: string;
  readonly fingerprint: string;
  readonly severity: 'info' | 'minor' | 'major' | 'critical' | 'blocker';
  readonly location: { readonly path: string; readonly lines: { readonly begin: number } };
}

const SEVERITY_NAMES: Readonly<Record<Severity, CodeQualityEntry['severity']>> = {
  critical: 'blocker',
  high: 'critical',
  medium: 'major',
  low: 'minor',
};

const LONGEST_DESCRIPTION = 1000;

/**
 * A Code Quality report for GitLab merge requests. Waived findings and those of the baseline are `info`. A finding without a place of its
 * own stands at the first line of the definitions or, in an audit of no files, at its segment.
 */
export const gitlabFormat: Format = (report, { omitWaived = false }) => {
  const { findings } = omitWaived ? withoutWaived(report) : report;
  const entries = findings.map((finding): CodeQualityEntry => {
    const place = placeOf(report, finding) ?? { file: finding.segment };
    return {
      description: shorten(printable(describe(finding)), LONGEST_DESCRIPTION),
      check_name: finding.rule,
      fingerprint: finding.fingerprint,
      severity: finding.state === 'new' ? SEVERITY_NAMES[finding.severity] : 'info',
      location: {
        path: printable(place.file.replaceAll('\\', '/').replace(/^(?:\.\/)+/, '')),
        lines: { begin: place.line ?? 1 },
      },
    };
  });
  return jsonPieces(entries);
};

function describe({ title, message, state, waiver }: Finding): string {
  const accepted = waiver === undefined ? state : `waived: ${acceptanceText(waiver)}`;
  return `${state === 'new' ? '' : `[${accepted}] `}${title}: ${message}`;
}
