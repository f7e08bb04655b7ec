import type { VNode } from 'preact';
import { formatCount } from '../../wording/format-number.ts';
import { chartText } from '../charts/chart-text.ts';

/** Longest text that stands in a line or cell; the results JSON has the whole. */
const LONGEST_INLINE = 160;
/** Longest text that is folded out. */
const LONGEST_FOLDED = 2000;

interface Props {
  readonly text: string;
  /** Most characters to show. */
  readonly length?: number;
}

/**
 * Text from an input, as text: isolated, so that its direction does not reorder what stands around it, with control characters shown, and
 * cut where it is long.
 */
export function Foreign({ text, length = LONGEST_INLINE }: Props): VNode {
  return <bdi class="foreign">{chartText(text, length)}</bdi>;
}

/** A long text from an input in a block of its own: its beginning, and the rest to fold out. */
export function ForeignBlock({ text }: { readonly text: string }): VNode {
  if (text.length <= 2 * LONGEST_INLINE) return <Foreign text={text} length={2 * LONGEST_INLINE} />;
  const cut = text.length > LONGEST_FOLDED;
  return (
    <details class="long-text">
      <summary>
        <Foreign text={text} /> <span class="soft">({formatCount(text.length)} characters)</span>
      </summary>
      <Foreign text={text} length={LONGEST_FOLDED} />
      {cut && <span class="soft"> Cut here; the results JSON has the whole text.</span>}
    </details>
  );
}

/** Characters around a highlighted term. */
const CONTEXT = 120;

/** A term highlighted at its exact place in a text, with what stands around it. */
export function Highlighted({
  text,
  start,
  end,
}: {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}): VNode {
  const before = text.slice(Math.max(0, start - CONTEXT), start);
  const term = text.slice(start, end);
  const after = text.slice(end, end + CONTEXT);
  return (
    <bdi class="foreign quoted">
      {start > CONTEXT && '…'}
      {chartText(before, 2 * CONTEXT)}
      <mark>{chartText(term, 2 * LONGEST_INLINE)}</mark>
      {chartText(after, 2 * CONTEXT)}
      {end + CONTEXT < text.length && '…'}
    </bdi>
  );
}
