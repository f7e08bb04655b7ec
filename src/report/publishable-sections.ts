import { SEVERITIES } from '../domain/severity.ts';
import { counted, listed } from '../wording/counted.ts';
import { formatCount, formatNumber } from '../wording/format-number.ts';
import { capitalised, traitWords } from '../wording/trait-words.ts';
import { type Block, heading, list, type PageSection, table, text } from './page-blocks.ts';
import { type PeopleCount, type PublishableReport, SMALLEST_CROWD } from './publishable-report.ts';

/** The publishable edition: the answer, counts of verdicts, counts of people, and the method. */
export function publishableSections(report: PublishableReport): readonly PageSection[] {
  return [
    { id: 'answer', title: 'The answer', blocks: answer(report) },
    { id: 'verdicts', title: 'Verdicts by trait', blocks: verdicts(report) },
    { id: 'people', title: 'People', blocks: people(report) },
    { id: 'method', title: 'Method and limits', blocks: method(report) },
    { id: 'edition', title: 'What this edition leaves out', blocks: edition(report) },
  ];
}

function answer({ gate, segments, findings, examined, date, tool, packs }: PublishableReport): readonly Block[] {
  const bar =
    gate.failOn === 'never'
      ? 'it lets everything pass'
      : `it fails on new findings of severity ${gate.failOn} or graver`;
  const found =
    findings === null
      ? 'How many findings there are is not told: among so few segments, or with so many proxies, it would tell of single segments what they stand for.'
      : `Findings: ${listed(SEVERITIES.map((severity) => `${formatCount(findings[severity])} ${severity}`))}.`;
  const missing = [
    ...(examined.includes('words') ? [] : ['Names and descriptions were not examined.']),
    ...(examined.includes('topics') ? [] : ['What segments are made of was not examined.']),
    ...(examined.includes('membership') ? [] : ['Who is in the segments was not examined.']),
  ];
  return [
    { kind: 'text', text: `The gate ${gate.passed ? 'passed' : 'failed'} (${bar}). ${found}`, isStrong: true },
    text(
      `${capitalised(counted(segments, 'segment was', 'segments were'))} audited. What could not be concluded is not a pass, and no finding is not a proof of safety.`,
    ),
    ...list(missing),
    text(
      `${date}, ${tool.name} ${tool.version}; rule packs: ${listed(packs.map(({ title, id, version }) => `${title} (${id} ${version})`))}.`,
    ),
  ];
}

function verdicts({ verdicts: rows }: PublishableReport): readonly Block[] {
  if (rows.length === 0) return [text('No trait was compared with a panel, so any segment can stand in for one.')];
  const withheld = rows.filter(({ counts }) => counts === null).length;
  return [
    text(
      'A segment is a proxy for a trait if its membership tells more of at least one value than the bound allows; it is cleared if that is ruled out for every value; otherwise it is inconclusive.',
    ),
    table(
      'Segments by trait and verdict',
      ['Trait', 'Segments compared', 'Proxy', 'Cleared', 'Inconclusive'],
      rows.map(({ trait, segments, counts }) => [
        capitalised(traitWords(trait)),
        formatCount(segments),
        ...(['proxy', 'cleared', 'inconclusive'] as const).map((verdict) =>
          counts === null ? 'withheld' : formatCount(counts[verdict]),
        ),
      ]),
      { where: 'the restricted edition' },
    ),
    ...(withheld === 0
      ? []
      : [
          text(
            `Withheld: fewer than ${SMALLEST_CROWD} segments were compared, or more than half of them are proxies. The count would tell of single segments what they stand for.`,
          ),
        ]),
  ];
}

function people({ people: rows, privacy }: PublishableReport): readonly Block[] {
  return [
    text(privacyText(privacy)),
    ...(rows.length === 0
      ? [text('No count of people may be shown.')]
      : [
          table(
            'Counts of people',
            ['Who', 'People'],
            rows.map((row) => [
              whoText(row),
              row.people === null
                ? 'hidden'
                : `${privacy.mechanism === 'suppression' ? '' : 'about '}${formatCount(row.people)}`,
            ]),
            { where: 'the restricted edition' },
          ),
        ]),
  ];
}

function privacyText(privacy: PublishableReport['privacy']): string {
  if (privacy.mechanism === 'suppression') {
    return privacy.minCell > 1
      ? `Counts of 1 to ${privacy.minCell - 1} people are left out, and with them counts from which one could be worked out.`
      : 'The small-cell limit was switched off: these counts can reveal single people.';
  }
  const { epsilon, epsilonPerCount, delta, threshold } = privacy;
  return (
    `Every count has discrete Laplace noise, so that it hardly depends on any one person: adding or removing everything about one person changes the chance of any ` +
    `table by a factor of at most ${formatNumber(Math.exp(epsilon))} (differential privacy with epsilon ${formatNumber(epsilon)}, ${formatNumber(epsilonPerCount)} for each count, and delta ${formatNumber(delta)}). ` +
    `Nine counts in ten are off by at most ${formatCount(largestUsualNoise(epsilonPerCount))}. Values whose noisy count is below ${formatCount(threshold)} are left out, whether anybody has them or not. ` +
    'The noise is the same in every run on the same files. Counts of segments and verdicts have no noise: they are not counts of people.'
  );
}

/** Smallest size of the noise that nine draws in ten stay within. */
function largestUsualNoise(epsilon: number): number {
  const a = Math.exp(-epsilon);
  return Math.max(0, Math.ceil(Math.log((0.1 * (1 + a)) / 2) / -epsilon) - 1);
}

function whoText({ what, trait = '', value = '' }: PeopleCount): string {
  if (what === 'users') return 'Users of the export';
  return what === 'panel-users' ? 'Panel: users with known traits' : `Panel: ${traitWords(trait)}, ${value}`;
}

const PARAGRAPHS: ReadonlySet<string> = new Set(['Words', 'Membership', 'Chance']);

function method({ method: paragraphs, limits, rules }: PublishableReport): readonly Block[] {
  return [
    ...paragraphs
      .filter((paragraph) => PARAGRAPHS.has(paragraph.heading))
      .flatMap((paragraph) => [heading(paragraph.heading), text(paragraph.text)]),
    heading('What this audit cannot tell'),
    ...list(limits),
    heading('Rules that were applied'),
    table(
      'Rules that were applied',
      ['Rule', 'How it measures'],
      rules.map(({ title, measures }) => [title, measures]),
      { most: 500, where: 'the restricted edition' },
    ),
  ];
}

function edition({ privacy }: PublishableReport): readonly Block[] {
  return [
    text(
      'This is the publishable edition. The restricted edition of the same audit names the segments, what each of them stands for, the figures and the findings; it is a map from segments to protected traits, and stays with those who need it.',
    ),
    ...list([
      'No id, name or description of a segment, and no finding on one.',
      'No place, digest or count of rows of the files that were audited.',
      'No figure on single comparisons, no picture made from them, and no lineage.',
      privacy.mechanism === 'suppression'
        ? 'No count of people that is small, or from which one could be worked out.'
        : 'No exact count of people.',
    ]),
  ];
}
