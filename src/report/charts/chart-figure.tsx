import type { ComponentChildren, VNode } from 'preact';
import { formatCount } from '../../wording/format-number.ts';
import { chartText } from './chart-text.ts';

/** The canvas that a chart draws on. Units are those of the view box: about one CSS pixel where the drawing fills its column. */
export interface Canvas {
  readonly width: number;
  /** For a phone: what stands side by side on a wide canvas stands one below the other. */
  readonly isNarrow: boolean;
  readonly fontSize: number;
  /** Beginning of ids inside this drawing; unique in the page. */
  readonly id: string;
}

/** What a chart draws, and how much of the canvas it takes. */
export interface Drawing {
  readonly height: number;
  readonly content: ComponentChildren;
}

/** The table behind a chart. Cells that are numbers are set to the right. */
export interface ChartTable {
  readonly header: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
  /** Rows that there are in all; more than `rows` holds where the rest is left to the results. */
  readonly total?: number;
}

/** What every chart is made of. */
export interface ChartFigureProps {
  readonly id: string;
  readonly title: string;
  /** What the chart shows and how to read it, below the title. */
  readonly note: string;
  /** What someone who cannot see the drawing has to know of what it says. */
  readonly description: string;
  readonly draw: (canvas: Canvas) => Drawing;
  readonly table: ChartTable;
}

const WIDE = { width: 720, isNarrow: false, fontSize: 13.5 } as const;
const NARROW = { width: 340, isNarrow: true, fontSize: 12 } as const;

/** Longest text of a cell; the results hold the whole name. */
const LONGEST_CELL = 120;

/** A figure: a title, the drawing for wide and for narrow columns, a text alternative, and the table behind it. */
export function ChartFigure({ id, title, note, description, draw, table }: ChartFigureProps): VNode {
  return (
    <figure class="chart" id={id}>
      <figcaption>
        <strong>{title}</strong>
        <span class="chart-note">{note}</span>
      </figcaption>
      {[WIDE, NARROW].map((size) => {
        const canvas = { ...size, id: `${id}-${size.isNarrow ? 'narrow' : 'wide'}` };
        return <ChartDrawing key={canvas.id} {...{ canvas, title, description, draw }} />;
      })}
      <details>
        <summary>Table: {title}</summary>
        <TableBehind id={id} title={title} table={table} />
      </details>
    </figure>
  );
}

function ChartDrawing({
  canvas,
  title,
  description,
  draw,
}: Pick<ChartFigureProps, 'title' | 'description' | 'draw'> & { canvas: Canvas }): VNode {
  const { height, content } = draw(canvas);
  return (
    <svg
      class={canvas.isNarrow ? 'chart-narrow' : 'chart-wide'}
      role="img"
      aria-labelledby={`${canvas.id}-title ${canvas.id}-text`}
      viewBox={`0 0 ${canvas.width} ${Math.ceil(height)}`}
    >
      <title id={`${canvas.id}-title`}>{title}</title>
      <desc id={`${canvas.id}-text`}>{description}</desc>
      {content}
    </svg>
  );
}

function TableBehind({ id, title, table }: { id: string; title: string; table: ChartTable }): VNode {
  const { header, rows, total = rows.length } = table;
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by keyboard (WCAG 2.1.1). */}
      <section class="chart-table" aria-label={`Table: ${title}`} id={`${id}-table`} tabIndex={0}>
        <table>
          <thead>
            <tr>
              {header.map((text) => (
                <th key={text} scope="col">
                  {text}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              <tr key={index}>{row.map(cellOf)}</tr>
            ))}
          </tbody>
        </table>
      </section>
      {total > rows.length && (
        <p class="chart-note">
          {formatCount(total - rows.length)} more rows are left out here; all are in <code>-f csv-associations</code>{' '}
          and <code>-f json</code>.
        </p>
      )}
    </>
  );
}

function cellOf(cell: string | number, column: number): VNode {
  return typeof cell === 'number' ? (
    <td key={column} class="number">
      {cell}
    </td>
  ) : (
    <td key={column}>{chartText(cell, LONGEST_CELL)}</td>
  );
}
