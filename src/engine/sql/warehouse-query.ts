import type { AssignmentTable, PanelTable } from '../count-source.ts';
import type { Fact } from '../counts-columns.ts';
import type { Dialect } from './dialects/dialect.ts';
import { type ColumnWriter, decimalOf, numberOf, traitValue } from './queries.ts';
import { quoteIdentifier, quoteLiteral } from './quote.ts';

/** The tables of a warehouse that stand for assignments and panel. */
export interface WarehouseTables {
  readonly assignments: AssignmentTable;
  readonly panel: PanelTable;
  /** Values to test by trait; a trait that is not here has all its values tested. */
  readonly protectedValues: ReadonlyMap<string, readonly string[]>;
  /** Segments that an audit of an earlier result flagged: users in any of them are a group too. */
  readonly flagged: readonly string[];
}

/** Weights have nine places, as in the embedded engine; probabilities seven. */
const WEIGHT_PLACES = 9;
const PROBABILITY_PLACES = 7;

/**
 * Writes one query whose result is a counts file: all that an audit needs to judge segments by their members, and no row of a user. It
 * counts what the embedded engine counts, by the same rules.
 *
 * @returns SQL that ends with a semicolon; the same tables give the same text
 */
export function warehouseQuery(tables: WarehouseTables, dialect: Dialect): string {
  const isWeighted = tables.panel.weightColumn !== undefined;
  const relations = [
    ...membershipRelations(tables, dialect),
    ...panelRelations(tables, dialect),
    ...groupRelations(tables, dialect),
    ...tableRelations(isWeighted),
    ...factRelations(tables),
  ];
  const common = relations.map(([name, query]) => `${name} AS (\n${query}\n)`).join(',\n');
  const result = [tableRows(dialect, isWeighted), ...factRows(isWeighted), ...mappingRows(tables, dialect)];
  const suffix = dialect.suffix === '' ? '' : `\n${dialect.suffix}`;
  return `WITH ${common}\n${result.join('\nUNION ALL\n')}${suffix};\n`;
}

/** Name and query of a common table expression; names begin with `tl_`, so that they meet no table. */
type Relation = readonly [name: string, query: string];

function lines(...parts: readonly string[]): string {
  return parts.map((part) => `  ${part}`).join('\n');
}

function nameOf(table: readonly string[], { quoting }: Dialect): string {
  return table.map((part) => quoteIdentifier(part, quoting)).join('.');
}

function membershipRelations({ assignments }: WarehouseTables, dialect: Dialect): readonly Relation[] {
  const text = (column: string): string => dialect.text(`r.${quoteIdentifier(column, dialect.quoting)}`);
  const { table, userColumn, segmentColumn, scoreColumn, threshold } = assignments;
  const score = scoreColumn === undefined ? '' : `, ${numberOf(text(scoreColumn), dialect)} AS score`;
  return [
    [
      'tl_assignment_row',
      lines(
        `SELECT NULLIF(${text(userColumn)}, '') AS user_key, NULLIF(${text(segmentColumn)}, '') AS segment_key${score}`,
        `FROM ${nameOf(table, dialect)} r`,
      ),
    ],
    [
      'tl_membership',
      lines(
        `SELECT user_key, segment_key${scoreColumn === undefined ? '' : ', MAX(score) AS score'}`,
        `FROM tl_assignment_row WHERE user_key IS NOT NULL AND segment_key IS NOT NULL${threshold === undefined ? '' : ` AND score >= ${threshold}`}`,
        'GROUP BY user_key, segment_key',
      ),
    ],
  ];
}

