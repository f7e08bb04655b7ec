import { AuditError } from '../errors.ts';

/** Where a line is longer than two of its buffers, the engine loses the row and says nothing; below one buffer it reads or refuses it. */
const LONGEST_LINE = 1 << 23;

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/** Measures the lines of a text file, piece by piece. */
export interface LineGauge {
  /**
   * @throws {AuditError} E_INPUT_CSV for a line that is too long to be read
   */
  add(piece: Uint8Array): void;
}

/**
 * Makes a gauge for one file.
 *
 * @param shown - path as shown to people
 */
export function lineGauge(shown: string): LineGauge {
  let seen = 0;
  let start = 0;
  return {
    add(piece) {
      const first = firstBreak(piece);
      if (seen - start + (first < 0 ? piece.length : first) > LONGEST_LINE) {
        // Lines are not counted, which would take longer than everything else here.
        throw new AuditError('E_INPUT_CSV', `The line that begins at byte ${start} is longer than 8 MiB.`, {
          location: { file: shown },
        });
      }
      if (first >= 0) start = seen + 1 + Math.max(piece.lastIndexOf(LINE_FEED), piece.lastIndexOf(CARRIAGE_RETURN));
      seen += piece.length;
    },
  };
}

function firstBreak(piece: Uint8Array): number {
  const feed = piece.indexOf(LINE_FEED);
  const carriage = (feed < 0 ? piece : piece.subarray(0, feed)).indexOf(CARRIAGE_RETURN);
  return carriage < 0 ? feed : carriage;
}
