import type { AuditConfig } from '../config/config.ts';
import type { Notice } from '../domain/notice.ts';
import type { ConsentFile, RowFile } from '../engine/count-source.ts';
import { AuditError } from '../errors.ts';
import { columnList } from './column-list.ts';
import {
  CONSENT_TRAIT_COLUMNS,
  GRANTED_COLUMNS,
  PURPOSE_COLUMNS,
  recogniseColumn,
  WITHDRAWN_COLUMNS,
} from './column-names.ts';
import { requireColumn } from './csv-header.ts';
import { recogniseUser } from './panel.ts';

/** What the config says of the consent file. */
export type ConsentConfig = Omit<NonNullable<AuditConfig['consent']>, 'file'>;

/**
 * Decides which column of the consent file is what: by the config, else by usual names.
 *
 * @throws {AuditError} E_INPUT_COLUMN when a named column is missing, or none tells who agreed, or to what
 */
export function understandConsent(
  file: RowFile,
  config: ConsentConfig,
): { readonly file: ConsentFile; readonly notice: Notice } {
  const userColumn =
    config.user === undefined ? recogniseUser(file) : requireColumn(file.columns, config.user, file.shown);
  const taken = [userColumn];
  const find = (named: string | undefined, usual: readonly string[]): string | undefined => {
    const free = file.columns.filter((column) => !taken.includes(column));
    const column = named === undefined ? recogniseColumn(free, usual) : requireColumn(file.columns, named, file.shown);
    if (column !== undefined) taken.push(column);
    return column;
  };
  // Where the config names what was agreed to, it says all of it.
  const isNamed = config.trait !== undefined || config.purpose !== undefined;
  const traitColumn = find(config.trait, isNamed ? [] : CONSENT_TRAIT_COLUMNS);
  const purposeColumn = find(config.purpose, isNamed ? [] : PURPOSE_COLUMNS);
  if (traitColumn === undefined && purposeColumn === undefined) {
    throw new AuditError(
      'E_INPUT_COLUMN',
      `No column is recognised as the trait or the purpose that users agreed to. ${columnList(file.columns)}`,
      {
        location: { file: file.shown, line: 1 },
        hint: 'Name it in the config (`consent: { file: …, trait: <column> }` or `purpose: <column>`), or call it `trait` or `purpose`.',
      },
    );
  }
  const grantedColumn = find(config.granted, GRANTED_COLUMNS);
  const withdrawnColumn = find(config.withdrawn, WITHDRAWN_COLUMNS);
  const roles: readonly (readonly [string, string | undefined])[] = [
    ['user', userColumn],
    ['trait', traitColumn],
    ['purpose', purposeColumn],
    ['granted', grantedColumn],
    ['withdrawn', withdrawnColumn],
  ];
  const chosen = roles.flatMap(([role, column]) => (column === undefined ? [] : [`${role} ${column}`]));
  const left = file.columns.filter((column) => !taken.includes(column));
  return {
    file: {
      file,
      userColumn,
      ...(traitColumn === undefined ? {} : { traitColumn }),
      ...(purposeColumn === undefined ? {} : { purposeColumn }),
      ...(grantedColumn === undefined ? {} : { grantedColumn }),
      ...(withdrawnColumn === undefined ? {} : { withdrawnColumn }),
    },
    notice: {
      code: 'consent-columns',
      level: 'info',
      message: `Columns of the consent file: ${chosen.join(', ')}.${left.length === 0 ? '' : ` Not read: ${left.join(', ')}.`}`,
      location: { file: file.shown, line: 1 },
    },
  };
}
