import type { Notice } from '../domain/notice.ts';
import type { Summary } from '../domain/report.ts';
import type { ExportCounts, PanelCounts } from '../engine/count-source.ts';
import type { EvidenceSet } from '../evidence/evidence-set.ts';
import type { GatheredInputs } from '../ingest/gather-inputs.ts';
import { compareLabelCoverage } from '../statistics/label-coverage.ts';
import { formatCount } from '../wording/format-number.ts';
import { traitWords } from '../wording/trait-words.ts';
import { notUsedNotices } from './not-used-notices.ts';
import { isSmallCell, peopleCount } from './small-cells.ts';

const IDS_SHOWN = 5;

/** Says which examinations the config leaves out: what was not looked at was not found clean. */
export function leftOutNotices(leaveOut: readonly string[]): readonly Notice[] {
  if (leaveOut.length === 0) return [];
  return [warning('left-out', `The config leaves out: ${leaveOut.join(', ')}. Nothing is known about these.`)];
}

/** What `coverageNotices` looks at. */
export interface CoverageInput {
  readonly inputs: GatheredInputs;
  readonly exportCounts: ExportCounts | undefined;
  readonly panel: PanelCounts | undefined;
  readonly evidence: EvidenceSet;
  readonly examined: Summary['examined'];
  readonly minCell: number;
}

/** Says what could not be used, what was not examined, and what weakens the result. */
export function coverageNotices(input: CoverageInput): readonly Notice[] {
  return [
    ...limitNotices(input),
    ...exportNotices(input),
    ...panelNotices(input),
    ...labelNotices(input),
    ...countsNotices(input),
    ...absenceNotices(input),
  ];
}

function limitNotices({ minCell }: CoverageInput): readonly Notice[] {
  if (minCell >= 11) return [];
  return [
    warning(
      'small-cells-shown',
      `The small-cell limit is ${minCell} instead of 11: this output can reveal single people. Keep it from anyone who may not see the panel.`,
    ),
  ];
}

function exportNotices({ exportCounts, evidence, minCell }: CoverageInput): readonly Notice[] {
  if (exportCounts === undefined) return [];
  const { notUsed, duplicateRows } = exportCounts;
  const notices: Notice[] = [...notUsedNotices(notUsed, minCell, 'assignment')];
  if (duplicateRows > 0)
    notices.push(
      info(
        'duplicate-rows',
        `${rowsThat(duplicateRows, 'assignment', 'repeats', 'repeat')} an earlier one and counted once.`,
      ),
    );
  const hasDefinitions = evidence.segments.some(({ definition }) => definition !== undefined);
  const undefinedIds = evidence.segments
    .filter(({ definition }) => definition === undefined)
    .map(({ segment }) => segment);
  if (hasDefinitions && undefinedIds.length > 0) {
    notices.push(
      warning(
        'segments-without-definition',
        `${formatCount(undefinedIds.length)} segments of the assignments have no definition, so only their ids were read: ${someOf(undefinedIds)}.`,
      ),
    );
  }
  const empty = evidence.segments.filter(({ members }) => members === 0).map(({ segment }) => segment);
  if (empty.length > 0)
    notices.push(
      info(
        'segments-without-members',
        `${formatCount(empty.length)} defined segments have no member: ${someOf(empty)}.`,
      ),
    );
  return notices;
}

function panelNotices({ panel, minCell }: CoverageInput): readonly Notice[] {
  if (panel === undefined) return [];
  const notices: Notice[] = [];
  if (panel.rowsWithoutUser > 0)
    notices.push(
      warning(
        'panel-rows-without-user',
        `${rowsThat(panel.rowsWithoutUser, 'panel', 'names', 'name')} no user and could not be used.`,
      ),
    );
  if (panel.rowsWithoutWeight > 0)
    notices.push(
      warning(
        'panel-rows-without-weight',
        `${rowsThat(panel.rowsWithoutWeight, 'panel', 'has', 'have')} no weight above 0 and could not be used.`,
      ),
    );
  if (panel.duplicateRows > 0)
    notices.push(
      info(
        'panel-duplicate-rows',
        `${rowsThat(panel.duplicateRows, 'panel', 'repeats', 'repeat')} an earlier one and counted once.`,
      ),
    );
  if (panel.conflictingUsers > 0) {
    notices.push(
      warning(
        'panel-conflicting-users',
        `${peopleCount(panel.conflictingUsers, minCell)} panel users occur with different values; they were left out, since neither value can be trusted.`,
      ),
    );
  }
  const { usersInExport, users } = panel;
  if (usersInExport === undefined || usersInExport === users) return notices;
  if (usersInExport === 0) {
    notices.push(
      warning(
        'panel-not-in-export',
        'No panel user is a member of any segment. The ids of the two files probably differ in form (007 and 7 are two users), so membership tests mean nothing.',
      ),
    );
  } else {
    const absent = users - usersInExport;
    const isHidden = isSmallCell(absent, minCell) || isSmallCell(usersInExport, minCell);
    notices.push(
      info(
        'panel-users-without-segment',
        `${isHidden ? 'Some' : formatCount(absent)} of ${formatCount(users)} panel users are in no segment; they count as outside of all.`,
      ),
    );
  }
  return notices;
}

