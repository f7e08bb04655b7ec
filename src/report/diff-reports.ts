import type { Association, Verdict } from '../domain/association.ts';
import { cellKey, indexByCell } from '../domain/cell-key.ts';
import type {
  DiffedFinding,
  GoneBecause,
  KeptFinding,
  LeakageChange,
  ReportDiff,
  SettingChange,
  VerdictChange,
} from '../domain/diff.ts';
import type { Finding } from '../domain/finding.ts';
import { groupBy } from '../domain/group-by.ts';
import type { Leakage } from '../domain/leakage.ts';
import { compareText } from '../domain/order.ts';
import type { AuditReport } from '../domain/report.ts';
import { severityRank } from '../domain/severity.ts';
import { fingerprint } from '../gate/fingerprint.ts';
import { allAssociations } from './all-associations.ts';
import { effectChange } from './effect-change.ts';
import { effectFigures } from './effect-figure.ts';
import { segmentNames } from './finding-subject.ts';

type Renaming = ReportDiff['renamed'][number];

/** The id in the later results of an earlier segment; undefined when it is not there, or its id went to the people of another. */
type LaterId = (segment: string) => string | undefined;

/**
 * Compares two results: what appeared, what went and why it may have, what is worse or better beyond noise, whose name is another one.
 *
 * Nothing that is merely not seen any more counts as better: not a rule that was switched off, not a comparison that became inconclusive.
 */
export function diffReports(before: AuditReport, now: AuditReport): ReportDiff {
  const renamed = renamings(before, now);
  const idNow = new Map(renamed.map((row) => [row.before, row.after]));
  const taken = new Set(renamed.map(({ after }) => after));
  const idOf: LaterId = (segment) => idNow.get(segment) ?? (taken.has(segment) ? undefined : segment);
  const { kept, added, gone } = matchFindings(before, now, idOf);
  return {
    before: { generatedAt: before.generatedAt, findings: before.findings.length },
    now: { generatedAt: now.generatedAt, findings: now.findings.length },
    settings: settingChanges(before, now),
    added: added.map(namer(now)),
    gone: gone.map((finding) => ({ ...namer(before)(finding), because: goneBecause(finding, now, idOf) })),
    kept: keptFindings(kept, before, now),
    verdicts: verdictChanges(before, now, idOf),
    leakage: leakageChanges(before.leakage, now.leakage),
    renamed,
    inconclusive: { before: openIn(before), now: openIn(now) },
  };
}

function openIn({ summary }: AuditReport): number {
  return summary.associations.inconclusive + summary.associations.untestable;
}

/** By the people in them where the later results looked; else by a name that only one segment has on each side. */
function renamings(before: AuditReport, now: AuditReport): readonly Renaming[] {
  const nameBefore = segmentNames(before);
  const nameAfter = segmentNames(now);
  const idsBefore = new Set(before.segments.map(({ segment }) => segment));
  const idsAfter = new Set(now.segments.map(({ segment }) => segment));
  if (now.lineage.length > 0 && isMeasuredAgainst(now, before)) {
    return now.lineage.flatMap(({ kind, before: from, after }): readonly Renaming[] =>
      kind === 'renamed' && from !== null && after !== null && idsBefore.has(from) && idsAfter.has(after)
        ? [{ before: from, nameBefore: nameBefore(from), after, nameAfter: nameAfter(after), by: 'people' }]
        : [],
    );
  }
  const later = soleNames(now.segments.filter(({ segment }) => !idsBefore.has(segment)));
  const earlier = soleNames(before.segments.filter(({ segment }) => !idsAfter.has(segment)));
  const byName = [...earlier].flatMap(([name, from]): readonly Renaming[] => {
    const after = later.get(name);
    return after === undefined ? [] : [{ before: from, nameBefore: name, after, nameAfter: name, by: 'name' }];
  });
  const inPlace = before.segments.flatMap(({ segment, name }): readonly Renaming[] => {
    const nameNow = nameAfter(segment);
    return idsAfter.has(segment) && nameNow !== name
      ? [{ before: segment, nameBefore: name, after: segment, nameAfter: nameNow, by: 'id' }]
      : [];
  });
  return [...byName, ...inPlace].sort((a, b) => compareText(a.before, b.before));
}

/** Did the later audit compare its members with those of the earlier results, and not of another export? */
function isMeasuredAgainst(now: AuditReport, before: AuditReport): boolean {
  const earlier = new Set(before.inputs.filter(({ role }) => role === 'assignments').map(({ sha256 }) => sha256));
  const compared = now.inputs.filter(({ role }) => role === 'previous-assignments');
  return compared.length > 0 && compared.every(({ sha256 }) => earlier.has(sha256));
}

