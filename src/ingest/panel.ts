import type { TraitColumnConfig } from '../config/config.ts';
import { didYouMean } from '../did-you-mean.ts';
import type { Notice } from '../domain/notice.ts';
import type { PanelCounts, PanelFile, RowFile, TraitColumn } from '../engine/count-source.ts';
import { AuditError } from '../errors.ts';
import { recogniseColumn, recogniseTrait, UNKNOWN_VALUES, USER_COLUMNS, WEIGHT_COLUMNS } from './column-names.ts';
import { requireColumn } from './csv-header.ts';

/** What the config says of the panel. */
export interface PanelConfig {
  readonly user?: string;
  readonly columns?: Readonly<Record<string, TraitColumnConfig>>;
  readonly strata: readonly string[];
}

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
 * @throws {AuditError} E_INPUT_COLUMN when a named column is missing; E_PANEL_INVALID when no column holds a trait, or two hold the same
 */
export function understandPanel(file: RowFile, config: PanelConfig): Panel {
  const notices: Notice[] = [];
  const userColumn =
    config.user === undefined ? recogniseUser(file) : requireColumn(file.columns, config.user, file.shown);
  const strata = config.strata.map((column) => requireColumn(file.columns, column, file.shown));
  const mapped = config.columns === undefined ? recogniseTraits(file, userColumn) : Object.entries(config.columns);
  const traits = mapped.map(
    ([column, trait]): TraitColumn => ({
      column: requireColumn(file.columns, column, file.shown),
      trait: trait.trait,
      unknownValues: trait.unknown ?? UNKNOWN_VALUES,
    }),
  );
  if (traits.length === 0) {
    throw new AuditError(
      'E_PANEL_INVALID',
      `No column is recognised as a trait. Columns: ${file.columns.join(', ')}.`,
      {
        location: { file: file.shown, line: 1 },
        hint: 'Say in the config which column holds which trait: `traits: { file: …, columns: { column: trait } }`.',
      },
    );
  }
  refuseRepeatedTraits(traits, file);
  const unused = file.columns.filter(
    (column) => column !== userColumn && !strata.includes(column) && !traits.some((trait) => trait.column === column),
  );
  if (unused.length > 0) {
    const weight = recogniseColumn(unused, WEIGHT_COLUMNS);
    notices.push({
      code: 'panel-columns-unused',
      level: weight === undefined ? 'info' : 'warning',
      message:
        `Columns of the panel that are not tested: ${unused.join(', ')}.` +
        (weight === undefined ? '' : ` "${weight}" looks like a sampling weight; the counts here are unweighted.`),
      location: { file: file.shown, line: 1 },
    });
  }
  return {
    file: { file, userColumn, traits, stratumColumns: strata },
    protectedValues: new Map(
      mapped.flatMap(([, trait]) => (trait.protected === undefined ? [] : [[trait.trait, trait.protected]])),
    ),
    notices,
  };
}

/**
 * Makes sure that every value the config protects occurs in the panel.
 *
 * @throws {AuditError} E_TRAIT_VALUE with the nearest value
 */
export function requireProtectedValues(panel: Panel, counts: PanelCounts): void {
  for (const [trait, values] of panel.protectedValues) {
    const known = new Set(counts.totals.filter((total) => total.trait === trait).map((total) => total.value));
    for (const value of values) {
      if (known.has(value)) continue;
      const list = [...known].sort().slice(0, 20).join(', ');
      throw new AuditError(
        'E_TRAIT_VALUE',
        `No panel member has the value "${value}" for the trait ${trait}.${didYouMean(value, known)} Values: ${list || 'none'}.`,
        { location: { file: panel.file.file.shown } },
      );
    }
  }
}

/** Finds the user column by usual names. */
export function recogniseUser(file: RowFile): string {
  return requireRecognised(file, USER_COLUMNS, 'user id', 'user');
}

/** Finds a column by usual names, or says how to name it. */
export function requireRecognised(file: RowFile, names: readonly string[], what: string, key: string): string {
  const column = recogniseColumn(file.columns, names);
  if (column !== undefined) return column;
  throw new AuditError(
    'E_INPUT_COLUMN',
    `No column is recognised as the ${what}. Columns: ${file.columns.join(', ')}.`,
    {
      location: { file: file.shown, line: 1 },
      hint: `Name it in the config (\`${key}: <column>\`), or call it \`${names[0]}\`.`,
    },
  );
}

function recogniseTraits(file: RowFile, userColumn: string): [string, TraitColumnConfig][] {
  const found: [string, TraitColumnConfig][] = [];
  for (const column of file.columns) {
    const trait = column === userColumn ? undefined : recogniseTrait(column);
    if (trait !== undefined && !found.some(([, earlier]) => earlier.trait === trait)) found.push([column, { trait }]);
  }
  return found;
}

function refuseRepeatedTraits(traits: readonly TraitColumn[], file: RowFile): void {
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
