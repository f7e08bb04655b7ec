import type { AuditReport } from '../../../domain/report.ts';
import { printable } from '../../../wording/terminal-text.ts';
import { placeFromRoot } from '../../source-path.ts';
import { sarifLocation } from './artifacts.ts';
import { type SarifArtifact, type SarifNotification, sarifMessage } from './log.ts';

/** Writes what the reader must know besides the findings. */
export function sarifNotifications(
  report: AuditReport,
  artifacts: readonly SarifArtifact[],
): readonly SarifNotification[] {
  return report.notices.map(({ code, level, message, location }) => ({
    level: level === 'warning' ? 'warning' : 'note',
    descriptor: { id: code },
    message: sarifMessage(printable(message)),
    ...(location === undefined
      ? {}
      : { locations: [{ physicalLocation: sarifLocation(placeFromRoot(report, location), artifacts) }] }),
  }));
}
