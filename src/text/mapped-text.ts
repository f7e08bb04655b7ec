/**
 * A rewritten text that remembers where each UTF-16 unit of it came from.
 * `starts` and `ends` are absent when nothing was rewritten: then positions are the original's.
 */
export interface MappedText {
  readonly text: string;
  readonly starts?: Int32Array;
  readonly ends?: Int32Array;
  /** Set when a character escape of HTML or of URLs was decoded. */
  readonly escapes?: 'html entities' | 'url encoding' | 'terminal codes';
}

/**
 * Gives the span of the original text that a span of the rewritten text came from.
 *
 * @param mapped - the rewritten text
 * @param start - first unit of the span
 * @param end - unit after the span; greater than `start`
 * @returns positions in the original, widened to whole rewritten pieces
 */
export function originalSpan(mapped: MappedText, start: number, end: number): { start: number; end: number } {
  if (mapped.starts === undefined || mapped.ends === undefined) return { start, end };
  return { start: mapped.starts[start] ?? 0, end: mapped.ends[end - 1] ?? 0 };
}

/** Collects pieces of a rewritten text together with their origin. */
export interface MappedTextBuilder {
  /** Appends text that stands for the units `start` up to `end` of the source. */
  readonly add: (piece: string, start: number, end: number) => void;
  /** Appends source text as it is. */
  readonly keep: (source: string, start: number, end: number) => void;
  readonly build: () => MappedText;
}

/**
 * Starts a rewritten text.
 *
 * @param source - the text that positions given to the builder refer to; its own map is followed
 * @param sizeHint - expected length of the result, in UTF-16 units; the result may be longer
 * @returns an empty builder
 */
export function buildMappedText(source: MappedText, sizeHint: number): MappedTextBuilder {
  let starts = new Int32Array(sizeHint + 16);
  let ends = new Int32Array(sizeHint + 16);
  const pieces: string[] = [];
  let length = 0;
  const put = (start: number, end: number): void => {
    if (length === starts.length) {
      const widerStarts = new Int32Array(length * 2);
      const widerEnds = new Int32Array(length * 2);
      widerStarts.set(starts);
      widerEnds.set(ends);
      starts = widerStarts;
      ends = widerEnds;
    }
    starts[length] = source.starts?.[start] ?? start;
    ends[length] = source.ends?.[end - 1] ?? end;
    length += 1;
  };
  return {
    add: (piece, start, end) => {
      pieces.push(piece);
      for (let unit = 0; unit < piece.length; unit += 1) put(start, end);
    },
    keep: (from, start, end) => {
      pieces.push(from.slice(start, end));
      for (let unit = start; unit < end; unit += 1) put(unit, unit + 1);
    },
    build: () => ({
      text: pieces.join(''),
      starts: starts.subarray(0, length),
      ends: ends.subarray(0, length),
      ...(source.escapes === undefined ? {} : { escapes: source.escapes }),
    }),
  };
}
