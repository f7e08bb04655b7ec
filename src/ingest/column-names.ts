import type { KnownTrait } from '../domain/trait.ts';

/** Usual names of the columns of an export, compared after folding (see `foldColumnName`). */
export const USER_COLUMNS: readonly string[] = [
  'user_id',
  'user',
  'uid',
  'userid',
  'member_id',
  'member',
  'customer_id',
  'account_id',
  'profile_id',
  'person_id',
  'respondent_id',
  'id_user',
  'id',
];
export const SEGMENT_COLUMNS: readonly string[] = [
  'segment_id',
  'segment',
  'cluster_id',
  'cluster',
  'cohort_id',
  'cohort',
  'audience_id',
  'audience',
  'group_id',
  'taste_group',
  'bucket_id',
  'label',
  'id_segment',
];
/** Columns that list several segments. */
export const SEGMENT_LIST_COLUMNS: readonly string[] = [
  'segment_ids',
  'segments',
  'cluster_ids',
  'clusters',
  'cohort_ids',
  'cohorts',
  'audience_ids',
  'audiences',
  'group_ids',
  'groups',
  'taste_groups',
  'bucket_ids',
  'buckets',
  'labels',
];
export const TIME_COLUMNS: readonly string[] = [
  'assigned_at',
  'assigned',
  'assignment_time',
  'assignment_date',
  'run_at',
  'run_date',
  'snapshot_at',
  'snapshot_date',
  'exported_at',
  'as_of',
];
export const SCORE_COLUMNS: readonly string[] = ['score', 'membership_score', 'confidence', 'affinity'];
export const STRATUM_COLUMNS: readonly string[] = ['country', 'region', 'market'];
export const WEIGHT_COLUMNS: readonly string[] = ['weight', 'weights', 'sample_weight', 'survey_weight'];

/** Usual names of the columns of a consent file. */
export const CONSENT_TRAIT_COLUMNS: readonly string[] = [
  'trait',
  'trait_id',
  'consent_trait',
  'special_category',
  'data_category',
  'category',
];
export const PURPOSE_COLUMNS: readonly string[] = ['purpose', 'consent_purpose', 'purpose_id', 'consent_for', 'use'];
export const GRANTED_COLUMNS: readonly string[] = [
  'granted',
  'consented',
  'consent',
  'consent_given',
  'consent_status',
  'opt_in',
  'status',
];
export const WITHDRAWN_COLUMNS: readonly string[] = [
  'withdrawn',
  'withdrawn_at',
  'withdrawn_on',
  'revoked',
  'revoked_at',
  'opted_out',
  'opt_out',
];

/** Usual names of panel columns that hold a trait. */
export const TRAIT_COLUMNS: Readonly<Record<KnownTrait, readonly string[]>> = {
  sexual_orientation: ['sexual_orientation', 'orientation', 'sexuality', 'lgbt', 'lgbtq'],
  gender_identity: ['gender_identity', 'transgender', 'trans_status'],
  ethnicity_race: [
    'ethnicity_race',
    'ethnicity',
    'race',
    'race_ethnicity',
    'race_eth',
    'ethnic_group',
    'ethnic_origin',
  ],
  religion: ['religion', 'faith', 'religious_affiliation', 'denomination', 'belief'],
  political: ['political', 'politics', 'party', 'political_party', 'party_id', 'political_affiliation', 'ideology'],
  health: ['health', 'health_status', 'condition', 'medical_condition', 'diagnosis'],
  disability: ['disability', 'disabled', 'disability_status'],
  trade_union: ['trade_union', 'union_member', 'union_membership'],
  sex_life: ['sex_life'],
  national_origin: [
    'national_origin',
    'nationality',
    'country_of_birth',
    'birth_country',
    'citizenship',
    'immigration_status',
  ],
  sex_gender: ['sex_gender', 'sex', 'gender'],
  age: ['age', 'age_band', 'age_group', 'age_range', 'age_bracket', 'generation'],
  pregnancy_reproductive: ['pregnancy_reproductive', 'pregnant', 'pregnancy'],
  financial_hardship: ['financial_hardship', 'hardship', 'low_income'],
  criminal_history: ['criminal_history', 'criminal_record', 'conviction'],
  genetic_biometric: ['genetic_biometric', 'genetic', 'biometric'],
  family_status: ['family_status', 'marital_status', 'parental_status', 'family'],
  veteran_military: ['veteran_military', 'veteran', 'veteran_status', 'military_status'],
};

/** Values that mean "not known" when the config says nothing else; letter case does not matter. */
export const UNKNOWN_VALUES: readonly string[] = [
  'unknown',
  'not known',
  'prefer not to say',
  'prefer not to answer',
  'not declared',
  'not stated',
  'n/a',
];

/** Brings a column name into the form of the lists: lower case, words joined by `_`. */
export function foldColumnName(name: string): string {
  return name
    .trim()
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_');
}

/** First column, in the order of `names`, that is one of the usual names. */
export function recogniseColumn(columns: readonly string[], names: readonly string[]): string | undefined {
  for (const name of names) {
    const column = columns.find((candidate) => foldColumnName(candidate) === name);
    if (column !== undefined) return column;
  }
  return undefined;
}

/** Trait that a column holds by its name, if any. */
export function recogniseTrait(column: string): KnownTrait | undefined {
  const folded = foldColumnName(column);
  for (const [trait, names] of Object.entries(TRAIT_COLUMNS)) if (names.includes(folded)) return trait as KnownTrait;
  return undefined;
}
