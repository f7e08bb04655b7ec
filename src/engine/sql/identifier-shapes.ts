import type { IdentifierShape } from '../../domain/exposure.ts';
import { quoteLiteral } from './quote.ts';

/**
 * What identifiers look like, most telling first; a value counts for the first that fits. The patterns are in the syntax of RE2, whose time is linear in
 * the length of the text.
 *
 * - `email`: something@domain.tld.
 * - `guid`: RFC 9562, 8-4-4-4-12 hexadecimal digits: the form of advertising ids (IDFA, AAID) and of many device ids.
 * - `mac`: IEEE 802 address of a network interface.
 * - `ipv4`, `ipv6`: RFC 4291 text forms, without IPv4 tails.
 * - `phone`: ITU-T E.164 with + or 00, or a North American number with its punctuation. Bare digits are not taken for a phone.
 * - `sha256`, `sha1`, `md5`: 64, 40 and 32 hexadecimal digits. That it is a hash, and of what, cannot be known.
 */
const PATTERNS: readonly (readonly [IdentifierShape, string])[] = [
  ['email', '[^@\\s]{1,64}@[a-z0-9-]{1,63}(\\.[a-z0-9-]{1,63}){1,8}'],
  ['guid', '\\{?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\\}?'],
  ['mac', '[0-9a-f]{2}([:-][0-9a-f]{2}){5}'],
  ['ipv4', '((25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])\\.){3}(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])'],
  ['ipv6', '[0-9a-f]{1,4}(:[0-9a-f]{1,4}){7}|([0-9a-f]{1,4}:){1,7}(:[0-9a-f]{1,4}){0,6}:?|::([0-9a-f]{1,4}:?){1,7}'],
  ['phone', '(\\+|00)[1-9][0-9 ().-]{6,18}[0-9]|(\\([2-9][0-9]{2}\\) ?|[2-9][0-9]{2}[-.])[2-9][0-9]{2}[-.][0-9]{4}'],
  ['sha256', '[0-9a-f]{64}'],
  ['sha1', '[0-9a-f]{40}'],
  ['md5', '[0-9a-f]{32}'],
];

/** The shape of a text as an SQL expression; NULL where it looks like nothing in particular. */
export function identifierShape(text: string): string {
  const branches = PATTERNS.map(
    ([shape, pattern]) => `WHEN regexp_full_match(${text}, ${quoteLiteral(pattern)}, 'i') THEN ${quoteLiteral(shape)}`,
  );
  return `CASE ${branches.join(' ')} END`;
}
