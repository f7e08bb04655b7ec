import type { Association } from '../domain/association.ts';
import type { Finding } from '../domain/finding.ts';
import { formatLocation } from '../domain/location.ts';
import type { AuditReport } from '../domain/report.ts';
import { counted, listed } from '../wording/counted.ts';
import { formatInterval, formatPercentInterval } from '../wording/format-interval.ts';
import { formatCount, formatNumber, formatPercent, formatProbability } from '../wording/format-number.ts';
import { capitalised, traitWords } from '../wording/trait-words.ts';
import { associationFinder, type FindAssociation } from './all-associations.ts';
import { auditedScope, limitingNotices } from './audited-scope.ts';
import { decisionLog } from './decision-log.ts';
import { segmentNames, segmentTitle } from './finding-subject.ts';
import { gapStatusText, gapTable } from './gap-table.ts';
import { glossary } from './glossary.ts';
import { leftOutVerdicts } from './left-out-verdicts.ts';
import { limits, methodParagraphs } from './method-limits.ts';
import { explainCommand, waiverSnippets } from './next-steps.ts';
import { openComparisons, openQuestions } from './open-questions.ts';
import { type Block, heading, list, type PageSection, table, text } from './page-blocks.ts';
import { plainAnswer } from './plain-answer.ts';
import { type MatrixCell, verdictMatrix } from './verdict-matrix.ts';

/** Findings that are told at length; the rest stands in a table of its own. */
const FINDINGS_TOLD = 100;
const TRAITS_SHOWN = 12;
const SEGMENTS_SHOWN = 200;
const HIDDEN = 'hidden';

type NameOf = (segment: string) => string;

/** The reviewer's report as a document without pictures: the same content, in the same order, as the HTML file. */
export function reviewSections(report: AuditReport): readonly PageSection[] {
  const names = segmentNames(report);
  const nameOf: NameOf = (segment) => segmentTitle(segment, names(segment));
  const section = (id: string, title: string, blocks: readonly Block[]): PageSection => ({ id, title, blocks });
  return [
    section('answer', 'The answer', answer(report)),
    section('scope', 'What was audited', scope(report)),
    section('matrix', 'Segments and traits', matrix(report, nameOf)),
    section('findings', 'Findings', findings(report, nameOf)),
    section('gaps', 'Gaps to good practice', gaps(report)),
    section('whole-export', 'The export as a whole', wholeExport(report, nameOf)),
    section('lineage', 'What became of earlier segments', lineage(report)),
    section('open', 'What could not be tested', open(report, nameOf)),
    section('method', 'Method and limits', method(report)),
    section('glossary', 'Glossary', [
      table(
        'Glossary',
        ['Word', 'Meaning'],
        glossary(report).map(({ term, meaning }) => [term, meaning]),
      ),
    ]),
    section('decisions', 'Decision log', decisions(report, nameOf)),
  ];
}

function answer(report: AuditReport): readonly Block[] {
  const { verdict, rest } = plainAnswer(report);
  return [
    { kind: 'text', text: `${verdict}${rest}`, isStrong: true },
    text(
      'What was not concluded is not a pass. This report names which segments go with which traits: show it only to those who need it.',
    ),
  ];
}

function scope(report: AuditReport): readonly Block[] {
  const { facts, inputs, packs, unused, reading } = auditedScope(report);
  return [
    table(
      'Facts of the audit',
      ['What', 'Value'],
      facts.map((fact) => [fact.label, fact.text]),
    ),
    heading('Files'),
    table(
      'Files that were audited',
      ['Role', 'File', 'Rows', 'SHA-256'],
      inputs.map(({ role, path, rows, sha256 }) => [
        role.replaceAll('-', ' '),
        path,
        rows === null ? '' : formatCount(rows),
        sha256,
      ]),
    ),
    heading('Rows that were not used, and why'),
    ...(unused.length === 0 ? [text('Every row was used.')] : list(unused.map(({ message }) => message))),
    ...(reading.length === 0 ? [] : [heading('How columns were read'), ...list(reading.map(({ message }) => message))]),
    heading('Rule packs'),
    table(
      'Rule packs that were applied',
      ['Pack', 'Version', 'Where its law is in force', 'Rules', 'SHA-256'],
      packs.map(({ id, title, version, jurisdiction, rules, sha256 }) => [
        `${title} (${id})`,
        version,
        jurisdiction ?? 'bound to no place',
        formatCount(rules),
        sha256,
      ]),
    ),
  ];
}

