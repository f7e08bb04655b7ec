/** How far the search for a change of sign may double its step before giving up: 2^80 starting steps. */
const MAXIMUM_DOUBLINGS = 80;
const MAXIMUM_ITERATIONS = 200;

/** Where to look for the root of a monotone function. */
export interface RootSearch {
  /** A point believed to be near the root. */
  readonly guess: number;
  /** A positive distance that should reach the root from there; doubled until it does. */
  readonly step: number;
  /** Least point of the domain. */
  readonly minimum?: number;
  /** Greatest point of the domain. */
  readonly maximum?: number;
  /** Absolute error allowed in the root. */
  readonly tolerance?: number;
}

/**
 * Finds the root of a decreasing function: brackets it outwards from a guess, then closes in by Chandrupatla's mix of inverse quadratic
 * interpolation and bisection. About 6 evaluations for the nearly linear functions here; never more than bisection takes.
 *
 * @param f - decreasing; may return infinities, not NaN.
 * @returns the root; the end of the domain when the sign does not change within it.
 * @see REFERENCES.md#chandrupatla-1997
 */
export function decreasingRoot(f: (x: number) => number, search: RootSearch): number {
  const minimum = search.minimum ?? Number.NEGATIVE_INFINITY;
  const maximum = search.maximum ?? Number.POSITIVE_INFINITY;
  let near = Math.min(Math.max(search.guess, minimum), maximum);
  let fNear = f(near);
  if (fNear === 0) return near;
  const direction = fNear > 0 ? 1 : -1;
  let step = search.step;
  for (let doubling = 0; doubling < MAXIMUM_DOUBLINGS; doubling += 1) {
    const far = Math.min(Math.max(near + direction * step, minimum), maximum);
    const fFar = f(far);
    if (fFar === 0) return far;
    if (fFar > 0 !== fNear > 0) return chandrupatla(f, far, fFar, near, fNear, search.tolerance ?? 0);
    if (far === minimum || far === maximum) return far;
    near = far;
    fNear = fFar;
    step *= 2;
  }
  return near;
}

function chandrupatla(
  f: (x: number) => number,
  start: number,
  fStart: number,
  end: number,
  fEnd: number,
  tolerance: number,
): number {
  // The root lies between a and b, b being the latest point; c is the one before.
  let b = start;
  let fb = fStart;
  let a = end;
  let fa = fEnd;
  let c = end;
  let fc = fEnd;
  let t = secantFraction(fa, fb);
  for (let iteration = 0; iteration < MAXIMUM_ITERATIONS; iteration += 1) {
    const x = a + t * (b - a);
    const fx = f(x);
    if (fx > 0 === fa > 0) {
      c = a;
      fc = fa;
    } else {
      c = b;
      fc = fb;
      b = a;
      fb = fa;
    }
    a = x;
    fa = fx;
    const best = Math.abs(fa) < Math.abs(fb) ? a : b;
    const shortest = 2e-16 * Math.abs(best) + 0.5 * tolerance;
    const margin = shortest / Math.abs(b - a);
    if (margin > 0.5 || fa === 0) return fa === 0 ? a : best;
    const xi = (a - b) / (c - b);
    const phi = (fa - fb) / (fc - fb);
    const mayInterpolate = phi * phi < xi && (1 - phi) * (1 - phi) < 1 - xi;
    t = mayInterpolate
      ? (fa / (fb - fa)) * (fc / (fb - fc)) + (((c - a) / (b - a)) * (fa / (fc - fa)) * fb) / (fc - fb)
      : 0.5;
    t = Math.min(Math.max(t, margin), 1 - margin);
  }
  return a;
}

/** First step by the secant instead of by halves: the bracket comes from a guess, so the function is nearly straight within it. */
function secantFraction(fa: number, fb: number): number {
  const t = fa / (fa - fb);
  return t > 0.01 && t < 0.99 && Number.isFinite(t) ? t : 0.5;
}
