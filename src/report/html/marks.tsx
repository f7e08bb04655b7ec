import type { VNode } from 'preact';
import type { Finding } from '../../domain/finding.ts';
import type { Severity } from '../../domain/severity.ts';
import { capitalised } from '../../wording/trait-words.ts';

/** How grave a finding is, as a word on a colour. */
export function SeverityMark({ severity }: { readonly severity: Severity }): VNode {
  return <span class={`mark ${severity}`}>{capitalised(severity)}</span>;
}

const STATES: Readonly<Record<Finding['state'], string>> = {
  new: 'New',
  baseline: 'Known from the baseline',
  waived: 'Waived',
};

/** Whether a finding is new, known, or accepted. */
export function StateMark({ state }: { readonly state: Finding['state'] }): VNode {
  return <span class={`state ${state}`}>{STATES[state]}</span>;
}
