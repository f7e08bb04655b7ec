/**
 * Cuts text to a number of UTF-16 code units, with `…` at the end where something is cut; never in the middle of a surrogate pair. For
 * formats with a limit on bytes or characters; `truncate` is for columns of a terminal.
 *
 * @param text - any text
 * @param length - most code units of the result, at least 1
 */
export function shorten(text: string, length: number): string {
  if (text.length <= length) return text;
  const cut = text.slice(0, length - 1);
  return `${/[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut}…`;
}
