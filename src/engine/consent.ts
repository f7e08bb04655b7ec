/** What is asked about recorded consent. Only counts of members come back. */

/** What a user must have agreed to, in each of the ways that the consent file tells apart. */
export interface ConsentDemand {
  /** Ways of spelling the trait, any of which will do; letter case and punctuation aside. Not compared where the file has no traits. */
  readonly traitNames: readonly string[];
  /** Purposes, for each of which there must be consent. Not compared where the file has no purposes. */
  readonly purposes: readonly string[];
}

/** How many have agreed. */
export interface ConsentCounts {
  /** Rows that name no user, or not what was agreed to; they are not used. */
  readonly rowsWithoutUser: number;
  readonly rowsWithoutSubject: number;
  /** Users of the file who are in the export. */
  readonly usersInExport: number;
  /** By demand, in the order asked: members who have agreed, of every segment that has any. */
  readonly consenting: readonly (readonly { readonly segment: string; readonly members: number }[])[];
}
