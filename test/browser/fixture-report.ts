import { join } from 'node:path';
import type { AuditReport } from '../../src/domain/report.ts';
import { auditResults, PROJECT } from '../command-line.ts';

/** The report on the second release of the example, which was compared with the first. */
export function numberedReport(): Promise<AuditReport> {
  return auditResults(join(PROJECT, 'fixtures', 'numbered'));
}
