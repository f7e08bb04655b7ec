import type { Composition } from '../domain/composition.ts';
import type { Leakage } from '../domain/leakage.ts';
import type { AuditReport } from '../domain/report.ts';
import { formatNumber, formatPercent } from '../wording/format-number.ts';
import { traitTitle } from '../wording/trait-words.ts';

/** What a segment carries of what the whole export tells, and the combinations it is part of, in sentences. */
export function explainWholeExport({ leakage, compositions }: AuditReport, segment: string): readonly string[] {
  return [
    ...leakage.flatMap((row) => carriedSentence(row, segment)),
    ...compositions.filter(({ first, second }) => first === segment || second === segment).map(compositionSentence),
  ];
}

function carriedSentence({ trait, value, auc, drivers, removal }: Leakage, segment: string): readonly string[] {
  const share = drivers.find((driver) => driver.segment === segment)?.share ?? null;
  const place = removal.findIndex((step) => step.segment === segment);
  if (share === null && place === -1) return [];
  const what = traitTitle({ trait, value });
  const carries =
    share === null
      ? `Of what all segments together tell of ${what} (AUC ${formatNumber(auc.estimate)}), this one carries a part that is not shown`
      : `Of what all segments together tell of ${what} (AUC ${formatNumber(auc.estimate)}), this one carries ${formatPercent(share)}`;
  const step = removal[place];
  if (step === undefined) return [`${carries}.`];
  const left = step.coarsenedAuc?.estimate ?? null;
  const figures =
    left === null
      ? ''
      : ` With all segments up to this one coarsened, as far as they have a parent, the AUC is ${formatNumber(left)}; with all of them dropped, ${formatNumber(step.auc.estimate)}.`;
  const parent = step.parent === null ? '' : ` It could be coarsened into its parent ${step.parent} instead.${figures}`;
  return [`${carries}; it is number ${place + 1} of the ${removal.length} segments to drop.${parent}`];
}

function compositionSentence(row: Composition): string {
  const what = traitTitle(row);
  if (row.suppressed) return `Users in ${row.name} show more of ${what} than either segment. The figures are hidden.`;
  return (
    `${formatPercent(row.shareInside.estimate)} of the labelled users in ${row.name} have ${what}, against ${formatPercent(row.largerShare)} in the stronger of the two alone; ` +
    `together they tell ${formatNumber(row.synergy.estimate)} times what each tells, multiplied (q = ${row.qValue === null ? '?' : row.qValue.toExponential(1)}).`
  );
}
