import { AuditError } from '../../errors.ts';
import type { PanelCounts, PanelFile, PanelTotal } from '../count-source.ts';
import { knownValue, panelTotalsQuery } from '../sql/queries.ts';
import { quoteIdentifier } from '../sql/quote.ts';
import { type Database, toCount, toText } from './database.ts';
import { readFiles, tableFunction } from './row-file.ts';

/**
 * Reads the traits panel into the relation `panel(user_id, <trait columns>, stratum)`, each user once. Users that occur with
 * different values are left out and counted: neither value can be trusted.
 *
 * @throws {AuditError} E_INPUT_* when the file is broken
 */
export async function loadPanel(database: Database, input: PanelFile): Promise<Omit<PanelCounts, 'usersInExport'>> {
  const columns = input.traits.map((trait) => `${knownValue(trait)} AS ${quoteIdentifier(trait.column)}`);
  const stratum = input.stratumColumns.length === 0 ? "''" : stratumExpression(input.stratumColumns);
  await readFiles(
    database,
    `CREATE TEMP TABLE panel_row AS SELECT NULLIF(CAST(${quoteIdentifier(input.userColumn)} AS VARCHAR), '') AS user_id, ` +
      `${[...columns, `${stratum} AS stratum`].join(', ')} FROM ${tableFunction(input.file)}`,
    [input.file],
  );
  await database.execute(
    'CREATE TEMP TABLE panel_distinct AS SELECT DISTINCT * FROM panel_row WHERE user_id IS NOT NULL',
  );
  await database.execute(
    'CREATE TEMP TABLE panel AS SELECT * FROM panel_distinct WHERE user_id NOT IN ' +
      '(SELECT user_id FROM panel_distinct GROUP BY user_id HAVING COUNT(*) > 1)',
  );
  const [summary] = await database.rows(
    'SELECT (SELECT COUNT(*) FROM panel_row), (SELECT COUNT(*) FROM panel_row WHERE user_id IS NULL), ' +
      '(SELECT COUNT(*) FROM panel_distinct), (SELECT COUNT(*) FROM panel), (SELECT COUNT(DISTINCT user_id) FROM panel_distinct)',
  );
  const [rows = 0, rowsWithoutUser = 0, distinctRows = 0, users = 0, distinctUsers = 0] = (summary ?? []).map(toCount);
  await database.execute('DROP TABLE panel_row');
  await database.execute('DROP TABLE panel_distinct');
  if (users === 0) {
    throw new AuditError('E_INPUT_EMPTY', 'The traits panel holds no usable user.', {
      location: { file: input.file.shown },
    });
  }
  const totals: PanelTotal[] = [];
  for (const trait of input.traits) {
    for (const [value, stratumCell, members] of await database.rows(panelTotalsQuery(trait))) {
      totals.push({
        trait: trait.trait,
        value: toText(value),
        stratum: toText(stratumCell),
        members: toCount(members),
      });
    }
  }
  return {
    rows,
    rowsWithoutUser,
    duplicateRows: rows - rowsWithoutUser - distinctRows,
    conflictingUsers: distinctUsers - users,
    users,
    totals,
  };
}

/** One text for a combination of strata columns; the separator cannot occur in a well-formed value. */
function stratumExpression(columns: readonly string[]): string {
  return columns.map((column) => `COALESCE(CAST(${quoteIdentifier(column)} AS VARCHAR), '')`).join(" || ' / ' || ");
}
