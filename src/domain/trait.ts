/**
 * The protected characteristics that the shipped packs and lexicons know, in the order in which reports list them.
 * A pack or config may name others: everything below treats a trait id as text.
 */
export const KNOWN_TRAITS = [
  'sexual_orientation',
  'gender_identity',
  'ethnicity_race',
  'religion',
  'political',
  'health',
  'disability',
  'trade_union',
  'sex_life',
  'national_origin',
  'sex_gender',
  'age',
  'pregnancy_reproductive',
  'financial_hardship',
  'criminal_history',
  'genetic_biometric',
  'family_status',
  'veteran_military',
] as const;

/** Id of a trait that ships with the program. */
export type KnownTrait = (typeof KNOWN_TRAITS)[number];

/** Id of any trait, shipped or a pack's own (kebab or snake case text). */
export type TraitId = string;
