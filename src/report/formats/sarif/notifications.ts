import type { Notice } from '../../../domain/notice.ts';
import { printable } from '../../../wording/terminal-text.ts';
import { sarifLocation } from './artifacts.ts';
import { type SarifArtifact, type SarifNotification, sarifMessage } from './log.ts';

/** Writes what the reader must know besides the findings. */
export function sarifNotifications(
  notices: readonly Notice[],
  artifacts: readonly SarifArtifact[],
): readonly SarifNotification[] {
  return notices.map(({ code, level, message, location }) => ({
    level: level === 'warning' ? 'warning' : 'note',
    descriptor: { id: code },
    message: sarifMessage(printable(message)),
    ...(location === undefined ? {} : { locations: [{ physicalLocation: sarifLocation(location, artifacts) }] }),
  }));
}
