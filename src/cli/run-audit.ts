import { audit } from '../audit.ts';
import { EXIT } from './exit.ts';
import type { AuditFlags } from './flags.ts';
import { checkOutputs, parseOutputs, requirePublishable, writeOutputs } from './output.ts';
import { reportTime } from './report-time.ts';
import { resolveConfig } from './resolve-config.ts';
import { sourceRoot } from './source-root.ts';
import { writeNote } from './write-note.ts';

/** Runs `traitleak audit`; returns the exit status. */
export async function runAudit(configArgument: string | undefined, flags: AuditFlags): Promise<number> {
  const workingDirectory = process.cwd();
  const outputs = parseOutputs(flags.format ?? [], workingDirectory);
  await checkOutputs(outputs);
  const { config, notes } = await resolveConfig(configArgument, flags, workingDirectory);
  requirePublishable(outputs, config.report.edition);
  if (flags.quiet !== true) for (const note of notes) writeNote(note);
  const report = await audit(config, { now: reportTime(), root: await sourceRoot(workingDirectory) });
  await writeOutputs(report, outputs, { ...flags, edition: config.report.edition });
  if (flags.quiet !== true && outputs.every((output) => output.path !== undefined)) {
    writeNote(`${report.findings.length} findings; gate ${report.gate.passed ? 'passed' : 'failed'}`);
  }
  return report.gate.passed ? EXIT.passed : EXIT.failed;
}
