import type { VNode } from 'preact';
import { cellKey } from '../../domain/cell-key.ts';
import type { AuditReport } from '../../domain/report.ts';
import { formatCount } from '../../wording/format-number.ts';
import { capitalised, traitWords } from '../../wording/trait-words.ts';
import { chartText } from '../charts/chart-text.ts';
import { HeatMap } from '../charts/heat-map.tsx';
import { segmentsOf } from '../finding-subject.ts';
import { leftOutVerdicts } from '../left-out-verdicts.ts';
import { EVIDENCE_KINDS, type EvidenceKind, type MatrixCell, verdictMatrix } from '../verdict-matrix.ts';
import { FINDINGS_SHOWN } from './finding-card.tsx';
import { CutNote, ScrollTable } from './scroll-table.tsx';
import { Section } from './section.tsx';
import { SegmentName } from './segment-name.tsx';

/** Rows in the page: what a browser sorts without a pause, even with many traits. */
const ROWS_SHOWN = 500;
const TRAITS_SHOWN = 40;

const LETTERS: Readonly<Record<EvidenceKind, string>> = {
  name: 'N',
  topic: 'T',
  membership: 'M',
  lineage: 'L',
  combination: 'C',
};

const KIND_TEXTS: Readonly<Record<EvidenceKind, string>> = {
  name: 'its name, id or description says it',
  topic: 'it is made of topics that say it',
  membership: 'who is in it gives it away, measured on the panel',
  lineage: 'it holds the people of an earlier segment that said it',
  combination: 'together with another segment it gives it away',
};

/** Segments against traits, with the verdict and the kinds of evidence as letters. */
export function MatrixSection({ report }: { readonly report: AuditReport }): VNode {
  const { traits, rows } = verdictMatrix(report);
  const shownTraits = traits.slice(0, TRAITS_SHOWN);
  const shownRows = rows.slice(0, ROWS_SHOWN);
  const positions = findingPositions(report);
  if (shownTraits.length === 0)
    return (
      <Section id="matrix">
        <p>No trait was found in the words, and none was tested against a panel. This is not a pass.</p>
      </Section>
    );
  return (
    <Section
      id="matrix"
      lead="One row per segment, those with the gravest findings first. Letters say which kind of evidence a finding rests on."
    >
      <Legend />
      <ScrollTable
        id="matrix-table"
        label="Segments against traits"
        className="matrix"
        columns={[
          'Segment',
          { title: 'Members', className: 'number' },
          ...shownTraits.map((trait) => ({ title: chartText(capitalised(traitWords(trait)), 60), className: 'trait' })),
        ]}
        sorts
      >
        {shownRows.map(({ segment, name, members, cells }) => (
          <tr>
            <th scope="row">
              <SegmentName segment={segment} name={name} length={60} />
            </th>
            <td class="number">{members === null ? '–' : formatCount(members)}</td>
            {cells.slice(0, TRAITS_SHOWN).map((cell, column) => (
              <Cell cell={cell} position={positions.get(cellKey(segment, shownTraits[column] ?? '', ''))} />
            ))}
          </tr>
        ))}
      </ScrollTable>
      <CutNote shown={ROWS_SHOWN} all={rows.length} what="segments" where="-f csv-associations" />
      <LeftOut report={report} shown={shownRows.map(({ segment }) => segment)} />
      <CutNote shown={TRAITS_SHOWN} all={traits.length} what="traits" where="-f csv-associations" />
      <HeatMap report={report} />
    </Section>
  );
}

/** What the table leaves out, by verdict. */
function LeftOut({ report, shown }: { readonly report: AuditReport; readonly shown: readonly string[] }): VNode | null {
  const text = leftOutVerdicts(report, shown);
  return text === undefined ? null : <p class="cut">{text}</p>;
}

