import { expect, test } from 'vitest';
import { formatLocation } from '../../src/domain/location.ts';
import { AuditError } from '../../src/errors.ts';
import { buildLexicons } from '../../src/ingest/read-lexicons.ts';
import { inputFolder } from '../input-folder.ts';

test.each([
  ['broken YAML', 'trait: "religion\n', /./, /^lexicons\/own\.yaml:\d+:\d+$/],
  ['a misspelt key', 'triat: religion\ngroups: []\n', /triat|trait/, /^lexicons\/own\.yaml:1:1$/],
  ['a list instead of a mapping', '- a\n', /expected object/, /^lexicons\/own\.yaml:1:1$/],
])('a lexicon with %s is refused at its place', async (_what, content, message, place) => {
  const folder = inputFolder({ 'own.yaml': content });

  const error = await buildLexicons(folder, 'lexicons').catch((thrown: unknown) => thrown);

  expect(error).toBeInstanceOf(AuditError);
  const { code, location, message: text, exitStatus } = error as AuditError;
  expect(code).toBe('E_LEXICON_INVALID');
  expect(exitStatus).toBe(2);
  expect(text).toMatch(message);
  expect(formatLocation(location!)).toMatch(place);
});
