/** What people call the shipped traits whose ids do not say it. */
const WORDS: Readonly<Record<string, string>> = {
  ethnicity_race: 'ethnicity or race',
  political: 'political opinion',
  trade_union: 'trade union membership',
  sex_gender: 'sex or gender',
  pregnancy_reproductive: 'pregnancy and reproductive health',
  genetic_biometric: 'genetic and biometric data',
  veteran_military: 'military service',
};

/** Writes the id of a trait, or of traits that cross, the way people say it: `sexual_orientation` becomes `sexual orientation`. */
export function traitWords(trait: string): string {
  if (trait.includes(' x ')) return trait.split(' x ').map(traitWords).join(' and ');
  if (Object.hasOwn(WORDS, trait)) return WORDS[trait] ?? trait;
  return trait.replaceAll(/[_-]+/g, ' ').trim() || trait;
}

/** Writes what a finding or figure is about: `sexual orientation = lgbq`, or the trait alone where there is no value. */
export function traitTitle({ trait, value }: { readonly trait: string; readonly value?: string }): string {
  return value === undefined ? traitWords(trait) : `${traitWords(trait)} = ${value}`;
}

/** Starts a sentence with a text. */
export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
