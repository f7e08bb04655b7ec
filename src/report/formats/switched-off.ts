import { groupBy } from '../../domain/group-by.ts';
import type { AuditReport } from '../../domain/report.ts';
import { printable, wrap } from '../../wording/terminal-text.ts';

/** Rules that a pack takes from others and does without, by reason: what no rule looked for was not found clean. */
export function switchedOffLines({ packs }: AuditReport, width: number): readonly string[] {
  const lines = packs.flatMap(({ id, off }) => {
    const byReason = groupBy(off, ({ reason }) => reason);
    return [...byReason].flatMap(([reason, rules]) =>
      wrap(printable(`Switched off in ${id}: ${rules.map(({ rule }) => rule).join(', ')} (${reason})`), width),
    );
  });
  return lines.length === 0 ? [] : [...lines, ''];
}
