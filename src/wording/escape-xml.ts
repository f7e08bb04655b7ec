import { printable } from './terminal-text.ts';

/** Everything that is not a character of XML 1.0, in any form (https://www.w3.org/TR/xml/#charsets), half surrogate pairs too. */
const NOT_XML = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/**
 * Writes foreign text so that it stays text in an XML element or attribute. Characters that XML cannot hold, line breaks and what reorders
 * or hides text are shown as `\u{…}`.
 */
export function escapeXml(text: string): string {
  return printable(text)
    .replace(NOT_XML, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`)
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