/** The panel, each user once; users that occur with different values are left out. */
function panelRelations({ panel }: WarehouseTables, dialect: Dialect): readonly Relation[] {
  const { traits, probabilities, stratumColumns, weightColumn } = panel;
  const column = (name: string): string => `r.${quoteIdentifier(name, dialect.quoting)}`;
  const writer: ColumnWriter = { dialect, column };
  const text = (name: string): string => dialect.text(column(name));
  const values = traits.map((_, index) => `t${index}`);
  const others = [
    ...probabilities.map((_, index) => `p${index}`),
    'stratum',
    ...(weightColumn === undefined ? [] : ['weight']),
  ];
  const kept = ['stratum', ...(weightColumn === undefined ? [] : ['weight'])];
  const stratum =
    stratumColumns.length === 0
      ? "''"
      : stratumColumns.map((name) => `COALESCE(${text(name)}, '')`).join(" || ' / ' || ");
  const hasWeight = weightColumn === undefined ? '' : ' AND weight > 0';
  return [
    [
      'tl_panel_row',
      lines(
        `SELECT NULLIF(${text(panel.userColumn)}, '') AS user_key,`,
        ...traits.map((trait, index) => `  ${traitValue(trait, writer)} AS t${index},`),
        ...probabilities.map((one, index) => `  ${unitInterval(text(one.column), dialect)} AS p${index},`),
        ...(weightColumn === undefined
          ? []
          : [`  ${decimalOf(text(weightColumn), WEIGHT_PLACES, dialect)} AS weight,`]),
        `  ${stratum} AS stratum`,
        `FROM ${nameOf(panel.table, dialect)} r`,
      ),
    ],
    [
      'tl_panel_distinct',
      lines(
        `SELECT DISTINCT user_key, ${[...values, ...others].join(', ')}`,
        `FROM tl_panel_row WHERE user_key IS NOT NULL${hasWeight}`,
      ),
    ],
    [
      'tl_panel',
      lines(
        `SELECT d.user_key AS user_key, ${[...values, ...kept].map((name) => `MIN(d.${name}) AS ${name}`).join(', ')}`,
        'FROM tl_panel_distinct d GROUP BY d.user_key HAVING COUNT(*) = 1',
      ),
    ],
    [
      'tl_panel_value',
      traits
        .map(({ trait }, index) =>
          lines(
            `SELECT user_key, ${kept.join(', ')}, ${quoteLiteral(trait, dialect.quoting)} AS trait, t${index} AS value FROM tl_panel`,
          ),
        )
        .join('\n  UNION ALL\n'),
    ],
  ];
}

function unitInterval(text: string, dialect: Dialect): string {
  const number = decimalOf(text, PROBABILITY_PLACES, dialect);
  return `CASE WHEN ${number} BETWEEN 0 AND 1 THEN ${number} END`;
}

/** Segments, and the groups of panel members that no segment names. */
function groupRelations({ assignments, flagged }: WarehouseTables, dialect: Dialect): readonly Relation[] {
  const hasScores = assignments.scoreColumn !== undefined;
  const scores: readonly Relation[] = [
    [
      'tl_ranked_score',
      lines(
        'SELECT m.user_key AS user_key, m.segment_key AS segment_key,',
        `  NTILE(10) OVER (PARTITION BY m.segment_key ORDER BY m.score DESC, ${dialect.byCodePoint('p.user_key')}) AS tenth`,
        'FROM tl_membership m JOIN tl_panel p ON p.user_key = m.user_key WHERE m.score IS NOT NULL',
      ),
    ],
  ];
  return [
    [
      'tl_panel_load',
      lines(
        'SELECT p.user_key AS user_key, COUNT(m.segment_key) AS memberships',
        'FROM tl_panel p LEFT JOIN tl_membership m ON m.user_key = p.user_key GROUP BY p.user_key',
      ),
    ],
    [
      'tl_ranked_load',
      lines(
        'SELECT memberships, ROW_NUMBER() OVER (ORDER BY memberships) AS place, COUNT(*) OVER () AS people',
        'FROM tl_panel_load',
      ),
    ],
    ...(hasScores ? scores : []),
    [
      'tl_group_member',
      lines(
        "SELECT 'segment' AS kind, user_key, segment_key FROM tl_membership",
        "UNION ALL SELECT 'no-segment' AS kind, user_key, '' AS segment_key FROM tl_panel_load WHERE memberships = 0",
        "UNION ALL SELECT 'most-memberships' AS kind, user_key, '' AS segment_key FROM tl_panel_load",
        '  WHERE memberships > (SELECT MIN(memberships) FROM tl_ranked_load WHERE 10 * place >= 9 * people)',
        ...(flagged.length === 0
          ? []
          : [
              "UNION ALL SELECT DISTINCT 'flagged' AS kind, user_key, '' AS segment_key FROM tl_membership",
              `  WHERE segment_key IN (${flagged.map((segment) => quoteLiteral(segment, dialect.quoting)).join(', ')})`,
            ]),
        ...(hasScores
          ? ["UNION ALL SELECT 'top-scores' AS kind, user_key, segment_key FROM tl_ranked_score WHERE tenth = 1"]
          : []),
      ),
    ],
    [
      'tl_group',
      lines('SELECT kind, segment_key, COUNT(*) AS members FROM tl_group_member GROUP BY kind, segment_key'),
    ],
  ];
}

