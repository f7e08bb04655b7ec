/** Writes the id of a trait the way people say it: `sexual_orientation` becomes `sexual orientation`. */
export function traitWords(trait: string): string {
  return trait.replaceAll(/[_-]+/g, ' ').trim() || trait;
}

/** Starts a sentence with a text. */
export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
