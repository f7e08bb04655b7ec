import type { LawReference } from '../domain/finding.ts';

/** A law with its provision: `GDPR (EU) 2016/679, special categories of personal data, Art. 9(1)`. */
export function lawText({ title, provision }: LawReference): string {
  return provision === undefined ? title : `${title}, ${provision}`;
}
