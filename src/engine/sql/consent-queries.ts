import type { ConsentDemand, ConsentFile } from '../count-source.ts';
import { quoteIdentifier, quoteLiteral } from './quote.ts';

/** What grants, and what does not withdraw; compared after folding. */
export const GRANTING_VALUES: readonly string[] = [
  'true',
  't',
  'yes',
  'y',
  '1',
  'granted',
  'given',
  'consented',
  'active',
  'accepted',
  'explicit',
  'opt_in',
  'opted_in',
];
const NOT_WITHDRAWN: readonly string[] = ['', 'false', 'f', 'no', 'n', '0', 'null', 'none'];

/**
 * Rows of the consent file: columns `user_key, trait, purpose, is_granted`; what the file does not tell is NULL.
 *
 * @param table - table function that reads the file
 */
export function consentRowsQuery(file: ConsentFile, table: string): string {
  const folded = (column: string | undefined): string =>
    column === undefined ? 'CAST(NULL AS VARCHAR)' : `NULLIF(${fold(textOf(column))}, '')`;
  const granted =
    file.grantedColumn === undefined ? 'true' : `COALESCE(${isOneOf(file.grantedColumn, GRANTING_VALUES)}, false)`;
  const kept =
    file.withdrawnColumn === undefined ? 'true' : `COALESCE(${isOneOf(file.withdrawnColumn, NOT_WITHDRAWN)}, true)`;
  return (
    `SELECT NULLIF(${textOf(file.userColumn)}, '') AS user_key, ${folded(file.traitColumn)} AS trait, ${folded(file.purposeColumn)} AS purpose, ` +
    `${granted} AND ${kept} AS is_granted FROM ${table}`
  );
}

/**
 * Users who have agreed to everything that a demand names: column `user_id`. Reads `consent(user_id, trait, purpose)`, each row once.
 */
export function consentingUsersQuery(file: ConsentFile, { traitNames, purposes }: ConsentDemand): string {
  const isTrait =
    file.traitColumn === undefined
      ? 'true'
      : `trait IN (${traitNames.map((name) => fold(quoteLiteral(name))).join(', ')})`;
  if (file.purposeColumn === undefined) return `SELECT DISTINCT user_id FROM consent WHERE ${isTrait}`;
  const asked = purposes.map((purpose) => `(${fold(quoteLiteral(purpose))})`).join(', ');
  return (
    `SELECT user_id FROM consent WHERE ${isTrait} AND purpose IN (SELECT p FROM (VALUES ${asked}) AS v(p)) GROUP BY user_id ` +
    `HAVING COUNT(DISTINCT purpose) = (SELECT COUNT(DISTINCT p) FROM (VALUES ${asked}) AS v(p))`
  );
}

function textOf(column: string): string {
  return `CAST(${quoteIdentifier(column)} AS VARCHAR)`;
}

function isOneOf(column: string, values: readonly string[]): string {
  return `${fold(textOf(column))} IN (${values.map((value) => quoteLiteral(value)).join(', ')})`;
}

/** Lower case, words joined by `_`: `sexualOrientation`, `Sexual orientation` and `sexual_orientation` are one. */
function fold(text: string): string {
  const split = `regexp_replace(${text}, '([a-z0-9])([A-Z])', '\\1_\\2', 'g')`;
  return `trim(regexp_replace(lower(${split}), '[^\\p{L}\\p{N}]+', '_', 'g'), '_')`;
}
