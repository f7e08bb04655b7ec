import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { auditByPacks } from '../audit-by-packs.ts';
import type { Examination } from '../config/config.ts';
import { groupBy } from '../domain/group-by.ts';
import { formatLocation } from '../domain/location.ts';
import type { AuditReport } from '../domain/report.ts';
import { AuditError } from '../errors.ts';
import type { LoadedLexicons } from '../ingest/load-lexicons.ts';
import { kindOf } from '../rules/judge-evidence.ts';
import { coversTrait } from '../rules/pack.ts';
import { type CaseOfRule, type CaseOutcome, conclude, exportOf, type Seen } from './case-of-rule.ts';
import { writeExport } from './write-export.ts';

/** What auditing the exports of cases takes. */
export interface CaseEnvironment {
  readonly lexicons: LoadedLexicons;
  /** Folder for the files of mini exports; what is written there is removed again. */
  readonly folder: string;
}

/** The day on which exports are audited that name none. */
const DEFAULT_DAY = '2026-01-01';

/** Exports that are audited at a time. */
const LANES = 3;

/** Examinations that only rules of these kinds look at. */
const ONLY_FOR: Readonly<Record<Examination, string>> = {
  leakage: 'leakage',
  combinations: 'composition',
  exposure: 'exposure',
};

/**
 * Writes the exports of cases out as files and audits them, each export once for all rules and packs that are shown it. Every pack judges
 * alone. What no rule at hand looks at is left out, to save time.
 */
export async function auditExports(
  cases: readonly CaseOfRule[],
  environment: CaseEnvironment,
): Promise<readonly CaseOutcome[]> {
  const waiting = [...groupBy(cases, (one) => JSON.stringify(exportOf(one.shown))).values()];
  const outcomes: CaseOutcome[] = [];
  // The engine works beside this thread: while it counts one export, another is written.
  const lanes = Array.from({ length: LANES }, async (_, lane) => {
    const folder = join(environment.folder, String(lane));
    for (let same = waiting.shift(); same !== undefined; same = waiting.shift())
      outcomes.push(...(await auditExport(same, { ...environment, folder })));
  });
  await Promise.all(lanes);
  return outcomes;
}

/** Audits one export for all cases that show it. */
async function auditExport(
  cases: readonly CaseOfRule[],
  { lexicons, folder }: CaseEnvironment,
): Promise<readonly CaseOutcome[]> {
  const [first] = cases;
  if (first === undefined) return [];
  const exported = exportOf(first.shown);
  const kinds = new Set(cases.map(({ rule }) => rule.kind));
  const leaveOut = (Object.keys(ONLY_FOR) as Examination[]).filter((name) => !kinds.has(ONLY_FOR[name]));
  const packs = [...new Set(cases.map(({ pack }) => pack))];
  const place = join(folder, 'export');
  try {
    const config = await writeExport(exported, place, leaveOut);
    const now = new Date(`${exported.day ?? DEFAULT_DAY}T00:00:00Z`);
    const reports = await auditByPacks(
      packs.map((pack) => [pack]),
      config,
      { now, temporaryDirectory: async () => place, lexicons },
    );
    return cases.map((one) => {
      const report = reports[packs.indexOf(one.pack)];
      return conclude(one, report === undefined ? NOTHING : seenIn(report, one));
    });
  } catch (error) {
    if (!(error instanceof AuditError) || error.exitStatus !== 2) throw error;
    const where = error.location === undefined ? '' : `${formatLocation(error.location)}: `;
    return cases.map((one) => ({
      ...conclude(one, { ...NOTHING, why: `The export cannot be audited: ${where}${error.message}` }),
      passed: false,
    }));
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}

const NOTHING: Seen = { own: [], others: [], wasExamined: false };

function seenIn(report: AuditReport, { rule }: CaseOfRule): Seen {
  const covers = (trait: string): boolean => coversTrait(rule, trait);
  const own = report.findings.filter((finding) => finding.rule === rule.id);
  const others = report.findings.filter((finding) => finding.rule !== rule.id);
  const verdicts = report.associations
    .filter(({ trait }) => covers(trait))
    .map(({ segment, trait, value, verdict }) => `${segment}, ${trait} = ${value}: ${verdict ?? 'not tested'}`);
  return {
    own: own.map(({ trait, message }) => ({ trait, message })),
    others: [...new Set(others.map((finding) => finding.rule))],
    wasExamined: kindOf(rule).wasExamined?.(rule, report) ?? report.segments.length > 0,
    ...(rule.kind === 'association' && verdicts.length > 0 ? { why: `Verdicts: ${verdicts.join('; ')}.` } : {}),
  };
}
