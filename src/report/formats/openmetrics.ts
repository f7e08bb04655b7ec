import type { Association } from '../../domain/association.ts';
import { fromJsonNumber } from '../../domain/json.ts';
import type { Leakage } from '../../domain/leakage.ts';
import { compareText } from '../../domain/order.ts';
import type { AuditReport } from '../../domain/report.ts';
import { SEVERITIES } from '../../domain/severity.ts';
import { printable } from '../../wording/terminal-text.ts';
import type { Format } from '../format.ts';

type Labels = Readonly<Record<string, string>>;

/** A gauge with its samples; the unit, where there is one, ends the name. */
interface MetricFamily {
  readonly name: string;
  readonly unit?: 'ratio' | 'seconds';
  readonly help: string;
  readonly samples: readonly { readonly labels?: Labels; readonly value: number }[];
}

const STATES = ['new', 'baseline', 'waived'] as const;
const WAIVER_STATES = ['active', 'expiring', 'expired', 'lapsed', 'unmatched'] as const;
const VERDICTS = ['proxy', 'cleared', 'inconclusive'] as const;

/**
 * Gauges in OpenMetrics 1.0 text, for a monitoring system that watches every export. Figures that are hidden or unknown have no sample. There
 * are gauges only, so that readers of the older Prometheus text format take it too.
 * No label names a segment: their number has no bound, and names of people's groups do not belong in a metrics store.
 */
export const openmetricsFormat: Format = (report) => [
  `${[...families(report).flatMap(familyLines), '# EOF'].join('\n')}\n`,
];

function families(report: AuditReport): readonly MetricFamily[] {
  const { summary, gate, findings, associations, tool, generatedAt } = report;
  return [
    {
      name: 'traitleak_build_info',
      help: 'Version of the program that made the audit.',
      samples: [{ labels: { version: tool.version }, value: 1 }],
    },
    gauge(
      'traitleak_generated_timestamp_seconds',
      'When the audit was made.',
      Date.parse(generatedAt) / 1000,
      'seconds',
    ),
    gauge('traitleak_gate_passed', 'Whether the gate passed: 1 or 0.', gate.passed ? 1 : 0),
    gauge('traitleak_gate_failing_findings', 'Findings that count against the gate.', gate.failing),
    {
      name: 'traitleak_findings',
      help: 'Findings by severity and state.',
      samples: SEVERITIES.flatMap((severity) =>
        STATES.map((state) => ({
          labels: { severity, state },
          value: findings.filter((finding) => finding.severity === severity && finding.state === state).length,
        })),
      ),
    },
    {
      name: 'traitleak_waivers',
      help: 'Entries of the waiver file by what became of them.',
      samples: WAIVER_STATES.map((state) => ({
        labels: { state },
        value: report.waivers.filter((waiver) => waiver.state === state).length,
      })),
    },
    gauge('traitleak_baseline_gone_findings', 'Findings of the baseline that are gone.', report.baseline?.gone ?? null),
    {
      name: 'traitleak_leakage_auc',
      help: 'How well all memberships together tell a trait value: 0.5 is guessing, 1 is certain.',
      samples: leakageSamples(report.leakage),
    },
    gauge('traitleak_segments', 'Segments that were audited.', summary.segments),
    gauge('traitleak_segments_with_findings', 'Segments with a finding.', summary.segmentsWithFindings),
    gauge('traitleak_users', 'Distinct users of the export.', summary.users),
    gauge('traitleak_panel_users', 'Distinct users of the panel.', summary.panelUsers),
    {
      name: 'traitleak_associations',
      help: 'Comparisons of a segment with a trait value, by trait and verdict.',
      samples: verdictSamples(associations),
    },
    gauge(
      'traitleak_inconclusive_ratio',
      'Share of the judged comparisons that are inconclusive.',
      inconclusiveShare(summary.associations),
      'ratio',
    ),
    gauge(
      'traitleak_warnings',
      'Notices that weaken the result.',
      report.notices.filter(({ level }) => level === 'warning').length,
    ),
  ];
}

function gauge(name: string, help: string, value: number | null, unit?: MetricFamily['unit']): MetricFamily {
  return {
    name,
    ...(unit === undefined ? {} : { unit }),
    help,
    samples: value === null || !Number.isFinite(value) ? [] : [{ value }],
  };
}

function verdictSamples(associations: readonly Association[]): MetricFamily['samples'] {
  const counts = new Map<string, Map<string, number>>();
  for (const { trait, verdict } of associations) {
    if (verdict === null) continue;
    const ofTrait = counts.get(trait) ?? new Map<string, number>();
    counts.set(trait, ofTrait.set(verdict, (ofTrait.get(verdict) ?? 0) + 1));
  }
  return [...counts]
    .sort(([a], [b]) => compareText(a, b))
    .flatMap(([trait, ofTrait]) =>
      VERDICTS.map((verdict) => ({ labels: { trait, verdict }, value: ofTrait.get(verdict) ?? 0 })),
    );
}

/** By trait and value; hidden figures have no sample. */
function leakageSamples(leakage: readonly Leakage[]): MetricFamily['samples'] {
  const sorted = [...leakage].sort((a, b) => compareText(a.trait, b.trait) || compareText(a.value, b.value));
  return sorted.flatMap(({ trait, value, auc }) => {
    const estimate = fromJsonNumber(auc.estimate);
    return estimate === null || !Number.isFinite(estimate) ? [] : [{ labels: { trait, value }, value: estimate }];
  });
}

function inconclusiveShare({ proxy, cleared, inconclusive }: AuditReport['summary']['associations']): number | null {
  const judged = proxy + cleared + inconclusive;
  return judged === 0 ? null : inconclusive / judged;
}

function familyLines({ name, unit, help, samples }: MetricFamily): readonly string[] {
  return [
    `# TYPE ${name} gauge`,
    ...(unit === undefined ? [] : [`# UNIT ${name} ${unit}`]),
    `# HELP ${name} ${escapeLabel(help)}`,
    ...samples.map(({ labels, value }) => `${name}${labels === undefined ? '' : labelText(labels)} ${value}`),
  ];
}

function labelText(labels: Labels): string {
  return `{${Object.entries(labels)
    .map(([label, value]) => `${label}="${escapeLabel(printable(value))}"`)
    .join(',')}}`;
}

function escapeLabel(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