function matrix(report: AuditReport, nameOf: NameOf): readonly Block[] {
  const { traits, rows } = verdictMatrix(report);
  if (rows.length === 0 || traits.length === 0) return [text('There was no segment and trait to compare.')];
  const shown = traits.slice(0, TRAITS_SHOWN);
  const left = traits.length - shown.length;
  const leftOut = leftOutVerdicts(
    report,
    rows.slice(0, SEGMENTS_SHOWN).map(({ segment }) => segment),
  );
  return [
    text(
      'A finding shows its severity and what it rests on. Cleared: a departure beyond the bound is ruled out. Inconclusive and not tested are not a pass.',
    ),
    table(
      'Segments and traits',
      ['Segment', 'Members', ...shown.map((trait) => capitalised(traitWords(trait)))],
      rows.map(({ segment, members, cells }) => [
        nameOf(segment),
        members === null ? '–' : formatCount(members),
        ...cells.slice(0, TRAITS_SHOWN).map(cellText),
      ]),
      { most: SEGMENTS_SHOWN, where: '-f csv-associations' },
    ),
    ...(leftOut === undefined ? [] : [text(leftOut)]),
    ...(left > 0 ? [text(`${counted(left, 'further trait')}: see -f csv-associations.`)] : []),
  ];
}

const STATES: Readonly<Record<Exclude<MatrixCell['state'], 'found'>, string>> = {
  departs: 'departs, no finding',
  cleared: 'cleared',
  inconclusive: 'inconclusive',
  'no-words': 'membership not tested',
  'not-examined': 'not examined',
};

function cellText({ state, kinds, severity, accepted, membership }: MatrixCell): string {
  if (state !== 'found') return STATES[state];
  const beside =
    membership === null || membership === 'proxy' || kinds.includes('membership') ? '' : `; membership ${membership}`;
  return `${severity ?? ''}: ${kinds.join(', ')}${accepted ? ' (accepted)' : ''}${beside}`;
}

function findings(report: AuditReport, nameOf: NameOf): readonly Block[] {
  if (report.findings.length === 0)
    return [text('No rule found anything in what was examined. That is not proof of safety.')];
  const waiverOf = waiverSnippets(report);
  const told = report.findings.slice(0, FINDINGS_TOLD);
  const rest = report.findings.slice(FINDINGS_TOLD);
  const associationOf = associationFinder(report);
  return [
    ...told.flatMap((finding) => findingBlocks(finding, waiverOf, nameOf, associationOf)),
    ...(rest.length === 0
      ? []
      : [
          heading(`${counted(rest.length, 'further finding')}`),
          table(
            'Further findings',
            ['Severity', 'Segment', 'Trait', 'Finding', 'Fingerprint'],
            rest.map((finding) => [
              finding.severity,
              nameOf(finding.segment),
              traitText(finding),
              finding.title,
              finding.fingerprint,
            ]),
            { most: 1000, where: '-f csv' },
          ),
        ]),
  ];
}

function findingBlocks(
  finding: Finding,
  waiverOf: (finding: Finding) => string,
  nameOf: NameOf,
  associationOf: FindAssociation,
): readonly Block[] {
  const { severity, segment, title, message, remedy, law, rule, pack, fingerprint, state, waiver, location } = finding;
  const row = finding.evidence.flatMap((item) =>
    item.kind === 'association' ? [associationOf(item.segment, item.trait, item.value)] : [],
  )[0];
  const command = explainCommand(finding);
  return [
    heading(`${capitalised(severity)}: ${nameOf(segment)}, ${traitText(finding)}`),
    text(`${title}. ${message}`),
    ...list([
      ...(row === undefined || row.suppressed ? [] : [`Panel: ${figures(row)}`]),
      `What to do: ${remedy}`,
      ...(law.length === 0
        ? []
        : [
            `Law: ${law.map(({ title: name, provision }) => (provision === undefined ? name : `${name}, ${provision}`)).join('; ')}`,
          ]),
      stateText(state, waiver),
      `Rule ${pack}/${rule}, fingerprint ${fingerprint}${location === undefined ? '' : `, ${formatLocation(location)}`}`,
    ]),
    ...(command === null ? [] : [{ kind: 'code', text: command, language: 'sh' } as const]),
    ...(state === 'new' ? [{ kind: 'code', text: waiverOf(finding), language: 'yaml' } as const] : []),
  ];
}

