import { audit } from '../audit.ts';
import { AuditError } from '../errors.ts';
import { EXIT } from './exit.ts';
import type { AuditFlags } from './flags.ts';
import { checkOutputs, parseOutputs, writeOutputs } from './output.ts';
import { resolveConfig } from './resolve-config.ts';
import { styleFor } from './terminal.ts';

/** Runs `traitleak audit`; returns the exit status. */
export async function runAudit(configArgument: string | undefined, flags: AuditFlags): Promise<number> {
  const workingDirectory = process.cwd();
  const outputs = parseOutputs(flags.format ?? [], workingDirectory);
  await checkOutputs(outputs);
  const { config, notes } = await resolveConfig(configArgument, flags, workingDirectory);
  if (flags.quiet !== true) for (const note of notes) writeNote(note);
  const report = await audit(config, { now: reportTime() });
  await writeOutputs(report, outputs, flags.verbose === true);
  if (flags.quiet !== true && outputs.every((output) => output.path !== undefined)) {
    writeNote(`${report.findings.length} findings; gate ${report.gate.passed ? 'passed' : 'failed'}`);
  }
  return report.gate.passed ? EXIT.passed : EXIT.failed;
}

function writeNote(note: string): void {
  process.stderr.write(`${styleFor(process.stderr).dim(`note: ${note}`)}\n`);
}

/** Now, or the time that `SOURCE_DATE_EPOCH` fixes (reproducible-builds.org). */
export function reportTime(): Date {
  const epoch = process.env.SOURCE_DATE_EPOCH;
  if (epoch === undefined || epoch === '') return new Date();
  if (!/^[0-9]{1,12}$/.test(epoch))
    throw new AuditError('E_USAGE', `SOURCE_DATE_EPOCH=${epoch}: expected seconds since 1970 as a whole number.`);
  return new Date(Number(epoch) * 1000);
}
