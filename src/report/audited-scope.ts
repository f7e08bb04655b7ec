import type { Notice } from '../domain/notice.ts';
import type { AuditReport, InputRecord, PackRecord } from '../domain/report.ts';
import { counted, listed } from '../wording/counted.ts';
import { formatCount, formatPercent } from '../wording/format-number.ts';
import { correctionName } from '../wording/method-names.ts';
import { traitWords } from '../wording/trait-words.ts';

/** What was audited, with what: everything that somebody needs to say whether two reports are about the same thing. */
export interface AuditedScope {
  /** Label and text, in the order of reading. */
  readonly facts: readonly { readonly label: string; readonly text: string }[];
  readonly inputs: readonly InputRecord[];
  readonly packs: readonly PackRecord[];
  /** Rows and segments that were not used, or used once, and why. */
  readonly unused: readonly Notice[];
  /** How columns were read. */
  readonly reading: readonly Notice[];
}

/** Notices on rows, users and segments that count nowhere, or not as they stand. */
const UNUSED: ReadonlySet<string> = new Set([
  'rows-without-user',
  'rows-without-segment',
  'duplicate-rows',
  'segments-without-definition',
  'segments-without-members',
  'panel-rows-without-user',
  'panel-rows-without-weight',
  'panel-duplicate-rows',
  'panel-conflicting-users',
  'panel-users-without-segment',
]);

const READING: ReadonlySet<string> = new Set(['assignment-columns', 'panel-columns', 'panel-columns-unused']);

/** Gathers what was audited, when, and with which versions. */
export function auditedScope(report: AuditReport): AuditedScope {
  const { tool, manifest, summary, generatedAt } = report;
  const { minCell, multiplicity, intervalLevel } = manifest.thresholds;
  return {
    facts: [
      { label: 'Date', text: `${generatedAt.slice(0, 10)}, ${generatedAt.slice(11, 16)} UTC` },
      { label: 'Segments', text: formatCount(summary.segments) },
      { label: 'Users in the export', text: peopleText(summary.users, 'not counted, or too few to show') },
      { label: 'Panel (users with known traits)', text: peopleText(summary.panelUsers, 'none, or too few to show') },
      { label: 'Traits compared with the panel', text: listed(summary.traitsTested.map(traitWords)) || 'none' },
      { label: 'Examined', text: listed(summary.examined.map(examinedText)) || 'nothing' },
      {
        label: 'Small groups',
        text: minCell > 0 ? `counts of 1 to ${minCell - 1} people are hidden` : 'counts are shown whatever their size',
      },
      {
        label: 'Statistics',
        text: `intervals at ${formatPercent(intervalLevel)}; false discoveries held to ${formatPercent(multiplicity.level)} (${correctionName(multiplicity.method)}, over ${multiplicity.family === 'run' ? 'the whole run' : multiplicity.family})`,
      },
      { label: 'Program', text: `${tool.name} ${tool.version}, results format ${report.schemaVersion}` },
      {
        label: 'Counting engine',
        text: `${manifest.engine.name} ${manifest.engine.version}, Node ${manifest.node}`,
      },
      { label: 'Lexicons', text: `${counted(manifest.lexicons.files.length, 'file')}, ${manifest.lexicons.sha256}` },
      ...(manifest.seed === null ? [] : [{ label: 'Random seed', text: String(manifest.seed) }]),
    ],
    inputs: report.inputs,
    packs: report.packs,
    unused: report.notices.filter(({ code }) => UNUSED.has(code)),
    reading: report.notices.filter(({ code }) => READING.has(code)),
  };
}

/** Notices that are about neither reading nor unused rows: they limit what the result means. */
export function limitingNotices({ notices }: AuditReport): readonly Notice[] {
  return notices.filter(({ code }) => !UNUSED.has(code) && !READING.has(code));
}

function peopleText(count: number | null, otherwise: string): string {
  return count === null ? otherwise : formatCount(count);
}

function examinedText(what: AuditReport['summary']['examined'][number]): string {
  switch (what) {
    case 'words':
      return 'names and descriptions';
    case 'topics':
      return 'weighted topics';
    case 'membership':
      return 'membership against the panel';
  }
}
