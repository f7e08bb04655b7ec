import { CsvError, parse } from 'csv-parse/sync';
import { didYouMean } from '../did-you-mean.ts';
import type { SourceLocation } from '../domain/location.ts';
import { AuditError, messageOf } from '../errors.ts';
import {
  COUNTS_COLUMNS,
  FACTS,
  type Fact,
  GROUP_KINDS,
  OPTIONAL_COUNTS_COLUMNS,
  OTHER_KINDS,
  WEIGHT_COUNTS_COLUMNS,
} from './counts-columns.ts';
import { type ExactDecimal, parseExactDecimal } from './exact-decimal.ts';

/** A row that counts panel members in and out of a group, with and without a value. */
export interface GroupRow {
  readonly kind: (typeof GROUP_KINDS)[number];
  readonly segment: string;
  readonly trait: string;
  readonly value: string;
  readonly stratum: string;
  readonly inValue: number;
  readonly inOther: number;
  readonly outValue: number;
  readonly outOther: number;
  readonly inUnknown: number;
  readonly outUnknown: number;
  /** Size of the segment in the whole export, where the file tells. */
  readonly members: number | undefined;
  /** Sums of weights and of their squares of those with the value, where the panel is weighted. */
  readonly weights: GroupWeights | undefined;
  readonly line: number;
}

interface GroupWeights {
  readonly inValue: ExactDecimal;
  readonly inValueSquared: ExactDecimal;
  readonly outValue: ExactDecimal;
  readonly outValueSquared: ExactDecimal;
}

/** What a counts file holds. */
export interface CountsContent {
  readonly rows: number;
  readonly groups: readonly GroupRow[];
  readonly facts: ReadonlyMap<Fact, number>;
  readonly stratumColumns: readonly string[];
  readonly protectedValues: ReadonlyMap<string, readonly string[]>;
  /** Segments whose members make the group `flagged`. */
  readonly flaggedSegments: ReadonlySet<string>;
  readonly isWeighted: boolean;
}

type Cells = Readonly<Record<string, string | undefined>>;

/**
 * Reads the rows of a counts file (see `counts-columns.ts`).
 *
 * @throws {AuditError} E_INPUT_CSV, E_INPUT_EMPTY, E_COUNTS_INVALID with the line
 */
export function readCountsRows(text: string, file: string): CountsContent {
  const groups: GroupRow[] = [];
  const facts = new Map<Fact, number>();
  const strata: [number, string][] = [];
  const protectedValues = new Map<string, string[]>();
  const flaggedSegments = new Set<string>();
  const texts = new SharedTexts();
  const twins = new TwinRows();
  let isWeighted = false;
  const rows = readRecords(text, file, {
    header: (header) => {
      isWeighted = checkHeader(header, file);
    },
    record: (cells, line) => {
      const row = new CountsRow(cells, { file, line }, texts);
      const kind = row.kind();
      row.refuseTwin(twins, kind);
      switch (kind) {
        case 'fact':
          facts.set(row.fact(), row.count('in_value'));
          break;
        case 'stratum-column':
          strata.push([row.count('in_value'), row.text('value')]);
          break;
        case 'protected': {
          const trait = row.text('trait');
          protectedValues.set(trait, [...(protectedValues.get(trait) ?? []), row.text('value')]);
          break;
        }
        case 'flagged-segment':
          flaggedSegments.add(row.text('segment_id'));
          break;
        default:
          groups.push(row.group(kind, isWeighted));
      }
    },
  });
  if (rows === 0) throw new AuditError('E_INPUT_EMPTY', 'The file holds no counts.', { location: { file } });
  if (groups.length === 0) {
    throw new AuditError('E_INPUT_EMPTY', 'The file holds no counts of people in segments.', {
      location: { file },
      hint: 'The panel has no user with a known value, or no table was read. Check the tables and columns of the query.',
    });
  }
  return {
    rows,
    groups,
    facts,
    stratumColumns: strata.sort((x, y) => x[0] - y[0]).map(([, name]) => name),
    protectedValues,
    flaggedSegments,
    isWeighted,
  };
}

/** @returns whether the panel is weighted */
function checkHeader(header: readonly string[], file: string): boolean {
  const location = { file, line: 1 };
  const all: readonly string[] = [...COUNTS_COLUMNS, ...OPTIONAL_COUNTS_COLUMNS, ...WEIGHT_COUNTS_COLUMNS];
  const refuse = (missing: string): never => {
    const similar = didYouMean(
      missing,
      header.filter((name) => !all.includes(name)),
    );
    throw new AuditError(
      'E_COUNTS_INVALID',
      `There is no column "${missing}".${similar} Expected: ${COUNTS_COLUMNS.join(', ')}.`,
      { location },
    );
  };
  const missing = COUNTS_COLUMNS.find((column) => !header.includes(column));
  if (missing !== undefined) refuse(missing);
  const absent = WEIGHT_COUNTS_COLUMNS.filter((column) => !header.includes(column));
  const [first] = absent;
  if (first !== undefined && absent.length < WEIGHT_COUNTS_COLUMNS.length) refuse(first);
  return absent.length === 0;
}

/** Keeps one copy of each text: millions of rows repeat a few ids, traits and values. */
class SharedTexts {
  readonly #known = new Map<string, string>();

  of(text: string): string {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    this.#known.set(text, text);
    return text;
  }
}