function soleNames(segments: AuditReport['segments']): ReadonlyMap<string, string> {
  return new Map(
    [...groupBy(segments, ({ name }) => name)].flatMap(([name, [only, ...others]]) =>
      name !== null && only !== undefined && others.length === 0 ? [[name, only.segment]] : [],
    ),
  );
}

interface MatchedFindings {
  readonly kept: readonly (readonly [before: Finding, now: Finding])[];
  readonly added: readonly Finding[];
  readonly gone: readonly Finding[];
}

function matchFindings(before: AuditReport, now: AuditReport, idOf: LaterId): MatchedFindings {
  const later = new Map(now.findings.map((finding) => [finding.fingerprint, finding]));
  const kept: (readonly [Finding, Finding])[] = [];
  const gone: Finding[] = [];
  for (const finding of before.findings) {
    const segment = idOf(finding.segment);
    const print = segment === undefined ? '' : fingerprint({ ...finding, segment });
    const same = later.get(print);
    if (same === undefined) gone.push(finding);
    else kept.push([finding, same]);
    later.delete(print);
  }
  return { kept, added: [...later.values()], gone };
}

function namer(report: AuditReport): (finding: Finding) => DiffedFinding {
  const nameOf = segmentNames(report);
  return ({ fingerprint: print, rule, segment, trait, value, severity, state, title }) => ({
    fingerprint: print,
    rule,
    segment,
    name: nameOf(segment),
    trait,
    ...(value === undefined ? {} : { value }),
    severity,
    state,
    title,
  });
}

function keptFindings(pairs: MatchedFindings['kept'], before: AuditReport, now: AuditReport): readonly KeptFinding[] {
  const [effectThen, effectNow] = [effectFigures(before), effectFigures(now)];
  const [nameThen, nameNow] = [namer(before), namer(now)];
  return pairs.map(([old, current]) => {
    const effects = [effectThen(old) ?? null, effectNow(current) ?? null] as const;
    const [named, renamed] = [nameThen(old), nameNow(current)];
    return {
      before: named,
      now: renamed,
      renamed: named.segment !== renamed.segment || named.name !== renamed.name,
      effectBefore: effects[0],
      effectNow: effects[1],
      ...judgeChange(old, current, effects),
    };
  });
}

function judgeChange(
  old: Finding,
  current: Finding,
  [effectBefore, effectNow]: readonly [KeptFinding['effectBefore'], KeptFinding['effectNow']],
): Pick<KeptFinding, 'change' | 'because'> {
  const rise = severityRank(old.severity) - severityRank(current.severity);
  const effect = effectBefore === null || effectNow === null ? 'unknown' : effectChange(effectBefore, effectNow);
  const worse = [
    ...(rise > 0 ? (['severity'] as const) : []),
    ...(effect === 'grown' ? (['effect'] as const) : []),
    ...(effect === 'turned' ? (['direction'] as const) : []),
  ];
  if (worse.length > 0) return { change: 'worse', because: worse };
  const better = [...(rise < 0 ? (['severity'] as const) : []), ...(effect === 'shrunk' ? (['effect'] as const) : [])];
  return { change: better.length > 0 ? 'better' : 'unchanged', because: better };
}

/** What explains that a finding is gone without the export being any better. */
function goneBecause(finding: Finding, now: AuditReport, idOf: LaterId): GoneBecause {
  if (now.rules.length > 0 && !now.rules.some(({ id }) => id === finding.rule)) return 'rule-off';
  const segment = idOf(finding.segment);
  if (segment === undefined) return 'segment-gone';
  const isListed = !segment.startsWith('traitleak:');
  if (isListed && !now.segments.some((row) => row.segment === segment)) return 'segment-gone';
  const kinds = new Set(finding.evidence.map(({ kind }) => kind));
  if (kinds.has('association')) {
    const rows = allAssociations(now);
    const row = rows.find(
      (one) => one.segment === segment && one.trait === finding.trait && one.value === finding.value,
    );
    if (row === undefined) return 'not-examined';
    return row.test === null || row.verdict === 'inconclusive' ? 'inconclusive' : null;
  }
  if (kinds.has('term') || kinds.has('topics')) {
    const remains = now.findings.some(
      (one) =>
        one.segment === segment &&
        one.trait === finding.trait &&
        one.evidence.some(({ kind }) => kind === 'association' || kind === 'probability'),
    );
    return remains ? 'only-renamed' : null;
  }
  if (kinds.has('leakage') && now.leakage.length === 0) return 'not-examined';
  if (kinds.has('composition') && now.summary.compositions === null) return 'not-examined';
  if (kinds.has('exposure') && now.exposure === null) return 'not-examined';
  if (kinds.has('lineage') && now.lineage.length === 0) return 'not-examined';
  if (kinds.has('probability') && now.probabilities.length === 0) return 'not-examined';
  if (kinds.has('consent') && now.consent === null) return 'not-examined';
  return null;
}

