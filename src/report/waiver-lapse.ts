import type { Finding } from '../domain/finding.ts';
import { severityRank } from '../domain/severity.ts';
import type { AcceptedEvidence, EffectFigure } from '../domain/waiver.ts';
import { formatNumber } from '../wording/format-number.ts';
import { effectChange } from './effect-change.ts';

/** A finding that a waiver is held against. */
export interface WaivedFinding {
  readonly finding: Finding;
  /** What the finding rests on now. */
  readonly now: AcceptedEvidence;
  /** Does the earlier export show the same people under another name? */
  readonly isRenamed: boolean;
}

/**
 * Says why a waiver lapses: what was accepted is not what is there now.
 *
 * - the finding is graver than it was;
 * - its figure has grown beyond the noise of both estimates, has turned, or cannot be compared any more;
 * - the definition has changed; of a renamed segment this counts only for findings that rest on its words;
 * - it rests on another fact: another earlier segment, another column, another entry of the definition.
 *
 * A figure that was hidden when it was accepted is not compared: it was accepted unseen.
 *
 * @returns a sentence, or undefined when it holds
 */
export function lapseReason(
  accepted: AcceptedEvidence,
  { finding, now, isRenamed }: WaivedFinding,
): string | undefined {
  if (severityRank(now.severity) < severityRank(accepted.severity)) {
    return `It is ${now.severity} now; ${accepted.severity} was accepted.`;
  }
  const effect = accepted.effect === undefined ? undefined : effectReason(accepted.effect, now.effect);
  if (effect !== undefined) return effect;
  const restsOnWords = finding.evidence.some(({ kind }) => kind === 'term' || kind === 'topics');
  if (accepted.definition !== now.definition && (restsOnWords || !isRenamed)) {
    return 'The definition of the segment has changed since it was accepted.';
  }
  return accepted.facts === now.facts ? undefined : 'It rests on another fact than the one that was accepted.';
}

function effectReason(accepted: EffectFigure, now: EffectFigure | undefined): string | undefined {
  if (accepted.estimate === null) return undefined;
  if (now === undefined || now.measure !== accepted.measure) return 'It rests on another measure than was accepted.';
  switch (effectChange(accepted, now)) {
    case 'grown':
      return `The effect has grown beyond what was accepted: ${figureText(now)} now.`;
    case 'turned':
      return `The effect goes the other way now: ${figureText(now)}.`;
    case 'unknown':
      return 'Its figures are hidden now, so that nobody can tell whether the effect has grown.';
    default:
      return undefined;
  }
}

/** The figure of now. That of then is not repeated: another limit for small cells may have let it be seen. */
function figureText({ measure, estimate, lower, upper }: EffectFigure): string {
  const name = { auc: 'AUC', 'topic-share': 'share of topics' }[measure as string] ?? 'representation ratio';
  const interval = measure === 'topic-share' ? '' : ` (95 % interval ${formatNumber(lower)} to ${formatNumber(upper)})`;
  return `${name} ${formatNumber(estimate)}${interval}`;
}
