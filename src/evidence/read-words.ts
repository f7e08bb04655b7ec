import type { SourceLocation } from '../domain/location.ts';
import type { TextJudgement } from '../text/judgement.ts';
import type { AuditedSegment } from './audited-segment.ts';

/** Reads the words of a text. */
export type Judge = (text: string) => TextJudgement;

/** A text of a definition after it was read. */
export interface ReadText {
  readonly segment: string;
  readonly field: 'segment_id' | 'name' | 'description';
  readonly text: string;
  readonly judgement: TextJudgement;
  readonly location: SourceLocation | undefined;
}

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
