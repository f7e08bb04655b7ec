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

/**
 * Decodes HTML entities (`&amp;`, `&#228;`) and URL escapes (`%20`), once: what comes out is not decoded again.
 * Malformed escapes stay as they are.
 *
 * @param text - any text
 * @returns the decoded text with the way back; without a map when there was nothing to decode
 */
export function decodeEscapes(text: string): MappedText {
  if (!text.includes('&') && !text.includes('%')) return { text };
  const builder = buildMappedText({ text }, text.length);
  let escapes: MappedText['escapes'];
  let kept = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character !== '&' && character !== '%') continue;
    const decoded = character === '&' ? decodeEntity(text, at) : decodePercent(text, at);
    if (decoded === undefined) continue;
    builder.keep(text, kept, at);
    builder.add(decoded.value, at, decoded.end);
    escapes = character === '&' ? 'html entities' : 'url encoding';
    kept = decoded.end;
    at = decoded.end - 1;
  }
  if (escapes === undefined) return { text };
  builder.keep(text, kept, text.length);
  return { ...builder.build(), escapes };
}