function traitText({ trait, value }: Finding): string {
  return value === undefined ? traitWords(trait) : `${traitWords(trait)}: ${value}`;
}

function figures({ counts, shareInside, shareOutside, representationRatio, qValue }: Association): string {
  const part = (value: number | null, other: number | null): string =>
    value === null || other === null ? HIDDEN : `${formatCount(value)} of ${formatCount(value + other)}`;
  return (
    `${part(counts.inValue, counts.inOther)} members have the value (${formatPercentInterval(shareInside)}), outside ${part(counts.outValue, counts.outOther)} ` +
    `(${formatPercentInterval(shareOutside)}); representation ratio ${formatInterval(representationRatio)}; q ${formatProbability(qValue)}.`
  );
}

function stateText(state: Finding['state'], waiver: Finding['waiver']): string {
  if (state === 'baseline') return 'Known from the baseline.';
  if (state === 'new' || waiver === undefined) return 'New: nobody has decided about it.';
  const { reason, owner, approver, ticket, expires } = waiver;
  const people = [owner, approver, ticket].filter((item) => item !== null);
  return `Waived until ${expires} by ${people.join(', ')}: ${reason}`;
}

function gaps(report: AuditReport): readonly Block[] {
  return [
    table(
      'Gaps to good practice',
      ['Aspect', 'Observed', 'Good practice', 'Gap', 'Recommended action'],
      gapTable(report).map(({ title, observed, goodPractice, status, gap, action }) => [
        title,
        observed.join(' '),
        goodPractice,
        `${gapStatusText(status)}. ${gap.join(' ')}`,
        action.join(' '),
      ]),
    ),
  ];
}

function wholeExport(report: AuditReport, nameOf: NameOf): readonly Block[] {
  const { leakage, compositions, summary } = report;
  const sorted = [...leakage].sort((a, b) => Number(b.auc.lower ?? 0) - Number(a.auc.lower ?? 0));
  const steps = sorted.flatMap(({ trait, value, removal, suppressed }) =>
    suppressed
      ? []
      : removal.map(({ segment, auc }, index) => [
          `${capitalised(traitWords(trait))}: ${value}`,
          formatCount(index + 1),
          nameOf(segment),
          auc.estimate === null ? HIDDEN : formatInterval(auc),
        ]),
  );
  return [
    ...(sorted.length === 0
      ? [text('Not examined: what all segments together tell of the people in them is not known.')]
      : [
          text(
            'Chance to tell a user with the value from one without it by the segments they are in; 0.5 is guessing, 1 is certain.',
          ),
          table(
            'How well all segments together tell each trait value',
            ['Trait value', 'AUC', 'Without flagged segments', 'Bound'],
            sorted.map(({ trait, value, auc, residual, bound, suppressed }) => [
              `${capitalised(traitWords(trait))}: ${value}`,
              suppressed ? HIDDEN : formatInterval(auc),
              residual === null ? '' : suppressed ? HIDDEN : formatInterval(residual.auc),
              bound === null ? 'none' : formatNumber(bound),
            ]),
          ),
        ]),
    ...(steps.length === 0
      ? []
      : [
          heading('What dropping segments would change'),
          table('Segments to drop, in order', ['Trait value', 'Step', 'Drop', 'AUC then'], steps),
        ]),
    heading('Pairs of segments'),
    text(
      summary.compositions === null
        ? 'Not examined: pairs of segments were not searched.'
        : `${counted(summary.compositions.pairs, 'pair')} searched; ${formatCount(compositions.length)} show more together than apart.`,
    ),
    ...(compositions.length === 0
      ? []
      : [
          table(
            'Pairs of segments that show more together than apart',
            ['Pair', 'Trait value', 'Share with the value', 'In the stronger one alone'],
            compositions.map(({ name, trait, value, shareInside, largerShare, suppressed }) => [
              name,
              `${capitalised(traitWords(trait))}: ${value}`,
              suppressed ? HIDDEN : formatPercentInterval(shareInside),
              suppressed ? HIDDEN : formatPercent(largerShare),
            ]),
          ),
        ]),
  ];
}

