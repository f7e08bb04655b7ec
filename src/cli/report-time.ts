import { AuditError } from '../errors.ts';

/** End of the year 9999: the last time that ISO 8601 writes with four digits for the year. */
const LAST_SECOND = 253_402_300_799;

/** Now, or the time that `SOURCE_DATE_EPOCH` fixes (reproducible-builds.org). */
export function reportTime(): Date {
  const epoch = process.env.SOURCE_DATE_EPOCH;
  if (epoch === undefined || epoch === '') return new Date();
  if (!/^[0-9]{1,12}$/.test(epoch) || Number(epoch) > LAST_SECOND)
    throw new AuditError(
      'E_USAGE',
      `SOURCE_DATE_EPOCH=${epoch}: expected seconds since 1970 as a whole number, before the year 10000.`,
    );
  return new Date(Number(epoch) * 1000);
}
