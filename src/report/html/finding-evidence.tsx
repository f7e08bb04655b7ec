import type { VNode } from 'preact';
import type { Association } from '../../domain/association.ts';
import type { Composition } from '../../domain/composition.ts';
import type { Evidence, Finding, TermEvidence, TopicEvidence } from '../../domain/finding.ts';
import type { Leakage } from '../../domain/leakage.ts';
import type { LineageRecord } from '../../domain/lineage.ts';
import type { ProbabilisticAssociation } from '../../domain/probability.ts';
import { formatInterval, formatPercentInterval } from '../../wording/format-interval.ts';
import {
  formatCount,
  formatNumber,
  formatPercent,
  plainProbability,
  withoutBreaks,
} from '../../wording/format-number.ts';
import { IntervalPlot } from '../charts/interval-plot.tsx';
import { ChancePlot } from './chance-plot.tsx';
import { Foreign, Highlighted } from './foreign-text.tsx';
import type { ReportIndex } from './report-index.ts';
import { ScrollTable } from './scroll-table.tsx';
import { SegmentName } from './segment-name.tsx';

const HIDDEN_FIGURES = 'The figures are hidden, because they would reveal a group that is too small to show.';

/** Topics and facts of one finding that are shown. */
const FACTS_SHOWN = 12;

interface Props {
  readonly finding: Finding;
  readonly index: ReportIndex;
  /** Beginning of ids of this finding in the page. */
  readonly id: string;
}

/** Everything that a finding rests on; nothing for findings whose message says it all. */
export function FindingEvidence(props: Props): VNode | null {
  const { finding, index, id } = props;
  const facts = finding.evidence.slice(0, FACTS_SHOWN).flatMap((item, position) => {
    const fact = factOf(item, position, props);
    return fact === null ? [] : [fact];
  });
  if (facts.length === 0) return null;
  const left = finding.evidence.length - FACTS_SHOWN;
  return (
    <div class="evidence">
      <IntervalPlot finding={finding} effects={index.effects} id={`${id}-interval`} />
      {facts}
      {left > 0 && <p class="soft">And {formatCount(left)} more facts of the kind, in the results JSON.</p>}
    </div>
  );
}

function factOf(item: Evidence, position: number, { finding, index, id }: Props): VNode | null {
  switch (item.kind) {
    case 'term':
      return <TermFact item={item} />;
    case 'topics':
      return <TopicFact item={item} />;
    case 'association': {
      const row = index.association(item.segment, item.trait, item.value);
      return row === undefined ? null : (
        <AssociationFact row={row} label={`Figures of ${id.replace('-', ' ')}, fact ${position + 1}`} />
      );
    }
    case 'probability': {
      const row = index.probability(item.segment, item.trait, item.value);
      return row === undefined ? null : <ProbabilityFact row={row} />;
    }
    case 'lineage': {
      const row = index.lineage(item.before, finding.segment);
      return row === undefined ? null : <LineageFact row={row} />;
    }
    case 'leakage': {
      const row = index.leakage(item.trait, item.value);
      return row === undefined ? null : <LeakageFact row={row} id={`${id}-chance`} />;
    }
    case 'composition': {
      const row = index.composition(finding.segment, item.trait, item.value);
      return row === undefined ? null : <CompositionFact row={row} />;
    }
    case 'exposure':
    case 'consent':
    case 'governance':
      return null;
  }
}

function TermFact({ item }: { readonly item: TermEvidence }): VNode {
  const field = item.field === 'segment_id' ? 'id' : item.field;
  return (
    <figure class="term">
      <blockquote>
        <Highlighted text={item.text} start={item.start} end={item.end} />
      </blockquote>
      <figcaption>
        In the {field}; {item.strength === 'explicit' ? 'states' : 'suggests'} the trait
        {item.language === 'und' ? '' : ` (language: ${item.language})`}
        {item.disguise === undefined ? '' : `; disguised: ${item.disguise}`}.
      </figcaption>
    </figure>
  );
}