/** Panel members by trait, value and stratum, in all and by group. */
function tableRelations(isWeighted: boolean): readonly Relation[] {
  const sums = `COUNT(*) AS members${isWeighted ? ', SUM(v.weight) AS weight, SUM(v.weight * v.weight) AS squared_weight' : ''}`;
  const known = 'SUM(CASE WHEN value IS NULL THEN 0 ELSE members END) AS known_members';
  const unknown = 'SUM(CASE WHEN value IS NULL THEN members ELSE 0 END) AS unknown_members';
  return [
    [
      'tl_total',
      lines(`SELECT v.trait, v.stratum, v.value, ${sums} FROM tl_panel_value v GROUP BY v.trait, v.stratum, v.value`),
    ],
    [
      'tl_cell',
      lines(
        `SELECT g.kind, g.segment_key, v.trait, v.stratum, v.value, ${sums}`,
        'FROM tl_group_member g JOIN tl_panel_value v ON g.user_key = v.user_key',
        'GROUP BY g.kind, g.segment_key, v.trait, v.stratum, v.value',
      ),
    ],
    ['tl_value', lines('SELECT DISTINCT trait, value FROM tl_total WHERE value IS NOT NULL')],
    ['tl_stratum', lines(`SELECT trait, stratum, ${known}, ${unknown} FROM tl_total GROUP BY trait, stratum`)],
    [
      'tl_inside',
      lines(
        `SELECT kind, segment_key, trait, stratum, ${known}, ${unknown}`,
        'FROM tl_cell GROUP BY kind, segment_key, trait, stratum',
      ),
    ],
  ];
}

/** One row per group, trait, value and stratum; what does not occur is a count of 0. */
function tableRows(dialect: Dialect, isWeighted: boolean): string {
  const count = (expression: string): string => `CAST(${expression} AS ${dialect.countType})`;
  const [inside, total] = ['COALESCE(c.members, 0)', 'COALESCE(t.members, 0)'];
  const [known, unknown] = ['COALESCE(i.known_members, 0)', 'COALESCE(i.unknown_members, 0)'];
  const weights = ['weight', 'squared_weight'].map(
    (sum) =>
      [dialect.text(`COALESCE(c.${sum}, 0)`), dialect.text(`COALESCE(t.${sum}, 0) - COALESCE(c.${sum}, 0)`)] as const,
  );
  const columns: readonly (readonly [string, string])[] = [
    ['segment_id', 'g.segment_key'],
    ['trait', 'v.trait'],
    ['value', 'v.value'],
    ['in_value', count(inside)],
    ['in_other', count(`${known} - ${inside}`)],
    ['out_value', count(`${total} - ${inside}`)],
    ['out_other', count(`s.known_members - ${known} - ${total} + ${inside}`)],
    ['kind', 'g.kind'],
    ['stratum', 's.stratum'],
    ['in_unknown', count(unknown)],
    ['out_unknown', count(`s.unknown_members - ${unknown}`)],
    ['members', count('g.members')],
    ...(isWeighted
      ? ([
          ['in_value_weight', weights[0]?.[0] ?? ''],
          ['in_value_squared_weight', weights[1]?.[0] ?? ''],
          ['out_value_weight', weights[0]?.[1] ?? ''],
          ['out_value_squared_weight', weights[1]?.[1] ?? ''],
        ] as const)
      : []),
  ];
  return [
    `SELECT\n${columns.map(([name, expression]) => `  ${expression} AS ${quoteIdentifier(name, dialect.quoting)}`).join(',\n')}`,
    'FROM tl_group g CROSS JOIN tl_value v JOIN tl_stratum s ON s.trait = v.trait',
    'LEFT JOIN tl_total t ON t.trait = v.trait AND t.value = v.value AND t.stratum = s.stratum',
    'LEFT JOIN tl_inside i ON i.kind = g.kind AND i.segment_key = g.segment_key AND i.trait = v.trait AND i.stratum = s.stratum',
    'LEFT JOIN tl_cell c ON c.kind = g.kind AND c.segment_key = g.segment_key AND c.trait = v.trait',
    '  AND c.value = v.value AND c.stratum = s.stratum',
  ].join('\n');
}

