/** A table of a published page, with what stood before it. */
export interface PublishedTable {
  /** Nearest heading or label before it. */
  readonly label: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Reads every table of an HTML page, as a program that scrapes it would. */
export function tablesOfHtml(html: string): readonly PublishedTable[] {
  return [...html.matchAll(/<table[\s\S]*?<\/table>/g)].map(({ 0: table, index }) => {
    const before = html.slice(0, index);
    const label = [...before.matchAll(/aria-label="([^"]*)"/g)].at(-1)?.[1] ?? '';
    const rows = [...table.matchAll(/<tr>([\s\S]*?)<\/tr>/g)].map(([, row = '']) =>
      [...row.matchAll(/<t[dh][^>]*>([\s\S]*?)<\/t[dh]>/g)].map(([, cell = '']) => plainText(cell)),
    );
    return { label: plainText(label), header: rows[0] ?? [], rows: rows.slice(1) };
  });
}

/** Reads every table of a Markdown document. */
export function tablesOfMarkdown(markdown: string): readonly PublishedTable[] {
  const tables: { label: string; header: readonly string[]; rows: string[][] }[] = [];
  let label = '';
  let isInside = false;
  for (const line of markdown.split('\n')) {
    if (line.startsWith('#')) label = plainText(line.replace(/^#+ /, ''));
    if (!line.startsWith('| ')) {
      isInside = false;
      continue;
    }
    const cells = line.slice(2, -2).split(' | ').map(plainText);
    if (!isInside) tables.push({ label, header: cells, rows: [] });
    else if (!/^[| -]+$/.test(line)) tables.at(-1)?.rows.push(cells);
    isInside = true;
  }
  return tables;
}

/** Text as people read it. */
export function plainText(text: string): string {
  const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' };
  return text
    .replace(/<[^>]*>/g, '')
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replace(/&(\w+);/g, (whole, name: string) => named[name] ?? whole)
    .replaceAll('\u200b', '')
    .trim();
}

/** Reads a count such as `about 1,200`; undefined where the text is none. */
export function countOf(text: string | undefined): number | undefined {
  const digits = /^(?:about )?(\d[\d,]*)$/.exec(text ?? '')?.[1];
  return digits === undefined ? undefined : Number(digits.replaceAll(',', ''));
}
