import { type ParsedDocument, parseDocument } from '../documents/parse-document.ts';
import { assertValid } from '../documents/validate-document.ts';
import type { AcceptedEvidence, WaiverEntry } from '../domain/waiver.ts';
import { AuditError } from '../errors.ts';
import type { InputPath } from './input-path.ts';
import { readTextFile } from './read-text.ts';
import { WAIVERS_SCHEMA } from './waivers-schema.ts';

/** Keys whose text is taken as it is written: `0012` is not 12, and 16 digits may look like a number. */
const AS_WRITTEN = ['fingerprint', 'expires', 'ticket'] as const;
const AS_WRITTEN_IN_EVIDENCE = ['segment', 'value', 'definition', 'facts'] as const;

/**
 * Reads a waiver file.
 *
 * @throws {AuditError} E_INPUT_MISSING; E_WAIVERS_INVALID with the place of the fault, also for a fingerprint that occurs twice
 */
export async function readWaivers({
  path,
  shown,
}: InputPath): Promise<{ readonly entries: readonly WaiverEntry[]; readonly sha256: string }> {
  const { text, sha256 } = await readTextFile(path, shown);
  return { entries: parseWaivers(text, shown), sha256 };
}

/** Parses the text of a waiver file; an empty one has no entries. */
export function parseWaivers(text: string, file: string): readonly WaiverEntry[] {
  const document = parseDocument(text, file, 'E_WAIVERS_INVALID');
  const value = document.value ?? [];
  assertValid(value, WAIVERS_SCHEMA, document.locate, 'E_WAIVERS_INVALID');
  const entries = (value as readonly Record<string, unknown>[]).map((item, index) => toEntry(item, index, document));
  const first = new Map<string, WaiverEntry>();
  for (const entry of entries) {
    const other = first.get(entry.fingerprint);
    if (other !== undefined) {
      throw new AuditError(
        'E_WAIVERS_INVALID',
        `The finding ${entry.fingerprint} is waived twice; the first time on line ${other.location.line}.`,
        { location: entry.location, hint: 'Keep one of the two.' },
      );
    }
    first.set(entry.fingerprint, entry);
  }
  return entries;
}

function toEntry(item: Record<string, unknown>, index: number, document: ParsedDocument): WaiverEntry {
  const entry = { ...item, ...asWritten(item, [index], AS_WRITTEN, document) } as unknown as Omit<
    WaiverEntry,
    'location'
  >;
  const location = document.locate([index, 'fingerprint']);
  if (!/^[0-9a-f]{16}$/.test(entry.fingerprint)) {
    throw new AuditError(
      'E_WAIVERS_INVALID',
      `"${entry.fingerprint}" is no fingerprint: expected 16 hexadecimal digits in lower case.`,
      { location, hint: 'Copy the fingerprint from a report, or let `traitleak waive` write the entry.' },
    );
  }
  const evidence = entry.evidence as unknown as Record<string, unknown> | undefined;
  return {
    fingerprint: entry.fingerprint,
    reason: entry.reason,
    owner: entry.owner,
    approver: entry.approver ?? null,
    ticket: entry.ticket ?? null,
    expires: entry.expires,
    evidence:
      evidence === undefined
        ? undefined
        : ({
            ...evidence,
            ...asWritten(evidence, [index, 'evidence'], AS_WRITTEN_IN_EVIDENCE, document),
          } as unknown as AcceptedEvidence),
    location,
  };
}

function asWritten(
  item: Record<string, unknown>,
  path: readonly (string | number)[],
  keys: readonly string[],
  document: ParsedDocument,
): Record<string, string> {
  return Object.fromEntries(
    keys.flatMap((key) => {
      const value = item[key];
      if (value === undefined) return [];
      return [[key, typeof value === 'string' ? value : (document.sourceOf([...path, key]) ?? String(value))]];
    }),
  );
}
