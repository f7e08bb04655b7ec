import type { ComponentChildren, VNode } from 'preact';

interface Props {
  readonly id?: string;
  /** What the table is, for those who do not see it. */
  readonly label: string;
  readonly columns: readonly (string | Column)[];
  /** Rows as `<tr>`. */
  readonly children: ComponentChildren;
  readonly className?: string;
  /** May the script make the headings sort the rows? */
  readonly sorts?: boolean;
}

interface Column {
  readonly title: string;
  readonly className?: string;
}

/** A table that scrolls inside its own box, which the keyboard reaches, so that the page never scrolls sideways. */
export function ScrollTable({ id, label, columns, children, className = '', sorts = false }: Props): VNode {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by the keyboard (axe: scrollable-region-focusable)
    <section class="scroll" aria-label={label} tabIndex={0}>
      <table {...(id === undefined ? {} : { id })} class={className} {...(sorts ? { 'data-sorts': '' } : {})}>
        <thead>
          <tr>
            {columns.map((column) => {
              const { title, className: of } = typeof column === 'string' ? { title: column, className: '' } : column;
              return (
                <th scope="col" class={of}>
                  {title}
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </section>
  );
}

/** Says that a table is cut, and where the rest is. */
export function CutNote({
  shown,
  all,
  what,
  where,
}: {
  readonly shown: number;
  readonly all: number;
  readonly what: string;
  readonly where: string;
}): VNode | null {
  if (shown >= all) return null;
  return (
    <p class="cut">
      The first {shown.toLocaleString('en')} of {all.toLocaleString('en')} {what} are shown here, to keep this file
      usable. All are in <code>{where}</code>.
    </p>
  );
}
