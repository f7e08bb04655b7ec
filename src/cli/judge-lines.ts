import type { TextJudgement } from '../text/judgement.ts';

/** Labels from harmless to grave. */
export const LABEL_RANK = { not: 0, borderline: 1, sensitive: 2 } as const;

/** Judged names in the form of `check --format jsonl`, and the gravest label among them. */
export interface JudgedLines {
  readonly output: string;
  /** Value of `LABEL_RANK`. */
  readonly worst: number;
}

/** Judges names one by one; one line of output each, in their order. */
export function judgeLines(texts: readonly string[], judge: (text: string) => TextJudgement): JudgedLines {
  let output = '';
  let worst = 0;
  for (const text of texts) {
    const judgement = judge(text);
    worst = Math.max(worst, LABEL_RANK[judgement.label]);
    output += `${JSON.stringify(toLine(text, judgement))}\n`;
  }
  return { output, worst };
}

/** The contract of `check --format jsonl`. */
function toLine(text: string, { label, traits, matches }: TextJudgement): object {
  return {
    text,
    label,
    traits,
    matches: matches.map(({ trait, term, strength, start, end, matched, language, disguise }) => ({
      trait,
      term,
      strength,
      start,
      end,
      matched,
      language,
      ...(disguise === undefined ? {} : { disguise }),
    })),
  };
}
