import { AuditError } from '../errors.ts';

/** Now, or the time that `SOURCE_DATE_EPOCH` fixes (reproducible-builds.org). */
export function reportTime(): Date {
  const epoch = process.env.SOURCE_DATE_EPOCH;
  if (epoch === undefined || epoch === '') return new Date();
  if (!/^[0-9]{1,12}$/.test(epoch))
    throw new AuditError('E_USAGE', `SOURCE_DATE_EPOCH=${epoch}: expected seconds since 1970 as a whole number.`);
  return new Date(Number(epoch) * 1000);
}