function verdictChanges(before: AuditReport, now: AuditReport, idOf: LaterId): readonly VerdictChange[] {
  const nameOf = segmentNames(now);
  const later = indexByCell(now.associations);
  return before.associations.flatMap((old: Association): readonly VerdictChange[] => {
    const segment = idOf(old.segment);
    const row = segment === undefined ? undefined : later.get(cellKey(segment, old.trait, old.value));
    if (segment === undefined || row === undefined || row.verdict === old.verdict) return [];
    const { trait, value, verdict } = row;
    const change = verdictChange(old.verdict, verdict);
    return [{ segment, name: nameOf(segment), trait, value, before: old.verdict, now: verdict, change }];
  });
}

function verdictChange(before: Verdict | null, now: Verdict | null): VerdictChange['change'] {
  if (now === 'proxy') return 'worse';
  return before === 'proxy' && now === 'cleared' ? 'better' : 'unknown';
}

function leakageChanges(before: readonly Leakage[], now: readonly Leakage[]): readonly LeakageChange[] {
  const keyOf = ({ trait, value }: { trait: string; value: string }): string => JSON.stringify([trait, value]);
  const old = new Map(before.map((row) => [keyOf(row), row]));
  const current = new Map(now.map((row) => [keyOf(row), row]));
  return [...new Set([...old.keys(), ...current.keys()])].sort(compareText).flatMap((key): readonly LeakageChange[] => {
    const [then, later] = [old.get(key), current.get(key)];
    const row = later ?? then;
    if (row === undefined) return [];
    const { trait, value } = row;
    return [{ trait, value, before: then?.auc ?? null, now: later?.auc ?? null, change: aucChange(then, later) }];
  });
}

function aucChange(then: Leakage | undefined, now: Leakage | undefined): LeakageChange['change'] {
  if (then === undefined || now === undefined) return 'unknown';
  const figure = { measure: 'auc', direction: 'over' } as const;
  switch (effectChange({ ...figure, ...then.auc }, { ...figure, ...now.auc })) {
    case 'grown':
      return 'worse';
    case 'shrunk':
      return 'better';
    case 'within-noise':
      return 'unchanged';
    default:
      return 'unknown';
  }
}

/** Everything but the data that may make results differ, in a fixed order. */
function settingChanges(before: AuditReport, now: AuditReport): readonly SettingChange[] {
  // Of a pack that only one side has, the pack says enough.
  const later = new Set(now.packs.map(({ id }) => id));
  const packs = new Set(before.packs.map(({ id }) => id).filter((id) => later.has(id)));
  const [old, current] = [settingsOf(before, packs), settingsOf(now, packs)];
  return [...new Set([...old.keys(), ...current.keys()])].flatMap((what) => {
    const [first, second] = [old.get(what) ?? null, current.get(what) ?? null];
    return first === second ? [] : [{ what, before: first, now: second }];
  });
}

/** Digits of a digest that tell two files apart for a reader. */
const DIGEST_SHOWN = 12;

function settingsOf(
  { tool, packs: applied, rules, manifest, inputs }: AuditReport,
  packs: ReadonlySet<string>,
): ReadonlyMap<string, string> {
  const { thresholds, lexicons, config } = manifest;
  const { method, family, level } = thresholds.multiplicity;
  const panel = inputs.filter(({ role }) => role === 'traits' || role === 'counts');
  return new Map<string, string>([
    ['version', tool.version],
    ...applied.map(
      ({ id, version, sha256 }) => [`pack ${id}`, `${version} (${sha256.slice(0, DIGEST_SHOWN)})`] as const,
    ),
    ...rules.filter(({ pack }) => packs.has(pack)).map(({ id }) => [`rule ${id}`, 'on'] as const),
    ['lexicons', lexicons.sha256.slice(0, DIGEST_SHOWN)],
    ['minCell', String(thresholds.minCell)],
    ['multiplicity', `${method} by ${family} at ${level}`],
    ['leaveOut', Array.isArray(config.leaveOut) ? config.leaveOut.join(', ') || 'nothing' : 'nothing'],
    ...panel.map(
      ({ role, sha256 }) => [role === 'traits' ? 'panel' : 'counts', sha256.slice(0, DIGEST_SHOWN)] as const,
    ),
  ]);
}
