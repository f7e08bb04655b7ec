const TOKEN =
  /[ \t\n\r]*(?:([{}[\],:])|("(?:[^"\\\n\r\t]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?|true|false|null)/y;

type Expected = 'value' | 'value or ]' | 'key' | 'key or }' | ':' | ', or end';

/**
 * Finds where text stops being JSON (RFC 8259). `JSON.parse` says so in some versions of Node and not in others.
 *
 * @returns offset in UTF-16 units of the first token that does not belong there; the length of the text when it ends too early;
 *   undefined when the text is JSON
 */
export function jsonFault(text: string): number | undefined {
  const open: ('{' | '[')[] = [];
  let expected: Expected = 'value';
  TOKEN.lastIndex = 0;
  for (;;) {
    const start = startOfToken(text, TOKEN.lastIndex);
    if (start === text.length) return open.length === 0 && expected === ', or end' ? undefined : start;
    if (open.length === 0 && expected === ', or end') return start;
    const token = TOKEN.exec(text);
    if (token === null) return start;
    const [, mark, string] = token;
    const next = step(expected, mark, string !== undefined, open);
    if (next === undefined) return start;
    expected = next;
  }
}

/** What may follow a token, or undefined when the token itself may not stand here. */
function step(
  expected: Expected,
  mark: string | undefined,
  isString: boolean,
  open: ('{' | '[')[],
): Expected | undefined {
  const mayBeValue = expected === 'value' || expected === 'value or ]';
  if (expected === 'key' || expected === 'key or }') {
    if (isString) return ':';
    return mark === '}' && expected === 'key or }' ? close(open) : undefined;
  }
  if (expected === ':') return mark === ':' ? 'value' : undefined;
  if (mayBeValue) {
    if (mark === undefined) return ', or end';
    if (mark === '{' || mark === '[') {
      open.push(mark);
      return mark === '{' ? 'key or }' : 'value or ]';
    }
    return mark === ']' && expected === 'value or ]' ? close(open) : undefined;
  }
  const inside = open.at(-1);
  if (mark === ',') return inside === '{' ? 'key' : 'value';
  return mark === (inside === '{' ? '}' : ']') ? close(open) : undefined;
}

function close(open: ('{' | '[')[]): Expected {
  open.pop();
  return ', or end';
}

function startOfToken(text: string, from: number): number {
  let index = from;
  while (' \t\n\r'.includes(text[index] ?? 'x')) index += 1;
  return index;
}
