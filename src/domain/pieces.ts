/**
 * Text in pieces, in order, made while it is taken: what is written may be longer than one string can be. No piece ends inside a character.
 * An object, since a bare string would be taken for its characters, one at a time.
 */
export type Pieces = Iterable<string> & object;

/** Length of a piece, in UTF-16 units: long enough that few are written, short enough to hold. */
const PIECE = 1 << 18;

/** Joins texts, which may be short and many, into pieces of some 256 KiB. */
export function* gather(texts: Iterable<string>): Generator<string> {
  let piece = '';
  for (const text of texts) {
    piece += text;
    if (piece.length < PIECE) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}

/** Lines, each with a line feed at its end. */
export function* endLines(lines: Iterable<string>): Generator<string> {
  for (const line of lines) yield `${line}\n`;
}
