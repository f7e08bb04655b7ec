import { readCsvDefinitions } from './csv.ts';
import type { RawDefinition } from './definition-record.ts';
import { readJsonDefinitions, readJsonlDefinitions } from './json.ts';
import { readYamlDefinitions } from './yaml.ts';

/** Reads the text of a definitions file; `file` is its name as shown to people. */
export type DefinitionReader = (text: string, file: string) => readonly RawDefinition[];

/** Every format that definitions may come in, by file extension. */
export const DEFINITION_READERS: Readonly<Record<string, DefinitionReader>> = {
  csv: readCsvDefinitions,
  tsv: readCsvDefinitions,
  json: readJsonDefinitions,
  jsonl: readJsonlDefinitions,
  ndjson: readJsonlDefinitions,
  yaml: readYamlDefinitions,
  yml: readYamlDefinitions,
};
