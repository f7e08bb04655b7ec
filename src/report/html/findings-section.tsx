import type { VNode } from 'preact';
import type { AuditReport } from '../../domain/report.ts';
import { SEVERITIES } from '../../domain/severity.ts';
import { formatCount } from '../../wording/format-number.ts';
import { capitalised, traitWords } from '../../wording/trait-words.ts';
import { chartText } from '../charts/chart-text.ts';
import { ForestPlot } from '../charts/forest-plot.tsx';
import { FunnelPlot } from '../charts/funnel-plot.tsx';
import { FINDINGS_SHOWN, FindingCard } from './finding-card.tsx';
import { indexReport } from './report-index.ts';
import { CutNote } from './scroll-table.tsx';
import { Section } from './section.tsx';

const TRAITS_OFFERED = 60;

/** The findings, worst first. */
export function FindingsSection({ report }: { readonly report: AuditReport }): VNode {
  const { findings } = report;
  if (findings.length === 0)
    return (
      <Section id="findings">
        <p>
          No rule found anything. That is not proof of safety: it covers only what was examined, with the words and the
          panel at hand.
        </p>
      </Section>
    );
  const index = indexReport(report);
  const shown = findings.slice(0, FINDINGS_SHOWN);
  return (
    <Section
      id="findings"
      lead="The gravest come first. Each says what was found, on which evidence, under which law, and what to do."
    >
      <ForestPlot report={report} />
      <FunnelPlot report={report} />
      <Filter traits={[...new Set(shown.map(({ trait }) => trait))]} total={shown.length} />
      <div id="finding-list">
        {shown.map((finding, position) => (
          <FindingCard finding={finding} position={position + 1} index={index} />
        ))}
      </div>
      <CutNote shown={shown.length} all={findings.length} what="findings" where="-f csv" />
    </Section>
  );
}

/** Controls that the script brings to life; without it they are not there. */
function Filter({ traits, total }: { readonly traits: readonly string[]; readonly total: number }): VNode {
  return (
    <form class="filter" id="finding-filter" hidden aria-label="Filter findings">
      <label class="search">
        <span>Search</span> <input type="search" name="text" autocomplete="off" />
      </label>
      <fieldset>
        <legend>Severity</legend>
        {SEVERITIES.map((severity) => (
          <label>
            <input type="checkbox" name="severity" value={severity} checked /> {capitalised(severity)}
          </label>
        ))}
      </fieldset>
      <label>
        <span>State</span>{' '}
        <select name="state">
          <option value="">any</option>
          <option value="new">new</option>
          <option value="waived">waived</option>
          <option value="baseline">in the baseline</option>
        </select>
      </label>
      <label>
        <span>Trait</span>{' '}
        <select name="trait">
          <option value="">any</option>
          {traits.slice(0, TRAITS_OFFERED).map((trait) => (
            <option value={trait}>{chartText(capitalised(traitWords(trait)), 60)}</option>
          ))}
        </select>
      </label>
      <p class="filter-result">
        <output>
          {formatCount(total)} of {formatCount(total)} findings
        </output>
        <button type="reset">Show all</button>
        <button type="button" data-fold="">
          Open all details
        </button>
      </p>
    </form>
  );
}
