import type { ConsentCounts, ConsentFile, CountSource } from './engine/count-source.ts';
import type { AuditedSegment } from './evidence/audited-segment.ts';
import { answerConsent, type ConsentQuestion, consentQuestions, type MeasuredConsent } from './evidence/consent.ts';
import type { GovernanceEvidence } from './evidence/governance.ts';
import { TRAIT_COLUMNS } from './ingest/column-names.ts';

/** What was counted, and the answers. */
export interface ConsentExamination {
  readonly counts: ConsentCounts;
  readonly rows: readonly MeasuredConsent[];
  /** Traits and purposes that nobody in the export has agreed to. */
  readonly unheard: readonly string[];
}

/** What decides what is asked. */
export interface ConsentContext {
  readonly segments: readonly AuditedSegment[];
  /** Traits that each segment gives away. */
  readonly sensitive: GovernanceEvidence['foundBy'];
  readonly minCell: number;
}

/**
 * Counts the members of segments that give a trait away who have no recorded consent to it: to the trait, to the purposes that the definition
 * records, or to both, as the consent file tells.
 *
 * @returns undefined without a consent file, or without assignments
 */
export async function examineConsent(
  source: CountSource | undefined,
  file: ConsentFile | undefined,
  { segments, sensitive, minCell }: ConsentContext,
): Promise<ConsentExamination | undefined> {
  if (source === undefined || file === undefined) return undefined;
  const questions = consentQuestions(segments, sensitive, file.purposeColumn !== undefined);
  const demands = new Map(
    questions.filter(({ isWithoutPurpose }) => !isWithoutPurpose).map((question) => [keyOf(question, file), question]),
  );
  const counts = await source.countConsent(
    [...demands.values()].map(({ trait, purposes }) => ({ traitNames: spellings(trait), purposes })),
  );
  if (counts === undefined) return undefined;
  const consenting = new Map(
    [...demands.keys()].map((key, index) => [
      key,
      new Map((counts.consenting[index] ?? []).map(({ segment, members }) => [segment, members])),
    ]),
  );
  const unheard = [...demands].filter(([key]) => consenting.get(key)?.size === 0).map(([, question]) => question);
  return {
    counts,
    rows: questions.map((question) =>
      answerConsent(question, consenting.get(keyOf(question, file))?.get(question.segment) ?? 0, minCell),
    ),
    unheard: unheard.map(({ trait, purposes }) => demandText(trait, purposes, file)),
  };
}

/** Questions that the same users answer have the same key. */
function keyOf({ trait, purposes }: ConsentQuestion, { traitColumn }: ConsentFile): string {
  return JSON.stringify([traitColumn === undefined ? null : trait, purposes]);
}

/** A trait goes by its id, or by the usual names of its column. */
function spellings(trait: string): readonly string[] {
  const usual: Readonly<Record<string, readonly string[]>> = TRAIT_COLUMNS;
  return [...new Set([trait, ...(usual[trait] ?? [])])];
}

function demandText(trait: string, purposes: readonly string[], { traitColumn }: ConsentFile): string {
  const use = purposes.map((purpose) => `"${purpose}"`).join(' and ');
  if (traitColumn === undefined) return use;
  return use === '' ? trait : `${trait} for ${use}`;
}
