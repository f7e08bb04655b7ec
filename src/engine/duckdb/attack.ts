import { quoteIdentifier, quoteLiteral } from '../sql/quote.ts';
import {
  type Attack,
  type AttackLabel,
  DRAW_SEED,
  FOLDS,
  type FoldCounts,
  type ScoreCount,
  type Scoring,
  UNITS_PER_BIN,
  UNITS_PER_NAT,
} from '../whole-export.ts';
import { type Database, toCount, toText } from './database.ts';

/** Relations of one attack; a sample has users and members of its own and shares the weights. */
interface AttackTables {
  readonly users: string;
  readonly members: string;
  readonly weights: string;
}

/**
 * Sets up an attack: users with fold and labels, their memberships by segment and fold, and the counts of both.
 *
 * @param labels - their traits are columns of the panel
 * @param split - users fall into other folds with another number
 * @returns what answers the scorings; its tables go when it is closed
 */
export async function openAttack(database: Database, labels: readonly AttackLabel[], split = 0): Promise<Attack> {
  const other = split === 0 ? '' : `_${split}`;
  const tables = { users: `attack_user${other}`, members: `attack_member${other}`, weights: `attack_weight${other}` };
  const columns = labels.map((label, index) => `${labelExpression(label)} AS y${index}`);
  await database.execute(
    `CREATE OR REPLACE TEMP TABLE ${tables.users} AS SELECT p.user_id AS user_id, p.user_key AS user_key, ` +
      `CAST(hash(p.user_key || '/${DRAW_SEED}/fold${other}') % ${FOLDS} AS TINYINT) AS fold${columns.map((column) => `, ${column}`).join('')} FROM panel p`,
  );
  await database.execute(
    `CREATE OR REPLACE TEMP TABLE ${tables.members} AS SELECT m.user_id AS user_id, ` +
      `CAST(enum_code(m.segment_id) AS INTEGER) * ${FOLDS} + u.fold AS slot FROM panel_membership m JOIN ${tables.users} u ON m.user_id = u.user_id`,
  );
  const segments = await segmentNames(database);
  const counts = await countFolds(database, tables, labels.length, segments.length);
  return attackOn(database, tables, { segments, counts, memberships: await countRows(database, tables.members) });
}

async function countRows(database: Database, table: string): Promise<number> {
  const [row] = await database.rows(`SELECT COUNT(*) FROM ${table}`);
  return toCount(row?.[0]);
}

/** Ids of all segments, in the order of their numbers. */
export async function segmentNames(database: Database): Promise<readonly string[]> {
  const rows = await database.rows('SELECT unnest(enum_range(NULL::segment_name))');
  return rows.map(([id]) => toText(id));
}

/** 1 with the value, 0 with another, NULL where it is not known. */
function labelExpression({ trait, value, shuffle }: AttackLabel): string {
  const column = `p.${quoteIdentifier(trait)}`;
  const hasValue = `${column} = ${quoteLiteral(value)}`;
  if (shuffle === 0) return `CAST(${hasValue} AS TINYINT)`;
  const draw = `hash(p.user_key || '/${DRAW_SEED}/shuffle/${shuffle}')`;
  const place = `ROW_NUMBER() OVER (PARTITION BY ${column} IS NULL ORDER BY ${draw}, p.user_key)`;
  return `CASE WHEN ${column} IS NULL THEN NULL ELSE CAST(${place} <= (SELECT COUNT(*) FROM panel p WHERE ${hasValue}) AS TINYINT) END`;
}

async function countFolds(
  database: Database,
  { users, members }: AttackTables,
  labels: number,
  segments: number,
): Promise<readonly FoldCounts[]> {
  const counts = Array.from({ length: labels }, () => ({
    positives: new Array<number>(FOLDS).fill(0),
    negatives: new Array<number>(FOLDS).fill(0),
    insideValue: new Float64Array(segments * FOLDS),
    insideOther: new Float64Array(segments * FOLDS),
  }));
  if (labels === 0) return counts;
  const sums = counts.map((_, index) => `, COUNT(NULLIF(u.y${index}, 0)), COUNT(u.y${index})`).join('');
  const totals = await database.rows(`SELECT u.fold${sums} FROM ${users} u GROUP BY u.fold`);
  const cells = await database.rows(
    `SELECT m.slot${sums} FROM ${members} m JOIN ${users} u ON m.user_id = u.user_id GROUP BY m.slot`,
  );
  counts.forEach((label, index) => {
    for (const row of totals) {
      const positives = toCount(row[1 + 2 * index]);
      label.positives[Number(row[0])] = positives;
      label.negatives[Number(row[0])] = toCount(row[2 + 2 * index]) - positives;
    }
    for (const row of cells) {
      const withValue = toCount(row[1 + 2 * index]);
      label.insideValue[Number(row[0])] = withValue;
      label.insideOther[Number(row[0])] = toCount(row[2 + 2 * index]) - withValue;
    }
  });
  return counts;
}

