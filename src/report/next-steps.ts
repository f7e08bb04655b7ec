import type { Finding } from '../domain/finding.ts';
import { WHOLE_EXPORT } from '../domain/leakage.ts';
import { printable } from '../wording/terminal-text.ts';

/** Days that a new waiver is offered for. */
const WAIVER_DAYS = 90;

/**
 * Writes the entry of the waiver file that would accept a finding, with its reason and owner left empty for a person to fill in.
 *
 * @param generatedAt - when the audit ran; the entry ends 90 days later
 */
export function waiverSnippet(finding: Finding, generatedAt: string): string {
  const what = printable(`${finding.rule}: ${finding.segment}, ${finding.trait}`);
  return [
    `# ${what.length > 150 ? `${what.slice(0, 149)}…` : what}`,
    `- fingerprint: ${finding.fingerprint}`,
    `  reason: ""`,
    `  owner: ""`,
    `  expires: ${daysLater(generatedAt, WAIVER_DAYS)}`,
    '',
  ].join('\n');
}

function daysLater(date: string, days: number): string {
  const start = Date.parse(`${date.slice(0, 10)}T00:00:00Z`);
  return Number.isNaN(start) ? date.slice(0, 10) : new Date(start + days * 86_400_000).toISOString().slice(0, 10);
}

/**
 * Writes the command that says more about a finding: of the segment where there is one, of the rule for findings on the whole export and on
 * groups that no segment names.
 *
 * @returns `null` when an id cannot be typed
 */
export function explainCommand(finding: Finding): string | null {
  const pair = finding.evidence.find((item) => item.kind === 'composition');
  const segment = pair?.first ?? finding.segment;
  if (segment === WHOLE_EXPORT.segment || segment.startsWith('traitleak:')) {
    const rule = shellWord(finding.rule);
    return rule === null ? null : `traitleak rules show ${rule}`;
  }
  const word = shellWord(segment);
  if (word === null) return null;
  return segment.startsWith('-')
    ? `traitleak explain --from results.json -- ${word}`
    : `traitleak explain ${word} --from results.json`;
}

/** Longest id that is offered on a command line. */
const LONGEST_WORD = 200;

/** Writes a text so that a POSIX shell takes it as one word that means nothing else; `null` where it has characters that nobody can type. */
function shellWord(text: string): string | null {
  if (text === '' || text.length > LONGEST_WORD || printable(text) !== text || /\p{Cs}/u.test(text)) return null;
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
