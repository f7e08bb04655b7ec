/** Flags of `traitleak audit`, as commander gives them. */
export interface AuditFlags {
  readonly definitions?: string[];
  readonly assignments?: string[];
  readonly assignmentsFormat?: string;
  readonly traits?: string;
  readonly counts?: string;
  readonly consent?: string;
  readonly previousDefinitions?: string;
  readonly previousAssignments?: string;
  readonly pack?: string[];
  readonly format?: string[];
  readonly failOn?: string;
  readonly failOnInconclusive?: boolean;
  readonly waivers?: string;
  readonly baseline?: string;
  readonly omitWaived?: boolean;
  readonly minCell?: string;
  readonly set?: string[];
  readonly threads?: string;
  readonly memory?: string;
  readonly selfTest?: boolean;
  readonly edition?: string;
  readonly dpEpsilon?: string;
  readonly dpSecretFile?: string;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}

/** Flags of `traitleak check`, as commander gives them. */
export interface CheckFlags {
  readonly format: 'text' | 'jsonl';
  readonly failOn: 'sensitive' | 'borderline' | 'never';
}

/** Flags of `traitleak rules test`, as commander gives them. */
export interface TestFlags {
  readonly format: 'text' | 'json';
  readonly verbose?: boolean;
}

/** Flags of `traitleak waive`, as commander gives them. */
export interface WaiveFlags {
  readonly from: string;
  readonly reason: string;
  readonly owner: string;
  readonly expires: string;
  readonly approver?: string;
  readonly ticket?: string;
  readonly to: string;
  readonly renew?: boolean;
}

/** Flags of `traitleak diff`, as commander gives them. */
export interface DiffFlags {
  readonly format?: string[];
  readonly failOnNew?: boolean;
  readonly verbose?: boolean;
}

/** Flags of `traitleak verify`, as commander gives them. */
export interface VerifyFlags {
  readonly format?: string[];
  readonly rerun?: boolean;
  readonly dpSecretFile?: string;
  readonly root?: string;
  readonly verbose?: boolean;
}

/** Flags of `traitleak sql`, as commander gives them. */
export interface SqlFlags extends Pick<AuditFlags, 'assignments' | 'traits' | 'set' | 'quiet'> {
  readonly dialect?: string;
  readonly assignmentsTable?: string;
  readonly traitsTable?: string;
  readonly flaggedBy?: string;
  readonly output: string;
}
