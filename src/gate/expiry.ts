/** A waiver that ends within this many days is noticed, so that there is time to decide again. */
export const WARNING_DAYS = 14;

const DAY = 86_400_000;

/**
 * Says whether a waiver still holds: through the whole of its last day, UTC. A text that is no date counts as expired, so that a slip of the
 * pen cannot accept a finding for ever.
 *
 * @param expires - last day, as year-month-day
 * @param now - time of the audit
 */
export function expiryState(expires: string, now: Date): 'active' | 'expiring' | 'expired' {
  const last = parseDay(expires);
  if (last === undefined) return 'expired';
  const left = (last - Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate())) / DAY;
  if (left < 0) return 'expired';
  return left <= WARNING_DAYS ? 'expiring' : 'active';
}

/**
 * Reads a calendar day.
 *
 * @returns its first millisecond in UTC since 1970; undefined for text of another form and for days that no month has
 */
export function parseDay(text: string): number | undefined {
  if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text)) return undefined;
  const time = Date.parse(`${text}T00:00:00Z`);
  // Some days that do not exist are read as days of the next month.
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== text ? undefined : time;
}
