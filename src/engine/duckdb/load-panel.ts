import { AuditError } from '../../errors.ts';
import type { Moments, PanelCounts, PanelFile, PanelTotal } from '../count-source.ts';
import { panelTotalsQuery, probabilityColumn, traitValue } from '../sql/queries.ts';
import { quoteIdentifier } from '../sql/quote.ts';
import { type Cell, type Database, toCount, toText } from './database.ts';
import { refuseNulRows } from './refuse-nul.ts';
import { readFiles, relationOf } from './row-file.ts';

/**
 * Weights are decimals with nine places, so that their sums are exact and the same in any order of addition. They may be as large as a
 * census has people.
 */
const WEIGHT_TYPE = 'DECIMAL(18, 9)';

/** Probabilities with seven places: their squares times squared weights still fit a decimal of 38 digits. */
const PROBABILITY_TYPE = 'DECIMAL(8, 7)';

/**
 * Reads the traits panel into the relation `panel(user_id, user_key, <one column per trait>, stratum, weight)`, each user once. Users that occur
 * with different values are left out and counted: neither value can be trusted.
 *
 * @param isJoined - whether an export was loaded before, whose numbers the panel's users take over
 * @throws {AuditError} E_INPUT_* when the file is broken or holds no usable user
 */
export async function loadPanel(
  database: Database,
  input: PanelFile,
  isJoined: boolean,
): Promise<Omit<PanelCounts, 'usersInExport'>> {
  const traits = input.traits.map((trait) => `${traitValue(trait)} AS ${quoteIdentifier(trait.trait)}`);
  const probabilities = input.probabilities.map(
    ({ column, trait, value }) =>
      `${inUnitInterval(`TRY_CAST(${quoteIdentifier(column)} AS ${PROBABILITY_TYPE})`)} AS ${quoteIdentifier(probabilityColumn(trait, value))}`,
  );
  const stratum = input.stratumColumns.length === 0 ? "''" : stratumExpression(input.stratumColumns);
  const weight = input.weightColumn === undefined ? '1' : quoteIdentifier(input.weightColumn);
  await readFiles(
    database,
    `CREATE TEMP TABLE panel_row AS SELECT NULLIF(CAST(${quoteIdentifier(input.userColumn)} AS VARCHAR), '') AS user_key, ` +
      `${[...traits, ...probabilities].map((column) => `${column}, `).join('')}${stratum} AS stratum, TRY_CAST(${weight} AS ${WEIGHT_TYPE}) AS weight FROM ${relationOf(input.file, { ids: [input.userColumn] })}`,
    [input.file],
  );
  const textColumns = ['user_key', 'stratum', ...input.traits.map(({ trait }) => trait)];
  await refuseNulRows(database, {
    relation: 'panel_row',
    columns: textColumns,
    kind: 'panel',
    shown: input.file.shown,
  });
  await database.execute(
    'CREATE TEMP TABLE panel_distinct AS SELECT DISTINCT * FROM panel_row WHERE user_key IS NOT NULL AND weight > 0',
  );
  const columns = 'p.* EXCLUDE (user_key)';
  const isUnique = 'p.user_key NOT IN (SELECT user_key FROM panel_distinct GROUP BY user_key HAVING COUNT(*) > 1)';
  if (isJoined) {
    // The users of the export may be many more than those of the panel, so it is these that the join keeps in memory.
    await database.execute(
      'CREATE TEMP TABLE panel_number AS SELECT u.user_key AS user_key, u.user_id AS user_id FROM user_number u ' +
        'JOIN (SELECT DISTINCT user_key FROM panel_distinct) p ON u.user_key = p.user_key',
    );
  }
  await database.execute(
    isJoined
      ? `CREATE TEMP TABLE panel AS SELECT COALESCE(u.user_id, -CAST(ROW_NUMBER() OVER () AS BIGINT)) AS user_id, p.user_key AS user_key, ${columns} ` +
          `FROM panel_distinct p LEFT JOIN panel_number u ON u.user_key = p.user_key WHERE ${isUnique}`
      : `CREATE TEMP TABLE panel AS SELECT p.user_key AS user_id, p.user_key AS user_key, ${columns} FROM panel_distinct p WHERE ${isUnique}`,
  );
  if (isJoined) await database.execute('DROP TABLE panel_number');
  const [summary] = await database.rows(
    'SELECT (SELECT COUNT(*) FROM panel_row), (SELECT COUNT(*) FROM panel_row WHERE user_key IS NULL), ' +
      '(SELECT COUNT(*) FROM panel_row WHERE user_key IS NOT NULL AND (weight IS NULL OR weight <= 0)), ' +
      '(SELECT COUNT(*) FROM panel_distinct), (SELECT COUNT(*) FROM panel), (SELECT COUNT(DISTINCT user_key) FROM panel_distinct)',
  );
  const [rows = 0, rowsWithoutUser = 0, rowsWithoutWeight = 0, distinctRows = 0, users = 0, distinctUsers = 0] = (
    summary ?? []
  ).map(toCount);
  await database.execute('DROP TABLE panel_row');
  await database.execute('DROP TABLE panel_distinct');
  if (users === 0) {
    throw new AuditError('E_INPUT_EMPTY', 'The traits panel holds no usable user.', {
      location: { file: input.file.shown },
    });
  }
  const totals: PanelTotal[] = [];
  for (const trait of input.traits) {
    for (const [value, stratumCell, ...moments] of await database.rows(
      panelTotalsQuery(trait, input.weightColumn !== undefined),
    )) {
      totals.push({
        trait: trait.trait,
        value: toNullableText(value),
        stratum: toText(stratumCell),
        ...toMoments(moments),
      });
    }
  }
  return {
    rows,
    rowsWithoutUser,
    rowsWithoutWeight,
    duplicateRows: rows - rowsWithoutUser - rowsWithoutWeight - distinctRows,
    conflictingUsers: distinctUsers - users,
    users,
    totals,
  };
}

/** Reads the columns `members[, weight, squared_weight]`; without weights everybody weighs 1. */
export function toMoments([people, weight, squaredWeight]: readonly Cell[]): Moments {
  const members = toCount(people);
  if (weight === undefined || squaredWeight === undefined) return { members, weight: members, squaredWeight: members };
  return { members, weight: Number(weight), squaredWeight: Number(squaredWeight) };
}

/** Reads text that may be NULL. */
export function toNullableText(cell: Cell | undefined): string | null {
  return cell === null ? null : toText(cell);
}

/** What is no probability is not known. */
function inUnitInterval(number: string): string {
  return `CASE WHEN ${number} BETWEEN 0 AND 1 THEN ${number} ELSE NULL END`;
}

/** One text for a combination of strata columns; an empty cell is a stratum too. */
function stratumExpression(columns: readonly string[]): string {
  return columns.map((column) => `COALESCE(CAST(${quoteIdentifier(column)} AS VARCHAR), '')`).join(" || ' / ' || ");
}
