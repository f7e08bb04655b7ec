/** A table of text. Rows beyond `rows` are said to be elsewhere. */
export interface TableBlock {
  readonly kind: 'table';
  /** What the table is, for those who do not see it. */
  readonly label: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Said where rows were left out. */
  readonly cut?: string;
}

/**
 * A part of a document, before anybody decides how it is written. All texts are plain, and may come from inputs: whoever writes them escapes
 * them for its format.
 */
export type Block =
  | { readonly kind: 'text'; readonly text: string; readonly isStrong?: boolean }
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'code'; readonly text: string; readonly language: string }
  | TableBlock;

/** A section of a document with its heading. */
export interface PageSection {
  readonly id: string;
  readonly title: string;
  readonly blocks: readonly Block[];
}

/** A paragraph. */
export function text(content: string): Block {
  return { kind: 'text', text: content };
}

/** A heading below that of the section. */
export function heading(content: string): Block {
  return { kind: 'heading', text: content };
}

/** A list; nothing when it is empty. */
export function list(items: readonly string[]): readonly Block[] {
  return items.length === 0 ? [] : [{ kind: 'list', items }];
}

/**
 * A table of the first `most` rows, which says how many more there are and where.
 *
 * @param where - format that holds the others, such as `-f json`
 */
export function table(
  label: string,
  header: readonly string[],
  rows: readonly (readonly string[])[],
  { most = 200, where = '-f json' }: { readonly most?: number; readonly where?: string } = {},
): TableBlock {
  const left = rows.length - most;
  return {
    kind: 'table',
    label,
    header,
    rows: rows.slice(0, most),
    ...(left > 0 ? { cut: `${left} more rows are in ${where}.` } : {}),
  };
}
