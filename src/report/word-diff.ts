import type { DiffedFinding, GoneBecause, KeptFinding, ReportDiff, SettingChange } from '../domain/diff.ts';
import { severityRank } from '../domain/severity.ts';
import type { EffectFigure } from '../domain/waiver.ts';
import { formatInterval } from '../wording/format-interval.ts';
import { formatCount, formatNumber } from '../wording/format-number.ts';
import { traitTitle } from '../wording/trait-words.ts';
import { segmentTitle } from './finding-subject.ts';

/** A part of a comparison in words: a heading, and a line each. Text from inputs is as it was; every sink escapes it. */
export interface DiffSection {
  readonly title: string;
  /** What a reader must know of all lines. */
  readonly note?: string;
  readonly items: readonly string[];
}

/** Words a comparison: first what was done differently, then what is worse, then the rest; sections without a line are left out. */
export function wordDiff(diff: ReportDiff): readonly DiffSection[] {
  const { settings, added, gone, kept, renamed, verdicts, leakage } = diff;
  const changed = (change: KeptFinding['change']): readonly KeptFinding[] =>
    kept.filter((row) => row.change === change);
  const verdictsOf = (change: 'worse' | 'better' | 'unknown'): readonly string[] =>
    verdicts
      .filter((row) => row.change === change)
      .map(
        ({ segment, name, before, now, ...row }) =>
          `${segmentTitle(segment, name)}, ${traitTitle(row)}: ${before ?? 'not tested'}, now ${now ?? 'not tested'}`,
      );
  const sections: readonly DiffSection[] = [
    {
      title: 'Made differently',
      note: 'These may explain what follows; a finding that went with its rule is no progress.',
      items: settings.map(settingText),
    },
    { title: 'New findings', items: gravestFirst(added).map(findingText) },
    { title: 'Worse', items: changed('worse').map(keptText) },
    { title: 'Better', items: changed('better').map(keptText) },
    { title: 'Gone', items: gravestFirst(gone).map((row) => `${findingText(row)}${GONE[row.because ?? 'nothing']}`) },
    { title: 'Verdicts that are proxy now', items: verdictsOf('worse') },
    { title: 'Proxies that are shown to be none now', items: verdictsOf('better') },
    {
      title: 'Verdicts that changed otherwise',
      note: 'Inconclusive is not cleared: what cannot be shown any more is not better.',
      items: verdictsOf('unknown'),
    },
    {
      title: 'Segments under another name',
      items: renamed.map(({ before, nameBefore, after, nameAfter, by }) => {
        const known = { people: 'by the people in them', name: 'by their name alone', id: 'by the id alone' }[by];
        return `${segmentTitle(before, nameBefore)} is now ${segmentTitle(after, nameAfter)}, ${known}`;
      }),
    },
    {
      title: 'The whole export',
      note: 'Chance to tell a user with the value from one without it by the segments they are in; 0.5 is guessing.',
      items: leakage.map(
        ({ before, now, change, ...row }) =>
          `${traitTitle(row)}: ${intervalText(before)}, now ${intervalText(now)}: ${LEAKAGE[change]}`,
      ),
    },
  ];
  return sections.filter(({ items }) => items.length > 0);
}

/** Sums a comparison up in one sentence. */
export function summariseDiff({ added, gone, kept, inconclusive }: ReportDiff): string {
  const count = (change: KeptFinding['change']): string =>
    formatCount(kept.filter((row) => row.change === change).length);
  const unexplained = gone.filter(({ because }) => because === null).length;
  return (
    `${formatCount(added.length)} new, ${count('worse')} worse, ${count('better')} better, ${count('unchanged')} unchanged, ` +
    `${formatCount(gone.length)} gone (${formatCount(unexplained)} of them examined again and not found); ` +
    `inconclusive or not testable: ${formatNumber(inconclusive.before)}, now ${formatNumber(inconclusive.now)}.`
  );
}

const GONE: Readonly<Record<NonNullable<GoneBecause> | 'nothing', string>> = {
  'rule-off': ': not progress, its rule was not applied',
  'segment-gone': ': the segment is not there any more; its people may be in another one',
  'not-examined': ': not progress, what it rests on was not examined',
  inconclusive: ': not progress, the comparison is inconclusive now',
  'only-renamed': ': not progress, only the words are others; findings on its people remain',
  nothing: '',
};

const LEAKAGE = {
  worse: 'worse',
  better: 'better',
  unchanged: 'no change beyond noise',
  unknown: 'cannot be compared',
} as const;

function gravestFirst<Row extends DiffedFinding>(findings: readonly Row[]): readonly Row[] {
  return [...findings].sort((a, b) => severityRank(a.severity) - severityRank(b.severity));
}

function settingText({ what, before, now }: SettingChange): string {
  return `${what}: ${before ?? 'not there'}, now ${now ?? 'not there'}`;
}

function findingText(finding: DiffedFinding): string {
  const { severity, segment, name, state, rule, fingerprint } = finding;
  const accepted = state === 'new' ? '' : `, ${state}`;
  return `${severity}${accepted}: ${segmentTitle(segment, name)}, ${traitTitle(finding)} (${rule}, ${fingerprint})`;
}

function keptText({ before, now, because, effectBefore, effectNow, renamed }: KeptFinding): string {
  const parts = [
    ...(because.includes('severity') ? [`${before.severity}, now ${now.severity}`] : []),
    ...(because.includes('effect') || because.includes('direction')
      ? [`${measureText(effectNow)} ${figureText(effectBefore)}, now ${figureText(effectNow)}`]
      : []),
    ...(because.includes('direction') ? ['it goes the other way now'] : []),
    ...(renamed ? [`before as ${segmentTitle(before.segment, before.name)}`] : []),
  ];
  return `${findingText(now)}: ${parts.join('; ')}`;
}

function measureText(effect: EffectFigure | null): string {
  switch (effect?.measure) {
    case 'auc':
      return 'AUC';
    case 'topic-share':
      return 'share of topics';
    default:
      return 'representation ratio';
  }
}

function figureText(effect: EffectFigure | null): string {
  if (effect === null) return 'unknown';
  return effect.measure === 'topic-share' ? formatNumber(effect.estimate) : intervalText(effect);
}

function intervalText(figure: Pick<EffectFigure, 'estimate' | 'lower' | 'upper'> | null): string {
  if (figure === null) return 'not measured';
  if (figure.estimate === null) return 'hidden';
  return formatInterval(figure);
}
