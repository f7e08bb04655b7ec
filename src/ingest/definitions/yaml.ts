import { parseDocument } from '../../documents/parse-document.ts';
import type { RawDefinition } from './definition-record.ts';
import { recordsOf, withTextId } from './records.ts';

/** Reads definitions from YAML: a list of records, or a mapping with the list under `segments`. */
export function readYamlDefinitions(text: string, file: string): readonly RawDefinition[] {
  const document = parseDocument(text, file, 'E_DEFINITION_INVALID');
  const { records, path } = recordsOf(document.value, { file, line: 1, column: 1 });
  return records.map((record, index) => {
    const root = [...path, index];
    const hasName = typeof record === 'object' && record !== null && 'name' in record;
    return {
      record: withTextId(record, document.sourceOf([...root, 'segment_id'])),
      locate: (inner, atKey) => document.locate([...root, ...inner], atKey),
      location: document.locate([...root, hasName ? 'name' : 'segment_id']),
    };
  });
}
