import type { ConsentCounts, ConsentDemand, ConsentFile } from '../count-source.ts';
import { consentingUsersQuery, consentRowsQuery } from '../sql/consent-queries.ts';
import { type Database, toCount, toText } from './database.ts';
import { refuseNulRows } from './refuse-nul.ts';
import { readFiles, relationOf } from './row-file.ts';

/** Answers questions about the consent that was loaded. */
export type CountConsent = (demands: readonly ConsentDemand[]) => Promise<ConsentCounts>;

/**
 * Reads the consent file into `consent(user_id, trait, purpose)`: what users of the export have agreed to. Where one row of a user grants what
 * another refuses or withdraws, it counts as not agreed to, since nothing says which came last.
 *
 * Runs after `loadMembership`.
 *
 * @throws {AuditError} E_INPUT_* when the file is broken
 */
export async function loadConsent(database: Database, consentFile: ConsentFile): Promise<CountConsent> {
  const { file } = consentFile;
  await readFiles(
    database,
    'CREATE TEMP TABLE consent_row AS SELECT r.user_key AS user_key, u.user_id AS user_id, r.trait AS trait, r.purpose AS purpose, r.is_granted AS is_granted ' +
      `FROM (${consentRowsQuery(consentFile, relationOf(file, { ids: [consentFile.userColumn] }))}) r LEFT JOIN user_number u ON r.user_key = u.user_key`,
    [file],
  );
  const columns = ['user_key', 'trait', 'purpose'];
  await refuseNulRows(database, { relation: 'consent_row', columns, kind: 'consent', shown: file.shown });
  const subjects = [
    ...(consentFile.traitColumn === undefined ? [] : ['trait']),
    ...(consentFile.purposeColumn === undefined ? [] : ['purpose']),
  ];
  const isWhole = subjects.map((column) => `${column} IS NOT NULL`).join(' AND ');
  const [row] = await database.rows(
    'SELECT COUNT(*) FILTER (WHERE user_key IS NULL), ' +
      `COUNT(*) FILTER (WHERE user_key IS NOT NULL AND NOT (${isWhole})), COUNT(DISTINCT user_id) FROM consent_row`,
  );
  const [rowsWithoutUser = 0, rowsWithoutSubject = 0, usersInExport = 0] = (row ?? []).map(toCount);
  await database.execute(
    `CREATE TEMP TABLE consent AS SELECT user_id, trait, purpose FROM consent_row WHERE user_id IS NOT NULL AND ${isWhole} ` +
      'GROUP BY user_id, trait, purpose HAVING bool_and(is_granted)',
  );
  await database.execute('DROP TABLE consent_row');
  return async (demands) => {
    const consenting: ConsentCounts['consenting'][number][] = [];
    for (const demand of demands) {
      const rows = await database.rows(
        `SELECT m.segment_id, COUNT(*) FROM membership m JOIN (${consentingUsersQuery(consentFile, demand)}) c ON m.user_id = c.user_id GROUP BY m.segment_id`,
      );
      consenting.push(rows.map(([segment, members]) => ({ segment: toText(segment), members: toCount(members) })));
    }
    return { rowsWithoutUser, rowsWithoutSubject, usersInExport, consenting };
  };
}
