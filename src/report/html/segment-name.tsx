import type { VNode } from 'preact';
import { Foreign } from './foreign-text.tsx';

interface Props {
  readonly segment: string;
  readonly name: string | null;
  readonly length?: number;
}

/** A segment as a reader knows it: its name, and its id where that is another text. */
export function SegmentName({ segment, name, length = 90 }: Props): VNode {
  if (segment.trim() === '' && (name ?? '').trim() === '') return <span class="soft">(blank)</span>;
  // Groups that no segment names have a name in words; their ids would only be in the way.
  if (name === null || name.trim() === '' || name === segment || segment.startsWith('traitleak:'))
    return <Foreign text={name === null || name.trim() === '' ? segment : name} length={length} />;
  return (
    <>
      <Foreign text={name} length={length} />{' '}
      <span class="id">
        <Foreign text={segment} length={Math.min(length, 60)} />
      </span>
    </>
  );
}
