import type { ProgressListener } from './domain/progress.ts';

/** What an audit takes from outside its inputs. */
export interface AuditEnvironment {
  /** Time of the report; everything else is the same in every run. */
  readonly now: Date;
  /** Makes the folder in which another is made for temporary files, and removed at the end; the system's when left out. */
  readonly temporaryDirectory?: () => Promise<string>;
  /** The standard input, for assignments that come from there; undefined where nothing is piped. */
  readonly stdin?: () => AsyncIterable<Uint8Array> | undefined;
  /** Absolute path of the folder that the report's paths are seen from, such as the root of a repository; that of the config without it. */
  readonly root?: string;
  /** Hears what the audit is doing. */
  readonly progress?: ProgressListener;
  /** Stops the engine at once when it is aborted; the audit then fails. */
  readonly signal?: AbortSignal;
}
