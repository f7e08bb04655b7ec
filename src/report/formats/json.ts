import { jsonPieces } from '../../documents/json-pieces.ts';
import type { Format } from '../format.ts';

/** The report itself: results JSON, which every other format can be made from again. */
export const jsonFormat: Format = (report) => jsonPieces(report);