function Legend(): VNode {
  return (
    <div class="legend">
      <ul>
        {EVIDENCE_KINDS.map((kind) => (
          <li>
            <b class="letter">{LETTERS[kind]}</b>
            <span>
              {capitalised(kind)}: {KIND_TEXTS[kind]}
            </span>
          </li>
        ))}
      </ul>
      <ul>
        <li>
          <span class="cell found high">N M</span>
          <span>finding; the word below says how grave</span>
        </li>
        <li>
          <span class="cell departs">≠</span>
          <span>departs from the panel, in a way no rule forbids</span>
        </li>
        <li>
          <span class="cell cleared">✓</span>
          <span>cleared: a departure beyond the bound is ruled out</span>
        </li>
        <li>
          <span class="cell inconclusive">?</span>
          <span>
            inconclusive: <strong>not</strong> a pass
          </span>
        </li>
        <li>
          <span class="cell no-words">·</span>
          <span>
            nothing in the words; membership not tested: <strong>not</strong> a pass
          </span>
        </li>
        <li>
          <span class="cell not-examined">–</span>
          <span>not examined</span>
        </li>
      </ul>
    </div>
  );
}

const SIGNS = { departs: '≠', cleared: '✓', inconclusive: '?', 'no-words': '·', 'not-examined': '–' } as const;

const STATE_TEXTS = {
  departs: 'departs, no finding',
  cleared: 'cleared',
  inconclusive: 'inconclusive',
  'no-words': 'nothing in the words, membership not tested',
  'not-examined': 'not examined',
} as const;

/** Order of the sort: gravest first, what is cleared last. */
const RANKS = { critical: 0, high: 1, medium: 2, low: 3 } as const;
const STATE_RANKS = { departs: 4, inconclusive: 5, 'no-words': 6, 'not-examined': 7, cleared: 8 } as const;

/** Position of the gravest finding of each segment and trait, from 1, among those that the page shows. */
function findingPositions({ findings }: AuditReport): ReadonlyMap<string, number> {
  const positions = new Map<string, number>();
  for (const [index, finding] of findings.slice(0, FINDINGS_SHOWN).entries()) {
    for (const segment of segmentsOf(finding)) {
      const key = cellKey(segment, finding.trait, '');
      if (!positions.has(key)) positions.set(key, index + 1);
    }
  }
  return positions;
}

function Cell({ cell, position }: { readonly cell: MatrixCell; readonly position: number | undefined }): VNode {
  const { state, kinds, severity, accepted } = cell;
  if (state !== 'found')
    return (
      <td class={`cell ${state}`} data-sort={STATE_RANKS[state]}>
        <Sign sign={SIGNS[state]} words={STATE_TEXTS[state]} />
      </td>
    );
  const grave = severity ?? 'low';
  return (
    <td class={`cell found ${grave}${accepted ? ' accepted' : ''}`} data-sort={RANKS[grave]}>
      <Letters kinds={kinds} position={position} />
      <small>
        {grave}
        {accepted ? ', accepted' : ''}
      </small>
      {membershipSign(cell)}
    </td>
  );
}

/** The kinds of evidence, with the way to the finding where the page has it. */
function Letters({
  kinds,
  position,
}: {
  readonly kinds: readonly EvidenceKind[];
  readonly position: number | undefined;
}): VNode {
  const letters = kinds.length === 0 ? '!' : kinds.map((kind) => LETTERS[kind]).join(' ');
  const words = kinds.length === 0 ? 'finding' : kinds.join(', ');
  if (position === undefined) return <Sign sign={letters} words={words} />;
  return (
    <a href={`#finding-${position}`} aria-label={`${letters}: ${words}, finding ${position}`}>
      {letters}
    </a>
  );
}

/** A sign, and what it means for those who do not see it. One element: hidden text beside it would make large tables slow. */
function Sign({ sign, words }: { readonly sign: string; readonly words: string }): VNode {
  return (
    <span role="img" aria-label={words}>
      {sign}
    </span>
  );
}

/** What the panel says where the finding rests on something else. */
function membershipSign({ kinds, membership }: MatrixCell): VNode | null {
  if (membership === null || membership === 'proxy' || kinds.includes('membership')) return null;
  return (
    <small class="beside">
      <Sign sign={`M ${SIGNS[membership]}`} words={`membership ${membership}`} />
    </small>
  );
}
