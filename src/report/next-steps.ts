import { stringify } from 'yaml';
import type { Finding } from '../domain/finding.ts';
import { WHOLE_EXPORT } from '../domain/leakage.ts';
import { printable, replaceUnprintable } from '../wording/terminal-text.ts';
import { evidenceToAccept, type FindingGrounds } from './accepted-evidence.ts';

/** Days that a new waiver is offered for. */
const WAIVER_DAYS = 90;

/**
 * Prepares the entries of the waiver file that would accept findings, tied to what each is now, with reason and owner left empty for a person
 * to fill in.
 *
 * @returns a function that writes the entry of a finding as YAML; it ends 90 days after the audit
 */
export function waiverSnippets(
  report: FindingGrounds & { readonly generatedAt: string },
): (finding: Finding) => string {
  const evidenceOf = evidenceToAccept(report);
  const expires = daysLater(report.generatedAt, WAIVER_DAYS);
  return (finding) => {
    const entry = { fingerprint: finding.fingerprint, reason: '', owner: '', expires, evidence: evidenceOf(finding) };
    const text = stringify([entry], LAYOUT);
    return escapeLines(text) === text ? text : escapeLines(stringify([entry], { ...LAYOUT, ...IN_QUOTES }));
  };
}

/** Long texts stay in one line, as in files that `traitleak waive` writes. */
const LAYOUT = { lineWidth: 0 } as const;

/** Only texts in quotes can have escapes. */
const IN_QUOTES = { defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: 'PLAIN' } as const;

/** Writes what cannot be seen, or would reorder what can, as escapes of YAML. */
function escapeLines(text: string): string {
  const escaped = (line: string): string => replaceUnprintable(line, (code) => `\\U${code.padStart(8, '0')}`);
  return text.split('\n').map(escaped).join('\n');
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
