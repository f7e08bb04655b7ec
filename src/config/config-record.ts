import type { Json } from '../domain/json.ts';
import type { AuditConfig } from './config.ts';

/**
 * Writes a config in the form that `parseConfig` reads, with every default filled in, for the manifest of a report: run again with it and the
 * result is the same. The folder and the file are left out, since they are recorded apart, and so is the engine's share of the machine, on which
 * no result depends. Where the secret of noisy counts lies is left out too: results go to people who are to have neither the secret nor a way to it.
 */
export function configRecord(config: AuditConfig): Readonly<Record<string, Json>> {
  const {
    folder: _folder,
    file: _file,
    engine: _engine,
    definitions,
    assignments,
    traits,
    previous,
    report,
    ...rest
  } = config;
  const { dpSecretFile: _secret, ...outputs } = report;
  const { strata, ...panel } = traits ?? { strata: 'auto' as const };
  const written = {
    ...withFiles({ definitions, assignments }),
    ...(traits === undefined ? {} : { traits: { ...panel, ...(strata === 'auto' ? {} : { strata }) } }),
    ...(previous === undefined ? {} : { previous: withFiles(previous) }),
    ...rest,
    report: outputs,
  };
  return JSON.parse(JSON.stringify(written)) as Readonly<Record<string, Json>>;
}

/** A list of no files is written by leaving it out. */
function withFiles({ definitions, assignments }: Pick<AuditConfig, 'definitions' | 'assignments'>): object {
  return {
    ...(definitions.length === 0 ? {} : { definitions }),
    ...(assignments.files.length === 0 ? {} : { assignments }),
  };
}
