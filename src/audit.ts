import { auditByPacks } from './audit-by-packs.ts';
import type { AuditEnvironment } from './audit-environment.ts';
import type { AuditConfig } from './config/config.ts';
import type { AuditReport } from './domain/report.ts';
import { AuditError } from './errors.ts';
import { loadLexicons } from './ingest/load-lexicons.ts';
import { loadPacks } from './rules/load-pack.ts';
import { assertLocked } from './rules/pack-lock.ts';

/**
 * Audits an export: reads definitions, counts memberships against the panel, judges both by the rule packs, and makes the report.
 *
 * @param config - a complete config; see `parseConfig`
 * @param environment - clock and temporary folder
 * @returns the report, small cells hidden, ready for any format; `report.gate.passed` tells whether the gate passed
 * @throws {AuditError} for every wrong input: what, where, and how to mend it
 */
export async function audit(config: AuditConfig, environment: AuditEnvironment): Promise<AuditReport> {
  const packs = await loadPacks(config.packs, config.folder);
  const lexicons = await loadLexicons();
  const lock = await assertLocked(config, packs, lexicons.record);
  const locked = lock === undefined ? {} : { lock };
  const [report] = await auditByPacks([packs], config, { ...environment, ...locked, lexicons });
  if (report === undefined) throw new AuditError('E_INTERNAL', 'An audit made no report.');
  return report;
}
