/**
 * Exports of segment memberships with a traits panel, in which it is known which segment goes with what.
 *
 * Kinds of segment: `no-signal`; `direct` (users with a trait value join `strength` times as often as others); `weak` (the same at 1.02 to
 * 1.2 times); `country-only` (depends on the country, in which ethnicity differs, and on nothing else); `pair-only` (alone independent of
 * orientation, but users with the value are in both of two segments about three times as often).
 */
import { between, generator, oneOf } from './random.mjs';

const COUNTRIES = { A: 0.5, B: 0.3, C: 0.2 };
const ETHNICITIES = {
  A: { x: 0.81, y: 0.14, z: 0.05 },
  B: { x: 0.31, y: 0.58, z: 0.11 },
  C: { x: 0.5, y: 0.18, z: 0.32 },
};
const AGES = { '18-24': 0.25, '25-34': 0.3, '35-54': 0.3, '55+': 0.15 };
const SHARE_LGB = 0.058;
const ODDS_OF_BOTH = 3;

/** How many segments of each kind; pair-only ones come in twos. */
export const PLANTED_SEGMENTS = { 'no-signal': 60, direct: 18, weak: 12, 'country-only': 16, 'pair-only': 24 };

/** Users with two traits and a country; ethnicity depends on the country, orientation on nothing. */
export function plantedUsers(random, count) {
  return Array.from({ length: count }, () => {
    const country = oneOf(random, COUNTRIES);
    return {
      country,
      age: oneOf(random, AGES),
      ethnicity: oneOf(random, ETHNICITIES[country]),
      orientation: random() < SHARE_LGB ? 'lgb' : 'straight',
    };
  });
}

/**
 * Makes an export.
 *
 * @param options - `seed`; `users` in the export, 40,000 by default; `segments` by kind, {@link PLANTED_SEGMENTS} by default
 * @returns CSV texts `assignments` and `traits` (a panel of about a quarter of the users: one half of those of 55 and over, one fifth of the
 *   others, with weights), and the `truth`: `segment`, `kind`, and for a signal its `trait`, `value` and `strength`
 */
export function plantedExport({ seed, users: count = 40_000, segments = PLANTED_SEGMENTS }) {
  const random = generator(seed);
  const users = plantedUsers(random, count);
  const rows = [];
  const truth = [];
  for (const { members, ...known } of plantedSegments(random, users, segments)) {
    const segment = String(1000 + truth.length);
    truth.push({ segment, ...known });
    for (const user of members) rows.push(`${user + 1},${segment}`);
  }
  return {
    assignments: `user_id,segment_id\n${rows.join('\n')}\n`,
    traits: panelText(random, users),
    truth,
  };
}

function panelText(random, users) {
  const lines = ['user_id,ethnicity,orientation,country,age_band,weight'];
  users.forEach(({ ethnicity, orientation, country, age }, user) => {
    const share = age === '55+' ? 0.5 : 0.2;
    if (random() < share) lines.push([user + 1, ethnicity, orientation, country, age, 1 / share].join(','));
  });
  return `${lines.join('\n')}\n`;
}

function* plantedSegments(random, users, counts) {
  const join = (rate) => users.flatMap((user, index) => (random() < rate(user) ? [index] : []));
  const baseRate = () => between(random, 0.01, 0.12);
  for (let n = 0; n < counts['no-signal']; n += 1) {
    const base = baseRate();
    yield { kind: 'no-signal', members: join(() => base) };
  }
  for (let n = 0; n < counts.direct; n += 1) {
    const isOrientation = n % 2 === 0;
    const trait = isOrientation ? 'orientation' : 'ethnicity';
    const value = isOrientation ? 'lgb' : oneOf(random, { y: 0.4, z: 0.6 });
    yield signal({ kind: 'direct', trait, value, strength: between(random, 2, 8) });
  }
  for (let n = 0; n < counts.weak; n += 1) {
    yield signal({ kind: 'weak', trait: 'orientation', value: 'lgb', strength: between(random, 1.02, 1.2) });
  }
  for (let n = 0; n < counts['country-only']; n += 1) {
    const value = oneOf(random, COUNTRIES);
    yield signal({ kind: 'country-only', trait: 'country', value, strength: between(random, 2.4, 5.9) });
  }
  for (let n = 0; n < counts['pair-only']; n += 2) {
    const base = between(random, 0.1, 0.19);
    const first = join(() => base);
    const inFirst = new Set(first);
    const both = (user) => (user.orientation === 'lgb' ? ODDS_OF_BOTH : 1) * base * base;
    const second = users.flatMap((user, index) => {
      const rate = inFirst.has(index) ? both(user) / base : (base - both(user)) / (1 - base);
      return random() < rate ? [index] : [];
    });
    yield { kind: 'pair-only', members: first };
    yield { kind: 'pair-only', members: second };
  }

  function signal(known) {
    const base = baseRate();
    const members = join((user) => base * (user[known.trait] === known.value ? known.strength : 1));
    return { ...known, members };
  }
}
