import { parseJson } from '../../documents/parse-json.ts';
import type { SourceLocation } from '../../domain/location.ts';
import type { RawDefinition } from './definition-record.ts';
import { recordsOf } from './records.ts';

/** Reads definitions from JSON: a list of records, or an object with the list under `segments`. */
export function readJsonDefinitions(text: string, file: string): readonly RawDefinition[] {
  const value = parseRecords(text, { file, line: 1 });
  const { records } = recordsOf(value, { file, line: 1, column: 1 });
  const places = placesOfRecords(text, Array.isArray(value) ? 1 : 2, file);
  return records.map((record, index) => {
    const location = places[index] ?? { file };
    return { record: record, locate: () => location, location };
  });
}

/** Reads definitions from JSON Lines: one record a line, blank lines skipped. */
export function readJsonlDefinitions(text: string, file: string): readonly RawDefinition[] {
  return text.split(/\r\n|\r|\n/).flatMap((line, index) => {
    if (line.trim() === '') return [];
    const location = { file, line: index + 1, column: 1 };
    return [{ record: parseRecords(line, location), locate: () => location, location }];
  });
}

/** An id that is written as a number: it is read as the text that stands there, since 7, 7.0 and 1e400 are three ids. */
const NUMBER_AS_ID = /(?<!\\)("segment_id"[ \t\n\r]*:[ \t\n\r]*)(-?[0-9][0-9.eE+-]*)/g;

function parseRecords(text: string, location: SourceLocation): unknown {
  return parseJson(text, location, 'E_DEFINITION_INVALID', (json) => JSON.parse(json.replace(NUMBER_AS_ID, '$1"$2"')));
}

/** Places of the objects that open at the given depth, found in one pass over well-formed JSON. */
function placesOfRecords(text: string, depthOfRecords: number, file: string): readonly SourceLocation[] {
  const places: SourceLocation[] = [];
  let depth = 0;
  let line = 1;
  let lineStart = 0;
  let isText = false;
  for (let i = 0; i < text.length; i += 1) {
    const character = text[i];
    if (character === '\n') {
      line += 1;
      lineStart = i + 1;
    } else if (isText) {
      if (character === '\\') i += 1;
      else if (character === '"') isText = false;
    } else if (character === '"') {
      isText = true;
    } else if (character === '{' || character === '[') {
      if (character === '{' && depth === depthOfRecords) places.push({ file, line, column: i - lineStart + 1 });
      depth += 1;
    } else if (character === '}' || character === ']') {
      depth -= 1;
    }
  }
  return places;
}
