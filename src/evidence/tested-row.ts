import type { MeasuredAssociation } from './associations.ts';
import type { ConditionalAssociation } from './conditional.ts';

/** An association after the whole run was taken into account. */
export interface TestedAssociation extends MeasuredAssociation {
  /** Smallest level of the run's error rate at which this test is a discovery; `null` when it was not tested, or could not have been one. */
  readonly lnQValue: number | null;
  /** Does it survive the control of chance findings at the run's level? */
  readonly isDiscovery: boolean;
  /** Smallest ratio above 1 that would have been a discovery of this run with probability 0.8; `null` when there is none. */
  readonly minimumDetectableRatio: number | null;
  readonly conditional: TestedConditional | undefined;
}

/** The same for the association inside strata, corrected over all conditional tests. */
export interface TestedConditional extends ConditionalAssociation {
  readonly lnQValue: number | null;
  readonly isDiscovery: boolean;
}

/** What a correction made of each row, by its place; NaN for `null`. */
export interface Discoveries {
  readonly lnQValues: Float64Array;
  /** 1 for a discovery. */
  readonly discoveries: Uint8Array;
}

/** What the tests of a run came to. */
export interface TestColumns extends Discoveries {
  readonly detectableRatios: Float64Array;
  /** Of the tests inside strata; undefined without strata. */
  readonly conditional: Discoveries | undefined;
}

/** A measured row seen together with its test: copies of millions of rows would take as much memory again. */
export class TestedRow implements TestedAssociation {
  readonly #row: MeasuredAssociation;
  readonly #tests: TestColumns;
  readonly #place: number;

  constructor(row: MeasuredAssociation, tests: TestColumns, place: number) {
    this.#row = row;
    this.#tests = tests;
    this.#place = place;
  }

  get segment(): TestedAssociation['segment'] {
    return this.#row.segment;
  }

  get trait(): TestedAssociation['trait'] {
    return this.#row.trait;
  }

  get value(): TestedAssociation['value'] {
    return this.#row.value;
  }

  get table(): TestedAssociation['table'] {
    return this.#row.table;
  }

  get tableNumber(): TestedAssociation['tableNumber'] {
    return this.#row.tableNumber;
  }

  get prevalence(): TestedAssociation['prevalence'] {
    return this.#row.prevalence;
  }

  get twin(): TestedAssociation['twin'] {
    return this.#row.twin;
  }

  get unweighted(): TestedAssociation['unweighted'] {
    return this.#row.unweighted;
  }

  get unknown(): TestedAssociation['unknown'] {
    return this.#row.unknown;
  }

  get shareInside(): TestedAssociation['shareInside'] {
    return this.#row.shareInside;
  }

  get shareOutside(): TestedAssociation['shareOutside'] {
    return this.#row.shareOutside;
  }

  get representationRatio(): TestedAssociation['representationRatio'] {
    return this.#row.representationRatio;
  }

  get riskDifference(): TestedAssociation['riskDifference'] {
    return this.#row.riskDifference;
  }

  get oddsRatio(): TestedAssociation['oddsRatio'] {
    return this.#row.oddsRatio;
  }

  get lift(): TestedAssociation['lift'] {
    return this.#row.lift;
  }

  get phi(): TestedAssociation['phi'] {
    return this.#row.phi;
  }

  get test(): TestedAssociation['test'] {
    return this.#row.test;
  }

  get pValue(): TestedAssociation['pValue'] {
    return this.#row.pValue;
  }

  get lnPValue(): TestedAssociation['lnPValue'] {
    return this.#row.lnPValue;
  }

  get effectiveSize(): TestedAssociation['effectiveSize'] {
    return this.#row.effectiveSize;
  }

  get lnQValue(): number | null {
    return numberAt(this.#tests.lnQValues, this.#place);
  }

  get isDiscovery(): boolean {
    return this.#tests.discoveries[this.#place] === 1;
  }

  get minimumDetectableRatio(): number | null {
    return numberAt(this.#tests.detectableRatios, this.#place);
  }

  get conditional(): TestedConditional | undefined {
    const { conditional } = this.#row;
    const tests = this.#tests.conditional;
    if (conditional === undefined || tests === undefined) return undefined;
    return {
      ...conditional,
      lnQValue: numberAt(tests.lnQValues, this.#place),
      isDiscovery: tests.discoveries[this.#place] === 1,
    };
  }
}

function numberAt(column: Float64Array, place: number): number | null {
  const number = column[place] ?? Number.NaN;
  return Number.isNaN(number) ? null : number;
}
