import { jsonPieces } from '../../documents/json-pieces.ts';
import { SEVERITIES } from '../../domain/severity.ts';
import { withoutWaived } from '../finding-subject.ts';
import type { Format } from '../format.ts';
import { sarifArtifacts } from './sarif/artifacts.ts';
import { type SarifLog, SOURCE_ROOT } from './sarif/log.ts';
import { sarifNotifications } from './sarif/notifications.ts';
import { sarifResults } from './sarif/results.ts';
import { sarifRules } from './sarif/rules.ts';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/** SARIF 2.1.0 with one run, for code scanning and for editors. */
export const sarifFormat: Format = (full, { omitWaived = false }) => {
  const report = omitWaived ? withoutWaived(full) : full;
  const { tool, generatedAt, gate, summary, findings } = report;
  const artifacts = sarifArtifacts(report);
  const rules = sarifRules(findings);
  const log: SarifLog = {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: tool.name, version: tool.version, rules } },
        invocations: [
          {
            executionSuccessful: true,
            endTimeUtc: generatedAt,
            toolExecutionNotifications: sarifNotifications(report, artifacts),
          },
        ],
        originalUriBaseIds: { [SOURCE_ROOT]: { description: { text: 'The root of the repository.' } } },
        columnKind: 'utf16CodeUnits',
        artifacts,
        results: sarifResults(report, rules, artifacts),
        properties: {
          gate,
          findings: Object.fromEntries(SEVERITIES.map((severity) => [severity, summary.findings[severity]])),
          associations: summary.associations,
          examined: summary.examined,
        },
      },
    ],
  };
  return jsonPieces(log);
};
