/** No document that means something is nested deeper; functions that call themselves for each level run out of stack far below. */
export const DEEPEST = 100;

/** What to say of a document that is nested too deep. */
export const NESTED_TOO_DEEP: string = `The document is nested deeper than ${DEEPEST} levels, or holds itself.`;

/** Is a value nested too deep to be looked at? A value that holds itself is so without end. */
export function isNestedTooDeep(value: unknown, left: number = DEEPEST): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (left === 0) return true;
  if (Array.isArray(value)) return value.some((item) => isNestedTooDeep(item, left - 1));
  for (const key in value) if (isNestedTooDeep((value as Record<string, unknown>)[key], left - 1)) return true;
  return false;
}