function attackOn(
  database: Database,
  tables: AttackTables,
  known: Pick<Attack, 'segments' | 'counts' | 'memberships'>,
  own: readonly string[] = [tables.users, tables.members],
): Attack {
  const { weights } = tables;
  return {
    ...known,
    async load(lists) {
      const columns = lists.map((_, index) => `w${index}`);
      const length = known.segments.length * FOLDS;
      const rows = Array.from(
        { length },
        (_, slot) => `(${[slot, ...lists.map((list) => list[slot] ?? 0)].join(',')})`,
      );
      await database.execute(
        `CREATE OR REPLACE TEMP TABLE ${weights} AS SELECT * FROM (VALUES ${rows.join(',')}) AS v(${['slot', ...columns].join(', ')})`,
      );
    },
    score: (scorings) => score(database, tables, scorings),
    sample: (label, perClass) => sample(database, tables, known, { label, perClass }),
    coarsen: (groups) => coarsen(database, tables, known, groups),
    async close() {
      for (const table of own) await database.execute(`DROP TABLE IF EXISTS ${table}`);
    },
  };
}

async function sample(
  database: Database,
  { users, members, weights }: AttackTables,
  known: Pick<Attack, 'segments' | 'counts'>,
  { label, perClass }: { readonly label: number; readonly perClass: number },
): Promise<Attack> {
  const tables = { users: 'sample_user', members: 'sample_member', weights };
  const draw = `ROW_NUMBER() OVER (PARTITION BY y${label} ORDER BY hash(user_key || '/${DRAW_SEED}/sample'), user_key)`;
  await database.execute(
    `CREATE OR REPLACE TEMP TABLE ${tables.users} AS SELECT * FROM ${users} WHERE y${label} IS NOT NULL QUALIFY ${draw} <= ${perClass}`,
  );
  await database.execute(
    `CREATE OR REPLACE TEMP TABLE ${tables.members} AS SELECT m.user_id AS user_id, m.slot AS slot FROM ${members} m ` +
      `JOIN ${tables.users} u ON m.user_id = u.user_id`,
  );
  return attackOn(database, tables, { ...known, memberships: await countRows(database, tables.members) });
}

async function coarsen(
  database: Database,
  { users, members }: AttackTables,
  { segments, counts }: Pick<Attack, 'segments' | 'counts'>,
  groups: Parameters<Attack['coarsen']>[0],
): Promise<Attack> {
  const tables = { users, members: 'coarse_member', weights: 'coarse_weight' };
  const parts = groups.flatMap(({ of }, index) => of.map((segment) => `(${segment}, ${segments.length + index})`));
  const values = parts.length === 0 ? '(NULL, NULL)' : parts.join(', ');
  await database.execute(
    `CREATE OR REPLACE TEMP TABLE ${tables.members} AS SELECT user_id, slot FROM ${members} UNION ALL ` +
      `SELECT DISTINCT m.user_id, CAST(g.whole * ${FOLDS} + m.slot % ${FOLDS} AS INTEGER) FROM ${members} m ` +
      `JOIN (VALUES ${values}) AS g(part, whole) ON m.slot // ${FOLDS} = g.part`,
  );
  const all = [...segments, ...groups.map(({ id }) => id)];
  const known = {
    segments: all,
    counts: await countFolds(database, tables, counts.length, all.length),
    memberships: await countRows(database, tables.members),
  };
  return attackOn(database, tables, known, [tables.members, tables.weights]);
}

async function score(
  database: Database,
  { users, members, weights }: AttackTables,
  scorings: readonly Scoring[],
): Promise<readonly (readonly ScoreCount[])[]> {
  if (scorings.length === 0) return [];
  const labels = [...new Set(scorings.map(({ label }) => label))];
  const each = (text: (scoring: Scoring, index: number) => string): string => scorings.map(text).join('');
  await database.execute(
    'CREATE OR REPLACE TEMP TABLE attack_score AS ' +
      `WITH weight AS MATERIALIZED (SELECT slot${each(({ label, dropped }, index) => `, ${weightExpression(label, dropped)} AS c${index}`)} FROM ${weights}), ` +
      `total AS (SELECT m.user_id AS user_id${each((_, index) => `, SUM(w.c${index}) AS c${index}`)} ` +
      `FROM ${members} m JOIN weight w ON m.slot = w.slot GROUP BY m.user_id) ` +
      `SELECT u.fold AS fold${labels.map((label) => `, u.y${label}`).join('')}${each((_, index) => `, COALESCE(t.c${index}, 0) AS c${index}`)} ` +
      `FROM ${users} u LEFT JOIN total t ON u.user_id = t.user_id`,
  );
  const histograms: ScoreCount[][] = [];
  for (const [index, { label, constants }] of scorings.entries()) {
    const constant = constants.map((value, fold) => `WHEN ${fold} THEN ${Math.round(value)}`).join(' ');
    const bins = await database.rows(
      `SELECT CAST(FLOOR((c${index} + CASE fold ${constant} END) / ${UNITS_PER_BIN}.0) AS BIGINT) AS bin, SUM(y${label}), COUNT(*) ` +
        `FROM attack_score WHERE y${label} IS NOT NULL GROUP BY bin ORDER BY bin`,
    );
    histograms.push(
      bins.map(([bin, withValue, all]) => ({
        score: ((Number(bin) + 0.5) * UNITS_PER_BIN) / UNITS_PER_NAT,
        positives: toCount(withValue),
        negatives: toCount(all) - toCount(withValue),
      })),
    );
  }
  await database.execute('DROP TABLE attack_score');
  return histograms;
}

/** A weight as a floating-point number: sums of whole numbers below 2^53 are exact in any order, and faster than those of integers. */
function weightExpression(label: number, dropped: readonly number[]): string {
  const weight = `CAST(w${label} AS DOUBLE)`;
  return dropped.length === 0
    ? weight
    : `CASE WHEN slot // ${FOLDS} IN (${dropped.join(', ')}) THEN 0.0 ELSE ${weight} END`;
}
