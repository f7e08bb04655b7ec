import { type Document, isMap, isSeq, parseDocument, stringify, type YAMLMap, type YAMLSeq } from 'yaml';
import type { Acceptance, AcceptedEvidence } from '../domain/waiver.ts';

/** An entry to write; keys in the order in which people read them. */
export interface NewWaiver extends Pick<Acceptance, 'reason' | 'owner' | 'expires'> {
  readonly fingerprint: string;
  readonly approver?: string;
  readonly ticket?: string;
  readonly evidence: AcceptedEvidence;
}

const HEADER =
  '# yaml-language-server: $schema=node_modules/traitleak/dist/schemas/waivers.schema.json\n' +
  '# Findings that somebody accepted. Each has a reason, an owner and a last day; `traitleak waive` adds entries.\n';

/** Long reasons stay in one line, so that a later change shows as one line. */
const LAYOUT = { lineWidth: 0 } as const;

/**
 * Adds entries at the end of the text of a waiver file. What is there stays as it is, byte for byte, wherever it is a list with a line an
 * entry; only lists of another form are written anew, comments and order kept.
 */
export function addEntries(text: string, waivers: readonly NewWaiver[]): string {
  if (waivers.length === 0) return text;
  const document = parseDocument(text);
  const list = document.contents;
  if (list === null) {
    const head = text.trim() === '' ? HEADER : `${text.replace(/\n?$/, '\n')}`;
    return `${head}${stringify(waivers, LAYOUT)}`;
  }
  // The reader has refused everything but a list.
  if (!isSeq(list)) return text;
  const appended = list.flow === true ? undefined : append(text, list, waivers);
  if (appended !== undefined && holdsAll(appended, list.items.length + waivers.length)) return appended;
  if (list.items.length === 0) list.flow = false;
  for (const waiver of waivers) document.add(document.createNode(waiver));
  return document.toString(LAYOUT);
}

/** Writes entries in the place of those with the same fingerprints; the others, their order and all comments stay. */
export function replaceEntries(text: string, waivers: readonly NewWaiver[]): string {
  if (waivers.length === 0) return text;
  const document = parseDocument(text);
  if (!isSeq(document.contents)) return text;
  const byFingerprint = new Map(waivers.map((waiver) => [waiver.fingerprint, waiver]));
  for (const item of document.contents.items) {
    if (!isMap(item)) continue;
    const fingerprint = item.get('fingerprint', true) as { source?: string; value?: unknown } | undefined;
    const waiver = byFingerprint.get(fingerprint?.source ?? String(fingerprint?.value));
    if (waiver !== undefined) overwrite(document, item, waiver);
  }
  return document.toString(LAYOUT);
}

/** Sets every key of the new entry, and drops the ones that it does not have. */
function overwrite(document: Document, item: YAMLMap, waiver: NewWaiver): void {
  for (const key of ['approver', 'ticket', 'evidence']) if (!Object.hasOwn(waiver, key)) item.delete(key);
  for (const [key, value] of Object.entries(waiver)) {
    if (key !== 'fingerprint') item.set(key, document.createNode(value));
  }
}

function append(text: string, list: YAMLSeq, waivers: readonly NewWaiver[]): string | undefined {
  const start = list.range?.[0];
  if (start === undefined) return undefined;
  const indent = start - (text.lastIndexOf('\n', start - 1) + 1);
  const lines = stringify(waivers, LAYOUT).trimEnd().split('\n');
  const added = lines.map((line) => (line === '' ? '' : `${' '.repeat(indent)}${line}`)).join('\n');
  return `${text.replace(/\n?$/, '\n')}${added}\n`;
}

function holdsAll(text: string, length: number): boolean {
  const { contents, errors } = parseDocument(text);
  return errors.length === 0 && isSeq(contents) && contents.items.length === length;
}
