import type { TextJudgement } from '../text/judgement.ts';
import type { AuditedSegment, ReadText } from './evidence-set.ts';

/** Reads the words of a text. */
export type Judge = (text: string) => TextJudgement;

/**
 * Reads id, name and description of every segment. Texts in which nothing is found, harmless look-alikes included, are left out.
 */
export function readWords(segments: readonly AuditedSegment[], judge: Judge): readonly ReadText[] {
  return segments.flatMap(({ segment, definition }) => {
    const fields: [ReadText['field'], string | undefined][] = [
      ['segment_id', definition?.name === segment ? undefined : segment],
      ['name', definition?.name],
      ['description', definition?.description],
    ];
    return fields.flatMap(([field, text]) => {
      if (text === undefined) return [];
      const judgement = judge(text);
      if (judgement.matches.length === 0 && judgement.harmless.length === 0) return [];
      return [{ segment, field, text, judgement, location: definition?.location }];
    });
  });
}
