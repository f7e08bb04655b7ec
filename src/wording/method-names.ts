const NAMES: Readonly<Record<string, string>> = {
  bh: 'Benjamini-Hochberg',
  by: 'Benjamini-Yekutieli',
  holm: 'Holm',
};

/** Name of a correction for many tests, in words. */
export function correctionName(method: string): string {
  return Object.hasOwn(NAMES, method) ? (NAMES[method] ?? method) : method;
}
