import type { AuditReport } from '../../domain/report.ts';
import { GOVERNANCE_ATTRIBUTES } from '../../evidence/governance.ts';
import { formatCount } from '../../wording/format-number.ts';
import { wrap } from '../../wording/terminal-text.ts';
import type { Style } from '../format.ts';

/** How many segments that give a trait away lack what; nothing where no definition records any attribute. */
export function governanceLines({ governance }: AuditReport, style: Style, width: number): readonly string[] {
  if (governance.length === 0) return [];
  const missing = GOVERNANCE_ATTRIBUTES.map((name) => {
    const without = governance.filter(({ attributes }) => (attributes[name] ?? null) === null).length;
    return without === 0 ? '' : `${name.replaceAll('_', ' ')} ${formatCount(without)}`;
  }).filter((part) => part !== '');
  const gaps = governance.filter((row) => row.gaps.length > 0).length;
  const text =
    `${formatCount(governance.length)} segments that give a trait away; ${formatCount(gaps)} with gaps.` +
    (missing.length === 0 ? '' : ` Not recorded: ${missing.join(', ')}.`);
  return [style.bold('Governance'), ...wrap(text, width - 2).map((line) => `  ${line}`), ''];
}
