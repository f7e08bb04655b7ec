/** How a word bends: see `forms` in rules/README.md. */
export type Forms = 'noun' | 'adjective' | 'verb' | 'name' | 'exact' | 'stem';

/** The kinds of bending that have rules. */
export type BendingForms = 'noun' | 'adjective' | 'verb';

/** Bending rules of one language. Words are lower case, with their accents. */
export interface Inflection {
  /** Other forms of one word; the word itself need not be among them. */
  readonly bend: (word: string, forms: BendingForms) => readonly string[];
  /**
   * Forms of a whole phrase where several words agree, one list of words each. Without it only the last word bends.
   */
  readonly agree?: (words: readonly string[], forms: BendingForms) => readonly (readonly string[])[];
}