function TopicFact({ item }: { readonly item: TopicEvidence }): VNode {
  return (
    <div>
      <p>
        {formatPercent(item.share)} of the weight of its topics, {formatNumber(item.lift)} times the average of this
        export:
      </p>
      <ul class="plain">
        {item.topics.slice(0, FACTS_SHOWN).map(({ term, weight, strength }) => (
          <li>
            <mark>
              <Foreign text={term} />
            </mark>{' '}
            <span class="soft">
              weight {formatNumber(weight)}, {strength}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function AssociationFact({ row, label }: { readonly row: Association; readonly label: string }): VNode {
  if (row.suppressed) return <p class="hidden-figures">{HIDDEN_FIGURES}</p>;
  const { counts, representationRatio, riskDifference, shareInside, shareOutside, conditional, qValue } = row;
  return (
    <div>
      <ScrollTable
        label={label}
        className="figures"
        columns={['Panel members', number('With the value'), number('Without'), number('Share with the value')]}
      >
        <tr>
          <th scope="row">In the segment</th>
          <td class="number">{count(counts.inValue)}</td>
          <td class="number">{count(counts.inOther)}</td>
          <td class="number">{formatPercentInterval(shareInside)}</td>
        </tr>
        <tr>
          <th scope="row">Outside</th>
          <td class="number">{count(counts.outValue)}</td>
          <td class="number">{count(counts.outOther)}</td>
          <td class="number">{formatPercentInterval(shareOutside)}</td>
        </tr>
      </ScrollTable>
      <dl class="measures">
        <Measure term="Representation ratio" text={formatInterval(representationRatio)} />
        <Measure term="Difference of shares" text={formatPercentInterval(riskDifference)} />
        <Measure term="q-value" text={plainProbability(qValue)} />
        {conditional !== null && (
          <Measure
            term={`Ratio within each ${conditional.strata.join(', ')}`}
            text={formatInterval(conditional.representationRatio)}
          />
        )}
      </dl>
    </div>
  );
}

function ProbabilityFact({ row }: { readonly row: ProbabilisticAssociation }): VNode {
  if (row.suppressed) return <p class="hidden-figures">{HIDDEN_FIGURES}</p>;
  return (
    <div>
      <dl class="measures">
        <Measure term="Representation ratio (at least)" text={formatInterval(row.representationRatio)} />
        <Measure term="Panel members in the segment" text={count(row.membersInside)} />
        <Measure term="q-value" text={plainProbability(row.qValue)} />
      </dl>
      <p class="soft">The trait is known as probabilities, so the true disparity is probably larger.</p>
    </div>
  );
}

const RELATIONS: Readonly<Record<LineageRecord['kind'], string>> = {
  renamed: 'the same people under another id or name',
  kept: 'the same people',
  churned: 'goes on, with many other people in it',
  split: 'a part of it',
  merged: 'went into it, with others',
  dropped: 'ended',
  new: 'new',
};

function LineageFact({ row }: { readonly row: LineageRecord }): VNode {
  const { before, nameBefore, kind, overlap, expectedOverlap, shareOfBefore, shareOfAfter, atLeast, suppressed } = row;
  return (
    <dl class="measures">
      {before !== null && (
        <div>
          <dt>Earlier segment</dt>
          <dd>
            <SegmentName segment={before} name={nameBefore} />
          </dd>
        </div>
      )}
      <Measure term="Relation" text={RELATIONS[kind]} />
      {atLeast !== null && (
        <Measure
          term={atLeast.of === 'before' ? 'Of the earlier people, in both' : 'Of the people here, in both'}
          text={`at least ${formatPercent(atLeast.share)}`}
        />
      )}
      {!suppressed && overlap !== null && expectedOverlap !== null && (
        <>
          <Measure term="Of the earlier people, in both" text={formatPercent(shareOfBefore)} />
          <Measure term="Of the people here, in both" text={formatPercent(shareOfAfter)} />
          <Measure
            term="Users in both, and by chance"
            text={`${formatCount(overlap)}, ${formatCount(Math.round(expectedOverlap))}`}
          />
        </>
      )}
    </dl>
  );
}

function LeakageFact({ row, id }: { readonly row: Leakage; readonly id: string }): VNode {
  if (row.suppressed) return <p class="hidden-figures">{HIDDEN_FIGURES}</p>;
  return (
    <div>
      <ChancePlot row={row} id={id} />
      <dl class="measures">
        <Measure term="AUC" text={formatPercentInterval(row.auc)} />
        {row.residual !== null && (
          <Measure
            term={`Without the ${row.residual.segmentsDropped} flagged`}
            text={formatPercentInterval(row.residual.auc)}
          />
        )}
        <Measure term="Segments to drop" text={row.removal.length === 0 ? 'none' : formatCount(row.removal.length)} />
      </dl>
    </div>
  );
}

function CompositionFact({ row }: { readonly row: Composition }): VNode {
  if (row.suppressed) return <p class="hidden-figures">{HIDDEN_FIGURES}</p>;
  return (
    <div>
      <dl class="measures">
        <Measure term="Share with the value, both together" text={formatPercentInterval(row.shareInside)} />
        <Measure term="In the stronger one alone" text={formatPercent(row.largerShare)} />
        <Measure term="Beyond both multiplied" text={formatInterval(row.synergy)} />
        <Measure term="q-value" text={plainProbability(row.qValue)} />
      </dl>
    </div>
  );
}

function Measure({ term, text }: { readonly term: string; readonly text: string }): VNode {
  return (
    <div>
      <dt>
        <Foreign text={term} />
      </dt>
      <dd>{withoutBreaks(text)}</dd>
    </div>
  );
}

function number(title: string): { title: string; className: string } {
  return { title, className: 'number' };
}

function count(value: number | null): string {
  return value === null ? 'hidden' : formatCount(value);
}
