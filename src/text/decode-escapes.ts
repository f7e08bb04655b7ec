import { buildMappedText, type MappedText } from './mapped-text.ts';

/** Named HTML entities that stand for a character which a segment name can hold. */
const NAMED_ENTITIES: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['nbsp', ' '],
  ['shy', ''],
  ['ndash', '-'],
  ['mdash', '-'],
  ['lsquo', "'"],
  ['rsquo', "'"],
  ['aacute', 'á'],
  ['eacute', 'é'],
  ['iacute', 'í'],
  ['oacute', 'ó'],
  ['uacute', 'ú'],
  ['agrave', 'à'],
  ['egrave', 'è'],
  ['ntilde', 'ñ'],
  ['ccedil', 'ç'],
  ['auml', 'ä'],
  ['ouml', 'ö'],
  ['uuml', 'ü'],
  ['szlig', 'ß'],
]);

const LONGEST_ENTITY = 10;
const TEXT_DECODER = new TextDecoder('utf-8', { fatal: true });

function decodeEntity(text: string, at: number): { readonly value: string; readonly end: number } | undefined {
  const end = text.slice(at, at + LONGEST_ENTITY + 2).indexOf(';');
  if (end < 2) return undefined;
  const name = text.slice(at + 1, at + end);
  if (name.startsWith('#')) {
    const isHex = name[1] === 'x' || name[1] === 'X';
    const digits = name.slice(isHex ? 2 : 1);
    if (!(isHex ? /^[0-9a-fA-F]{1,6}$/ : /^[0-9]{1,7}$/).test(digits)) return undefined;
    const codePoint = Number.parseInt(digits, isHex ? 16 : 10);
    if (codePoint === 0 || codePoint > 0x10ffff || (codePoint >= 0xd800 && codePoint < 0xe000)) return undefined;
    return { value: String.fromCodePoint(codePoint), end: at + end + 1 };
  }
  const value = NAMED_ENTITIES.get(name.toLowerCase());
  return value === undefined ? undefined : { value, end: at + end + 1 };
}

function hexValue(text: string, at: number): number {
  const pair = text.slice(at + 1, at + 3);
  return /^[0-9a-fA-F]{2}$/.test(pair) ? Number.parseInt(pair, 16) : -1;
}

/** One character written as `%XX` or as several of them (UTF-8). */
function decodePercent(text: string, at: number): { readonly value: string; readonly end: number } | undefined {
  const first = hexValue(text, at);
  if (first < 0x20) return undefined;
  const extra = first < 0x80 ? 0 : first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : first >= 0xc2 ? 1 : -1;
  if (extra < 0) return undefined;
  const bytes = [first];
  for (let index = 1; index <= extra; index += 1) {
    if (text[at + index * 3] !== '%') return undefined;
    bytes.push(hexValue(text, at + index * 3));
  }
  if (bytes.includes(-1)) return undefined;
  try {
    return { value: TEXT_DECODER.decode(Uint8Array.from(bytes)), end: at + bytes.length * 3 };
  } catch {
    return undefined;
  }
}

/** Parameters of a terminal sequence that are looked at; no real one has more. */
const LONGEST_SEQUENCE = 40;

/** A terminal's control sequence (ECMA-48: `ESC [ … letter`), which shows nothing and so may stand between two words. */
function skipTerminalSequence(text: string, at: number): { readonly value: string; readonly end: number } | undefined {
  const sequence = /^\[[0-?]*[ -/]*[@-~]/.exec(text.slice(at + 1, at + LONGEST_SEQUENCE))?.[0];
  return sequence === undefined ? undefined : { value: ' ', end: at + 1 + sequence.length };
}

const ESCAPES = {
  '&': { decode: decodeEntity, name: 'html entities' },
  '%': { decode: decodePercent, name: 'url encoding' },
  '\u001b': { decode: skipTerminalSequence, name: 'terminal codes' },
} as const;

/**
 * Decodes HTML entities (`&amp;`, `&#228;`) and URL escapes (`%20`) and takes out terminal codes, once: what comes out is not decoded again.
 * Malformed escapes stay as they are.
 *
 * @param text - any text
 * @returns the decoded text with the way back; without a map when there was nothing to decode
 */
export function decodeEscapes(text: string): MappedText {
  if (!Object.keys(ESCAPES).some((start) => text.includes(start))) return { text };
  const builder = buildMappedText({ text }, text.length);
  let escapes: MappedText['escapes'];
  let kept = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character !== '&' && character !== '%' && character !== '\u001b') continue;
    const decoded = ESCAPES[character].decode(text, at);
    if (decoded === undefined) continue;
    builder.keep(text, kept, at);
    builder.add(decoded.value, at, decoded.end);
    escapes = ESCAPES[character].name;
    kept = decoded.end;
    at = decoded.end - 1;
  }
  if (escapes === undefined) return { text };
  builder.keep(text, kept, text.length);
  return { ...builder.build(), escapes };
}