/** Where each fact stands: its relation and column. */
const FACT_PLACES: Readonly<Record<Fact, readonly [relation: string, column: string]>> = {
  'assignment-rows': ['tl_assignment_fact', 'all_rows'],
  'assignment-rows-without-user': ['tl_assignment_fact', 'without_user'],
  'assignment-rows-without-segment': ['tl_assignment_fact', 'without_segment'],
  'assignment-rows-score-unreadable': ['tl_assignment_fact', 'score_unreadable'],
  'assignment-rows-below-threshold': ['tl_assignment_fact', 'below_threshold'],
  'assignment-rows-usable': ['tl_assignment_fact', 'usable'],
  users: ['tl_user_fact', 'users'],
  'panel-rows': ['tl_panel_fact', 'all_rows'],
  'panel-rows-without-user': ['tl_panel_fact', 'without_user'],
  'panel-rows-without-weight': ['tl_panel_fact', 'without_weight'],
  'panel-rows-distinct': ['tl_distinct_fact', 'all_rows'],
  'panel-users-distinct': ['tl_distinct_fact', 'users'],
  'panel-users': ['tl_load_fact', 'users'],
  'panel-users-in-export': ['tl_load_fact', 'in_export'],
};

function factRelations({ assignments, panel }: WarehouseTables): readonly Relation[] {
  const { threshold } = assignments;
  const never = '1 = 0';
  const isScored = threshold === undefined ? '' : ` AND score >= ${threshold}`;
  const countIf = (condition: string, name: string): string => `COUNT(CASE WHEN ${condition} THEN 1 END) AS ${name}`;
  const withoutWeight =
    panel.weightColumn === undefined ? never : 'user_key IS NOT NULL AND (weight IS NULL OR weight <= 0)';
  return [
    [
      'tl_assignment_fact',
      lines(
        `SELECT COUNT(*) AS all_rows, ${countIf('user_key IS NULL', 'without_user')},`,
        `  ${countIf(threshold === undefined ? never : 'user_key IS NOT NULL AND score IS NULL', 'score_unreadable')},`,
        `  ${countIf(threshold === undefined ? never : `user_key IS NOT NULL AND score < ${threshold}`, 'below_threshold')},`,
        `  ${countIf(`user_key IS NOT NULL AND segment_key IS NULL${isScored}`, 'without_segment')},`,
        `  ${countIf(`user_key IS NOT NULL AND segment_key IS NOT NULL${isScored}`, 'usable')}`,
        'FROM tl_assignment_row',
      ),
    ],
    ['tl_user_fact', lines('SELECT COUNT(DISTINCT user_key) AS users FROM tl_membership')],
    [
      'tl_panel_fact',
      lines(
        `SELECT COUNT(*) AS all_rows, ${countIf('user_key IS NULL', 'without_user')}, ${countIf(withoutWeight, 'without_weight')}`,
        'FROM tl_panel_row',
      ),
    ],
    [
      'tl_distinct_fact',
      lines('SELECT COUNT(*) AS all_rows, COUNT(DISTINCT user_key) AS users FROM tl_panel_distinct'),
    ],
    ['tl_load_fact', lines(`SELECT COUNT(*) AS users, ${countIf('memberships > 0', 'in_export')} FROM tl_panel_load`)],
  ];
}

/** A row of the result that counts no table. */
function otherRow(
  kind: string,
  parts: { segment?: string; trait?: string; value: string; count?: string },
  isWeighted: boolean,
): string {
  const { segment = "''", trait = "''", value, count = '0' } = parts;
  return `SELECT ${segment}, ${trait}, ${value}, ${count}, 0, 0, 0, '${kind}', '', 0, 0, 0${isWeighted ? ", '0', '0', '0', '0'" : ''}`;
}

function factRows(isWeighted: boolean): readonly string[] {
  return Object.entries(FACT_PLACES).map(
    ([fact, [relation, column]]) =>
      `${otherRow('fact', { value: `'${fact}'`, count: column }, isWeighted)} FROM ${relation}`,
  );
}

/** What the reader of the counts has to know of the panel's columns. */
function mappingRows({ panel, protectedValues, flagged }: WarehouseTables, { quoting }: Dialect): readonly string[] {
  const isWeighted = panel.weightColumn !== undefined;
  const literal = (text: string): string => quoteLiteral(text, quoting);
  return [
    ...panel.stratumColumns.map((name, index) =>
      otherRow('stratum-column', { value: literal(name), count: String(index) }, isWeighted),
    ),
    ...flagged.map((segment) => otherRow('flagged-segment', { segment: literal(segment), value: "''" }, isWeighted)),
    ...[...protectedValues].flatMap(([trait, values]) =>
      values.map((value) => otherRow('protected', { trait: literal(trait), value: literal(value) }, isWeighted)),
    ),
  ];
}
