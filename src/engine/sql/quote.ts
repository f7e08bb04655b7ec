/** How a dialect writes names and text literals. */
export interface Quoting {
  /** Character around a name. */
  readonly nameQuote: '"' | '`';
  /** How that character is written inside a name; where it is a backslash, backslashes in names are doubled. */
  readonly nameEscape: 'doubled' | 'backslash';
  /**
   * How text is written: `standard` doubles quotes and leaves backslashes alone, `extended` does the same but says so with `E'…'` where there is a
   * backslash, whatever the server is set to; `doubled-quote` and `backslash` double backslashes too, and write a quote as `''` or `\'`.
   */
  readonly text: 'standard' | 'extended' | 'doubled-quote' | 'backslash';
  /** Texts that would be read in another way than they are written, and how to write them; after the escaping of quotes and backslashes. */
  readonly rewrites?: readonly (readonly [string, string])[];
}

/** The SQL standard, and the embedded engine. */
export const STANDARD_QUOTING: Quoting = { nameQuote: '"', nameEscape: 'doubled', text: 'standard' };

/**
 * Quotes a name for SQL (`"…"`, inner quotes doubled, unless the dialect does it in another way), so that no column or table name can end the
 * identifier.
 *
 * @throws {RangeError} when the name is empty or holds a NUL character, which no engine accepts
 */
export function quoteIdentifier(name: string, { nameQuote, nameEscape }: Quoting = STANDARD_QUOTING): string {
  refuseNul(name);
  if (name === '') throw new RangeError('an SQL name must not be empty');
  if (nameEscape === 'doubled') return `${nameQuote}${name.replaceAll(nameQuote, nameQuote + nameQuote)}${nameQuote}`;
  const escaped = name.replaceAll('\\', '\\\\').replaceAll(nameQuote, `\\${nameQuote}`);
  return `${nameQuote}${withoutLineEnds(escaped)}${nameQuote}`;
}

/**
 * Quotes text as an SQL string literal (`'…'`, inner quotes doubled, unless the dialect does it in another way). Standard SQL leaves backslashes as
 * they are; in dialects where they begin an escape they are doubled.
 *
 * @throws {RangeError} when the text holds a NUL character
 */
export function quoteLiteral(text: string, { text: form, rewrites = [] }: Quoting = STANDARD_QUOTING): string {
  refuseNul(text);
  if (form === 'standard' || (form === 'extended' && !text.includes('\\'))) return `'${text.replaceAll("'", "''")}'`;
  const backslashes = text.replaceAll('\\', '\\\\');
  const quotes = backslashes.replaceAll("'", form === 'backslash' ? "\\'" : "''");
  const rewritten = rewrites.reduce((result, [from, to]) => result.replaceAll(from, to), withoutLineEnds(quotes));
  return `${form === 'extended' ? 'E' : ''}'${rewritten}'`;
}

/**
 * Quotes the path of one file for the embedded engine, which takes `*`, `?` and `[` for patterns: a file whose name holds one would bring in others.
 *
 * @throws {RangeError} when the path holds a NUL character
 */
export function quoteFile(path: string): string {
  return quoteLiteral(path.replaceAll(/[*?[]/g, '[$&]'));
}

/** A literal that runs over a line is an error in some dialects that have escapes for it. */
function withoutLineEnds(text: string): string {
  return text.replaceAll('\n', '\\n').replaceAll('\r', '\\r');
}

function refuseNul(text: string): void {
  if (text.includes('\0')) throw new RangeError('SQL text must not hold a NUL character');
}
