import type { AuditConfig, TraitColumnConfig } from '../config/config.ts';
import { didYouMean } from '../did-you-mean.ts';
import type { Notice } from '../domain/notice.ts';
import type {
  BandedTrait,
  CategoricalTrait,
  CrossedTrait,
  PanelCounts,
  PanelFile,
  ProbabilityColumn,
  RowFile,
} from '../engine/count-source.ts';
import { AuditError } from '../errors.ts';
import { columnList } from './column-list.ts';
import {
  recogniseColumn,
  recogniseTrait,
  STRATUM_COLUMNS,
  UNKNOWN_VALUES,
  USER_COLUMNS,
  WEIGHT_COLUMNS,
} from './column-names.ts';
import { requireColumn } from './csv-header.ts';

/** What the config says of the panel. */
export type PanelConfig = Omit<NonNullable<AuditConfig['traits']>, 'file'>;

/** A panel file whose columns are understood. */
export interface Panel {
  readonly file: PanelFile;
  /** Values to test by trait; a trait that is not here has all its values tested. */
  readonly protectedValues: ReadonlyMap<string, readonly string[]>;
  readonly notices: readonly Notice[];
}

/**
 * Decides which column of the panel is what: by the config, else by usual names.
 *
 * @throws {AuditError} E_INPUT_COLUMN when a named column is missing; E_PANEL_INVALID when no column holds a trait, two hold the same, or an
 *   intersection names an unknown trait
 */
export function understandPanel(file: RowFile, config: PanelConfig): Panel {
  const column = (name: string): string => requireColumn(file.columns, name, file.shown);
  const userColumn = config.user === undefined ? recogniseUser(file) : column(config.user);
  const weightColumn = config.weight === undefined ? undefined : column(config.weight);
  const columns = config.columns === undefined ? recogniseTraits(file, userColumn) : Object.entries(config.columns);
  const mapped = columns.filter(([, trait]) => trait.probabilityOf === undefined);
  const probabilities = [
    ...probabilityColumns(file),
    ...columns.flatMap(([name, { trait, probabilityOf }]) =>
      probabilityOf === undefined ? [] : [{ column: column(name), trait, value: probabilityOf }],
    ),
  ];
  const traits = mapped.map(([name, trait]) => traitOf(column(name), trait));
  if (traits.length === 0 && probabilities.length === 0) {
    throw new AuditError('E_PANEL_INVALID', `No column is recognised as a trait. ${columnList(file.columns)}`, {
      location: { file: file.shown, line: 1 },
      hint: 'Say in the config which column holds which trait: `traits: { file: …, columns: { column: trait } }`.',
    });
  }
  refuseRepeatedTraits(traits, file);
  const taken = [
    userColumn,
    ...traits.map((trait) => trait.column),
    ...(weightColumn === undefined ? [] : [weightColumn]),
  ];
  const stratumColumns = config.strata === 'auto' ? recogniseStratum(file, taken) : config.strata.map(column);
  const used = [...taken, ...stratumColumns, ...probabilities.map((probability) => probability.column)];
  return {
    file: {
      file,
      userColumn,
      traits: [...traits, ...config.intersections.map((pair) => crossTraits(pair, traits, file))],
      probabilities,
      stratumColumns,
      ...(weightColumn === undefined ? {} : { weightColumn }),
    },
    protectedValues: new Map(
      mapped.flatMap(([, trait]) => (trait.protected === undefined ? [] : [[trait.trait, trait.protected]])),
    ),
    notices: [recognitionNotice(file, userColumn, traits, stratumColumns), ...unusedColumnNotices(file, used)],
  };
}

function traitOf(column: string, { trait, unknown, bands }: TraitColumnConfig): CategoricalTrait | BandedTrait {
  const unknownValues = unknown ?? UNKNOWN_VALUES;
  if (bands === undefined) return { kind: 'categorical', trait, column, unknownValues };
  return { kind: 'banded', trait, column, unknownValues, bands: [...bands].sort((x, y) => x - y) };
}

function crossTraits(
  [first, second]: readonly [string, string],
  traits: readonly (CategoricalTrait | BandedTrait)[],
  file: RowFile,
): CrossedTrait {
  const find = (id: string): CategoricalTrait | BandedTrait => {
    const trait = traits.find((candidate) => candidate.trait === id);
    if (trait !== undefined) return trait;
    const known = traits.map((candidate) => candidate.trait);
    throw new AuditError(
      'E_PANEL_INVALID',
      `The intersection names "${id}", which no column holds.${didYouMean(id, known)}`,
      {
        location: { file: file.shown, line: 1 },
        hint: `Traits of this panel: ${known.join(', ')}.`,
      },
    );
  };
  return { kind: 'crossed', trait: `${first} x ${second}`, of: [find(first), find(second)] };
}

