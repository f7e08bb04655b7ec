/** Columns that a counts file must have. */
export const COUNTS_COLUMNS = [
  'segment_id',
  'trait',
  'value',
  'in_value',
  'in_other',
  'out_value',
  'out_other',
] as const;

/** Columns that it may have. `kind` says what a row counts; `members` is the size of the segment in the whole export. */
export const OPTIONAL_COUNTS_COLUMNS = ['kind', 'stratum', 'in_unknown', 'out_unknown', 'members'] as const;

/** Columns of a weighted panel: sums of the weights, and of their squares, of those with the value. All four or none. */
export const WEIGHT_COUNTS_COLUMNS = [
  'in_value_weight',
  'in_value_squared_weight',
  'out_value_weight',
  'out_value_squared_weight',
] as const;

/** Kinds of rows that count a group of panel members; an empty kind is a segment. */
export const GROUP_KINDS = ['segment', 'no-segment', 'most-memberships', 'flagged', 'top-scores'] as const;

/**
 * Kinds of rows besides: a `fact` names a number in `value` and gives it in `in_value`; `stratum-column` names a column of strata in `value` and its
 * place in `in_value`; `protected` names a value that is to be tested; `flagged-segment` names a segment of the group `flagged`.
 */
export const OTHER_KINDS = ['fact', 'stratum-column', 'protected', 'flagged-segment'] as const;

/** Numbers about the export and the panel as a whole. */
export const FACTS = [
  'assignment-rows',
  'assignment-rows-without-user',
  'assignment-rows-without-segment',
  'assignment-rows-score-unreadable',
  'assignment-rows-below-threshold',
  'assignment-rows-usable',
  'users',
  'panel-rows',
  'panel-rows-without-user',
  'panel-rows-without-weight',
  'panel-rows-distinct',
  'panel-users-distinct',
  'panel-users',
  'panel-users-in-export',
] as const;

export type Fact = (typeof FACTS)[number];
