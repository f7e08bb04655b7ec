import type { EffectEstimate } from '../statistics/effect-estimate.ts';
import type { Effects } from './effects.ts';

const ESTIMATES = ['shareInside', 'shareOutside', 'representationRatio', 'riskDifference', 'oddsRatio'] as const;
const NUMBERS = ['lift', 'phi', 'pValue', 'lnPValue', 'effectiveSize'] as const;
const TESTS = [null, 'mid-p', 'g', 'rao-scott'] as const;

/** Figures of one table: each estimate with its limits, each number, and the test. */
const WIDTH: number = 3 * ESTIMATES.length + NUMBERS.length + 1;
const TEST_AT: number = WIDTH - 1;

/**
 * Effects of many tables as plain numbers, NaN for `null`. As objects, two million tables take several GB, and most of the time goes into
 * collecting garbage.
 */
export class EffectColumns {
  readonly #figures: Float64Array;

  /** @param most - for how many tables there is room */
  constructor(most: number) {
    this.#figures = new Float64Array(WIDTH * most);
  }

  /** Keeps the effects of a table under a number. */
  set(table: number, effects: Effects): void {
    const figures = this.#figures;
    let at = WIDTH * table;
    for (const name of ESTIMATES) {
      const { estimate, lower, upper } = effects[name];
      figures[at] = estimate ?? Number.NaN;
      figures[at + 1] = lower ?? Number.NaN;
      figures[at + 2] = upper ?? Number.NaN;
      at += 3;
    }
    for (const name of NUMBERS) {
      figures[at] = effects[name] ?? Number.NaN;
      at += 1;
    }
    figures[at] = TESTS.indexOf(effects.test);
  }

  estimate(table: number, name: (typeof ESTIMATES)[number]): EffectEstimate {
    const at = WIDTH * table + 3 * ESTIMATES.indexOf(name);
    return { estimate: this.#figure(at), lower: this.#figure(at + 1), upper: this.#figure(at + 2) };
  }

  number(table: number, name: (typeof NUMBERS)[number]): number | null {
    return this.#figure(WIDTH * table + 3 * ESTIMATES.length + NUMBERS.indexOf(name));
  }

  test(table: number): Effects['test'] {
    return TESTS[this.#figures[WIDTH * table + TEST_AT] ?? 0] ?? null;
  }

  #figure(at: number): number | null {
    const figure = this.#figures[at] ?? Number.NaN;
    return Number.isNaN(figure) ? null : figure;
  }
}

/** The effects of one table, read when asked for. */
export class StoredEffects implements Effects {
  readonly #columns: EffectColumns;
  readonly #table: number;

  constructor(columns: EffectColumns, table: number) {
    this.#columns = columns;
    this.#table = table;
  }

  get shareInside(): EffectEstimate {
    return this.#columns.estimate(this.#table, 'shareInside');
  }

  get shareOutside(): EffectEstimate {
    return this.#columns.estimate(this.#table, 'shareOutside');
  }

  get representationRatio(): EffectEstimate {
    return this.#columns.estimate(this.#table, 'representationRatio');
  }

  get riskDifference(): EffectEstimate {
    return this.#columns.estimate(this.#table, 'riskDifference');
  }

  get oddsRatio(): EffectEstimate {
    return this.#columns.estimate(this.#table, 'oddsRatio');
  }

  get lift(): number | null {
    return this.#columns.number(this.#table, 'lift');
  }

  get phi(): number | null {
    return this.#columns.number(this.#table, 'phi');
  }

  get test(): Effects['test'] {
    return this.#columns.test(this.#table);
  }

  get pValue(): number | null {
    return this.#columns.number(this.#table, 'pValue');
  }

  get lnPValue(): number | null {
    return this.#columns.number(this.#table, 'lnPValue');
  }

  get effectiveSize(): number {
    return this.#columns.number(this.#table, 'effectiveSize') ?? 0;
  }
}