function lineage({ lineage: rows }: AuditReport): readonly Block[] {
  if (rows.length === 0)
    return [
      text(
        'Not examined: no earlier export was compared, so a segment that gave a trait away can live on under another name or a number.',
      ),
    ];
  return [
    text('Segments are matched by the people in them, whatever they are called.'),
    table(
      'Earlier and later segments',
      ['Earlier segment', 'What became of it', 'Later segment', 'People of the earlier one in both'],
      rows.map(({ kind, before, nameBefore, after, nameAfter, shareOfBefore, atLeast, suppressed }) => [
        before === null ? '–' : segmentTitle(before, nameBefore),
        kind,
        after === null ? '–' : segmentTitle(after, nameAfter),
        before === null || after === null
          ? ''
          : atLeast !== null
            ? `at least ${formatPercent(atLeast.share)}${atLeast.of === 'before' ? '' : ' of the later one'}`
            : suppressed
              ? HIDDEN
              : formatPercent(shareOfBefore),
      ]),
    ),
  ];
}

function open(report: AuditReport, nameOf: NameOf): readonly Block[] {
  const questions = openQuestions(report);
  const comparisons = openComparisons(report);
  const notices = limitingNotices(report);
  return [
    text('None of this is a pass. It is what this audit cannot say, and what would let another one say it.'),
    table(
      'What could not be tested',
      ['Question', 'Why it is open', 'What it would take'],
      questions.map(({ question, why, takes }) => [question, why, takes]),
    ),
    ...(notices.length === 0 ? [] : [heading('Notes of the audit'), ...list(notices.map(({ message }) => message))]),
    ...(comparisons.length === 0
      ? []
      : [
          heading('Comparisons without a conclusion'),
          table(
            'Comparisons without a conclusion',
            ['Segment', 'Trait value', 'Why', 'Smallest ratio that would show', 'Labelled members needed'],
            comparisons.map(({ segment, trait, value, why, detectable, membersNeeded, suppressed }) => [
              nameOf(segment),
              `${capitalised(traitWords(trait))}: ${value}`,
              why === 'untestable' ? 'nobody on one side' : 'too few labelled members',
              suppressed ? HIDDEN : formatNumber(detectable),
              suppressed ? HIDDEN : membersNeeded === null ? '?' : formatCount(membersNeeded),
            ]),
            { where: '-f csv-associations' },
          ),
        ]),
  ];
}

function method(report: AuditReport): readonly Block[] {
  return [
    ...methodParagraphs(report).flatMap((paragraph) => [heading(paragraph.heading), text(paragraph.text)]),
    heading('What this audit cannot tell'),
    ...list(limits()),
    heading('Rules that were applied'),
    table(
      'Rules that were applied',
      ['Rule', 'How it measures', 'Findings'],
      report.rules.map(({ id, pack, title, measures, findings: count }) => [
        `${title} (${pack}/${id})`,
        measures,
        formatCount(count),
      ]),
      { most: 500 },
    ),
  ];
}

function decisions(report: AuditReport, nameOf: NameOf): readonly Block[] {
  const { decisions: rows, undecided, baseline } = decisionLog(report);
  return [
    text(
      `${capitalised(counted(undecided, 'finding is', 'findings are'))} without a decision.` +
        (baseline === null
          ? ''
          : ` The baseline holds ${counted(baseline.findings, 'finding')}: ${formatCount(baseline.present)} still there, ${formatCount(baseline.gone)} gone.`),
    ),
    ...(rows.length === 0
      ? [text('No waiver was given to this audit.')]
      : [
          table(
            'Waivers',
            ['Finding', 'Reason', 'Owner, approver, ticket', 'Until', 'State'],
            rows.map(({ findings: [first], fingerprint, reason, owner, approver, ticket, expires, meaning, note }) => [
              `${first === undefined ? 'none of this audit' : `${nameOf(first.segment)}, ${traitText(first)}`} (${fingerprint})`,
              reason,
              listed([owner, approver, ticket].filter((item) => item !== null)),
              expires,
              note === null ? meaning : `${meaning}. ${note}`,
            ]),
          ),
        ]),
    heading('Signatures'),
    text('The undersigned have read this report, including what could not be concluded, and decide as follows.'),
    table(
      'Signatures',
      ['Role', 'Name', 'Decision', 'Date and signature'],
      ['Owner of the segments', 'Reviewer', 'Data protection'].map((role) => [role, '', '', '']),
    ),
  ];
}
