import type { Canvas } from './chart-figure.tsx';

/** The place of one of several small plots of the same kind. */
export interface Facet {
  /** Corners of the whole place. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  /** Inner plot, axes and title outside, relative to the corner. */
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Lays plots out side by side where there is room, else below each other. */
export function facets(
  count: number,
  { width, isNarrow, fontSize }: Canvas,
  plotHeight: number,
): { readonly places: readonly Facet[]; readonly height: number } {
  const columns = isNarrow || count === 1 ? 1 : 2;
  const gap = 28;
  const own = (width - gap * (columns - 1)) / columns;
  const top = fontSize * 2.2;
  const height = top + plotHeight + fontSize * 3.8;
  const places = Array.from({ length: count }, (_, index) => ({
    x: (index % columns) * (own + gap),
    y: Math.floor(index / columns) * height,
    width: own,
    left: 38,
    right: own - 18,
    top,
    bottom: top + plotHeight,
  }));
  return { places, height: Math.ceil(count / columns) * height };
}