/** Label rates that differ by this much between a segment and the rest are worth a warning. */
const NOTABLE_COVERAGE_DIFFERENCE = 0.1;
/** Level of the test of equal label rates; strict, since it is made for every segment and trait. */
const COVERAGE_ALPHA = 0.001;

function labelNotices({ evidence }: CoverageInput): readonly Notice[] {
  const byTrait = new Map<string, Set<string>>();
  for (const { segment, trait, table, unknown } of evidence.associations) {
    if (unknown.inside + unknown.outside === 0 || byTrait.get(trait)?.has(segment)) continue;
    const coverage = compareLabelCoverage({
      inLabelled: table.a + table.b,
      inAll: table.a + table.b + unknown.inside,
      outLabelled: table.c + table.d,
      outAll: table.c + table.d + unknown.outside,
    });
    const difference = coverage?.difference.estimate ?? 0;
    const isUneven = Math.abs(difference) >= NOTABLE_COVERAGE_DIFFERENCE && (coverage?.pValue ?? 1) < COVERAGE_ALPHA;
    if (isUneven) byTrait.set(trait, (byTrait.get(trait) ?? new Set()).add(segment));
  }
  return [...byTrait].map(([trait, segments]) =>
    warning(
      'label-coverage-differs',
      `The value of ${traitWords(trait)} is known for a different share of the members of ${formatCount(segments.size)} segments than of the others: ${someOf([...segments])}. ` +
        'If it is missing for a reason that goes with the value, these figures are off; the worst case is in labelCoverage.',
    ),
  );
}

/** What takes the memberships of single users cannot be had from counts of segments. */
function countsNotices({ inputs }: CoverageInput): readonly Notice[] {
  if (inputs.counts === undefined) return [];
  return [
    warning(
      'counts-only',
      'Ready-made counts hold one segment at a time. So these were not examined, which need the memberships of users: what the export gives away as a whole, combinations of segments, ' +
        'users in any flagged segment taken together, how many users are unique by their segments, what their identifiers look like, members in common with an earlier export, consent.',
    ),
  ];
}

function absenceNotices({ examined, inputs, evidence }: CoverageInput): readonly Notice[] {
  const notices: Notice[] = [];
  if (!examined.includes('membership')) {
    notices.push(
      warning(
        'membership-not-tested',
        `Membership was not tested: ${whyUntested(inputs)}. A segment with a harmless name can still be a list of people with a protected trait.`,
      ),
    );
  }
  const hasWords = evidence.segments.some(({ segment, definition }) =>
    /\p{L}/u.test(`${segment}${definition?.name ?? ''}${definition?.description ?? ''}`),
  );
  if (!hasWords)
    notices.push(
      warning('no-words', 'No segment has a name, description or id with letters, so there were no words to read.'),
    );
  return notices;
}

function whyUntested(inputs: GatheredInputs): string {
  if (inputs.counts !== undefined) return 'no table of the counts has people on both sides of the comparison';
  if (inputs.assignments === undefined && inputs.panel === undefined)
    return 'no assignments and no traits panel were given';
  if (inputs.assignments === undefined) return 'no assignments were given';
  if (inputs.panel === undefined) return 'no traits panel was given';
  return 'no trait has people on both sides of the comparison';
}

function someOf(ids: readonly string[]): string {
  const shown = ids.slice(0, IDS_SHOWN).map((id) => (id.length > 60 ? `${id.slice(0, 60)}…` : id));
  return ids.length > IDS_SHOWN
    ? `${shown.join(', ')} and ${formatCount(ids.length - IDS_SHOWN)} more`
    : shown.join(', ');
}

/** Such as "1 panel row repeats" or "3 panel rows repeat". */
function rowsThat(count: number, kind: 'assignment' | 'panel', singular: string, plural: string): string {
  return count === 1 ? `1 ${kind} row ${singular}` : `${formatCount(count)} ${kind} rows ${plural}`;
}

function warning(code: string, message: string): Notice {
  return { code, level: 'warning', message };
}

function info(code: string, message: string): Notice {
  return { code, level: 'info', message };
}
