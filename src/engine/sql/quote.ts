/**
 * Quotes a name for SQL (`"…"`, inner quotes doubled), so that no column or table name can end the identifier.
 *
 * @throws {RangeError} when the name holds a NUL character, which no engine accepts
 */
export function quoteIdentifier(name: string): string {
  refuseNul(name);
  return `"${name.replaceAll('"', '""')}"`;
}

/**
 * Quotes text as an SQL string literal (`'…'`, inner quotes doubled). Backslashes stay as they are, as standard SQL has it.
 *
 * @throws {RangeError} when the text holds a NUL character
 */
export function quoteLiteral(text: string): string {
  refuseNul(text);
  return `'${text.replaceAll("'", "''")}'`;
}

function refuseNul(text: string): void {
  if (text.includes('\0')) throw new RangeError('SQL text must not hold a NUL character');
}
