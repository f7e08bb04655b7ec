import { extname } from 'node:path';
import { formatLocation } from '../../domain/location.ts';
import type { SegmentDefinition } from '../../domain/segment.ts';
import { AuditError } from '../../errors.ts';
import type { InputPath } from '../input-path.ts';
import { readTextFile } from '../read-text.ts';
import { toDefinition } from './definition-record.ts';
import { DEFINITION_READERS } from './formats.ts';

/** Definitions of one file. */
export interface DefinitionFile {
  readonly input: InputPath;
  /** Of the bytes that were read. */
  readonly sha256: string;
  readonly definitions: readonly SegmentDefinition[];
}

/**
 * Reads all definitions.
 *
 * @throws {AuditError} E_INPUT_* and E_DEFINITION_* with file, line and column
 */
export async function readDefinitions(inputs: readonly InputPath[]): Promise<readonly DefinitionFile[]> {
  const files: DefinitionFile[] = [];
  const seen = new Map<string, SegmentDefinition>();
  for (const input of inputs) {
    const { definitions, sha256 } = await readFile(input);
    for (const definition of definitions) {
      const earlier = seen.get(definition.segment);
      if (earlier !== undefined) {
        throw new AuditError(
          'E_DEFINITION_DUPLICATE',
          `Segment "${definition.segment}" is defined twice; first at ${formatLocation(earlier.location)}.`,
          { location: definition.location },
        );
      }
      seen.set(definition.segment, definition);
    }
    files.push({ input, sha256, definitions });
  }
  return files;
}

async function readFile(input: InputPath): Promise<Omit<DefinitionFile, 'input'>> {
  const format = extname(input.path).slice(1).toLowerCase();
  const reader = Object.hasOwn(DEFINITION_READERS, format) ? DEFINITION_READERS[format] : undefined;
  if (reader === undefined) {
    throw new AuditError(
      'E_INPUT_FORMAT',
      `Definitions are read from ${Object.keys(DEFINITION_READERS).join(', ')} files.`,
      {
        location: { file: input.shown },
      },
    );
  }
  const { text, sha256 } = await readTextFile(input.path, input.shown);
  const definitions = reader(text, input.shown).map(toDefinition);
  if (definitions.length === 0) {
    throw new AuditError('E_INPUT_EMPTY', 'The file holds no definition.', { location: { file: input.shown } });
  }
  return { sha256, definitions };
}