/** Columns called `trait:value` hold the probability that the user has the value. */
function probabilityColumns(file: RowFile): readonly ProbabilityColumn[] {
  return file.columns.flatMap((column) => {
    const [trait = '', value = '', ...more] = column.split(':');
    return trait !== '' && value !== '' && more.length === 0 ? [{ column, trait, value }] : [];
  });
}

/** A column that usually explains more than it reveals: users of one country look alike for many reasons. */
function recogniseStratum(file: RowFile, taken: readonly string[]): readonly string[] {
  const column = recogniseColumn(
    file.columns.filter((candidate) => !taken.includes(candidate)),
    STRATUM_COLUMNS,
  );
  return column === undefined ? [] : [column];
}

function recognitionNotice(
  file: RowFile,
  userColumn: string,
  traits: readonly (CategoricalTrait | BandedTrait)[],
  strata: readonly string[],
): Notice {
  const mapped = traits.map(({ column, trait }) => (column === trait ? column : `${column} as ${trait}`)).join(', ');
  const within = strata.length === 0 ? '' : `; strata: ${strata.join(', ')}`;
  return {
    code: 'panel-columns',
    level: 'info',
    message: `Columns of the panel: user ${userColumn}; traits ${mapped === '' ? 'as probabilities only' : mapped}${within}.`,
    location: { file: file.shown, line: 1 },
  };
}

function unusedColumnNotices(file: RowFile, used: readonly string[]): readonly Notice[] {
  const unused = file.columns.filter((column) => !used.includes(column));
  if (unused.length === 0) return [];
  const weight = recogniseColumn(unused, WEIGHT_COLUMNS);
  const hint = ` "${weight}" looks like a sampling weight; without \`traits: { weight: ${weight} }\` every figure is unweighted.`;
  return [
    {
      code: 'panel-columns-unused',
      level: weight === undefined ? 'info' : 'warning',
      message: `Columns of the panel that are not tested: ${unused.join(', ')}.${weight === undefined ? '' : hint}`,
      location: { file: file.shown, line: 1 },
    },
  ];
}

/**
 * Makes sure that every value the config protects occurs in the panel.
 *
 * @throws {AuditError} E_TRAIT_VALUE with the nearest value
 */
export function requireProtectedValues(
  protectedValues: Panel['protectedValues'],
  counts: PanelCounts,
  shown: string,
): void {
  for (const [trait, values] of protectedValues) {
    const known = new Set(
      counts.totals.flatMap((total) => (total.trait === trait && total.value !== null ? [total.value] : [])),
    );
    for (const value of values) {
      if (known.has(value)) continue;
      const list = [...known].sort().slice(0, 20).join(', ');
      throw new AuditError(
        'E_TRAIT_VALUE',
        `No panel member has the value "${value}" for the trait ${trait}.${didYouMean(value, known)} Values: ${list || 'none'}.`,
        { location: { file: shown } },
      );
    }
  }
}

/** Finds the user column by usual names. */
export function recogniseUser(file: RowFile): string {
  return requireRecognised(file, USER_COLUMNS, 'user id', 'user: <column>');
}

/** Finds a column by usual names among some of a file's, all when left out, or says how to name it. */
export function requireRecognised(
  file: RowFile,
  names: readonly string[],
  what: string,
  key: string,
  { hint, among = file.columns }: { readonly hint?: string | undefined; readonly among?: readonly string[] } = {},
): string {
  const column = recogniseColumn(among, names);
  if (column !== undefined) return column;
  throw new AuditError('E_INPUT_COLUMN', `No column is recognised as the ${what}. ${columnList(file.columns)}`, {
    location: { file: file.shown, line: 1 },
    hint: hint ?? `Name it in the config (\`${key}\`), or call it \`${names[0]}\`.`,
  });
}

function recogniseTraits(file: RowFile, userColumn: string): [string, TraitColumnConfig][] {
  const found: [string, TraitColumnConfig][] = [];
  for (const column of file.columns) {
    const trait = column === userColumn ? undefined : recogniseTrait(column);
    if (trait !== undefined && !found.some(([, earlier]) => earlier.trait === trait)) found.push([column, { trait }]);
  }
  return found;
}

function refuseRepeatedTraits(traits: readonly (CategoricalTrait | BandedTrait)[], file: RowFile): void {
  const columns = new Map<string, string>();
  for (const { trait, column } of traits) {
    const earlier = columns.get(trait);
    if (earlier !== undefined) {
      throw new AuditError(
        'E_PANEL_INVALID',
        `The columns "${earlier}" and "${column}" are both mapped to the trait ${trait}.`,
        {
          location: { file: file.shown, line: 1 },
          hint: 'Give one of them a trait id of its own, such as ethnicity_detail.',
        },
      );
    }
    columns.set(trait, column);
  }
}