/** Rows that were read, to tell when one comes again: segments by everything else that a row is about. */
class TwinRows {
  readonly #segments = new Map<string, Set<string>>();

  /** @returns whether the row is there already */
  add(segment: string, ...about: readonly [kind: string, trait: string, value: string, stratum: string]): boolean {
    // As in `cellKey`, the lengths keep apart what only looks alike when joined.
    const key = `${about.map((text) => text.length).join(':')}:${about.join('')}`;
    const segments = this.#segments.get(key) ?? new Set();
    if (segments.size === 0) this.#segments.set(key, segments);
    const isThere = segments.has(segment);
    segments.add(segment);
    return isThere;
  }
}

const KINDS = [...GROUP_KINDS, ...OTHER_KINDS] as const;

class CountsRow {
  readonly #cells: Cells;
  readonly #location: SourceLocation & { readonly line: number };
  readonly #texts: SharedTexts;

  constructor(cells: Cells, location: SourceLocation & { readonly line: number }, texts: SharedTexts) {
    this.#cells = cells;
    this.#location = location;
    this.#texts = texts;
  }

  kind(): (typeof KINDS)[number] {
    const cell = this.#cells.kind ?? '';
    if (cell === '') return 'segment';
    const known = KINDS.find((kind) => kind === cell);
    if (known !== undefined) return known;
    throw this.#fault(
      `The column "kind" holds "${cell.slice(0, 40)}".${didYouMean(cell, KINDS)} Kinds: ${KINDS.join(', ')}.`,
    );
  }

  refuseTwin(twins: TwinRows, kind: string): void {
    const { segment_id: segment = '', trait = '', value = '', stratum = '' } = this.#cells;
    if (twins.add(this.#texts.of(segment), kind, trait, value, stratum))
      throw this.#fault('This segment, trait and value stand on an earlier line too.');
  }

  text(column: string): string {
    const cell = this.#cells[column] ?? '';
    if (cell !== '') return this.#texts.of(cell);
    throw this.#fault(`The column "${column}" is empty.`);
  }

  count(column: string): number {
    const cell = this.#cells[column] ?? '';
    const number = Number(cell);
    if (/^[0-9]+$/.test(cell) && Number.isSafeInteger(number)) return number;
    throw this.#fault(`The column "${column}" holds "${cell.slice(0, 40)}", which is not a whole number of people.`);
  }

  fact(): Fact {
    const name = this.text('value');
    const known = FACTS.find((fact) => fact === name);
    if (known !== undefined) return known;
    throw this.#fault(`There is no fact "${name.slice(0, 40)}".${didYouMean(name, FACTS)} Facts: ${FACTS.join(', ')}.`);
  }

  group(kind: GroupRow['kind'], isWeighted: boolean): GroupRow {
    const optional = (column: string): number => ((this.#cells[column] ?? '') === '' ? 0 : this.count(column));
    const isNamed = kind === 'segment' || kind === 'top-scores';
    return {
      kind,
      segment: isNamed ? this.text('segment_id') : '',
      trait: this.text('trait'),
      value: this.text('value'),
      stratum: this.#texts.of(this.#cells.stratum ?? ''),
      inValue: this.count('in_value'),
      inOther: this.count('in_other'),
      outValue: this.count('out_value'),
      outOther: this.count('out_other'),
      inUnknown: optional('in_unknown'),
      outUnknown: optional('out_unknown'),
      members: (this.#cells.members ?? '') === '' ? undefined : this.count('members'),
      weights: isWeighted ? this.#weights() : undefined,
      line: this.#location.line,
    };
  }

  #weights(): GroupWeights {
    return {
      inValue: this.#weight('in_value_weight'),
      inValueSquared: this.#weight('in_value_squared_weight'),
      outValue: this.#weight('out_value_weight'),
      outValueSquared: this.#weight('out_value_squared_weight'),
    };
  }

  #weight(column: string): ExactDecimal {
    const cell = this.#cells[column] ?? '';
    const weight = parseExactDecimal(cell);
    if (weight !== undefined) return weight;
    throw this.#fault(
      `The column "${column}" holds "${cell.slice(0, 40)}", which is not a sum of weights with at most 18 places.`,
    );
  }

  #fault(message: string): AuditError {
    return new AuditError('E_COUNTS_INVALID', message, { location: this.#location });
  }
}

interface RecordListener {
  /** Hears the names of the columns, before the first row. */
  header(columns: readonly string[]): void;
  record(cells: Cells, line: number): void;
}

/**
 * Reads a CSV row by row: millions of rows as objects would take several times the memory of what is kept of them.
 *
 * @returns how many rows there are
 */
function readRecords(text: string, file: string, { header, record }: RecordListener): number {
  let rows = 0;
  try {
    parse(text, {
      bom: true,
      columns: true,
      skip_empty_lines: true,
      on_record: (cells: Cells, { lines }) => {
        if (rows === 0) header(Object.keys(cells));
        rows += 1;
        record(cells, lines);
        return null;
      },
    });
  } catch (cause) {
    if (cause instanceof AuditError) throw cause;
    const line = cause instanceof CsvError ? (cause as CsvError & { lines?: number }).lines : undefined;
    throw new AuditError('E_INPUT_CSV', `The line cannot be read: ${messageOf(cause)}.`, {
      location: { file, ...(line === undefined ? {} : { line }) },
      cause,
    });
  }
  return rows;
}
