import { audit } from '../audit.ts';
import type { AuditEnvironment } from '../audit-environment.ts';
import { EXIT } from './exit.ts';
import type { AuditFlags } from './flags.ts';
import { checkOutputs, parseOutputs, requirePublishable, writeOutputs } from './output.ts';
import { openProcessFolder } from './process-folder.ts';
import { progressBar } from './progress-bar.ts';
import { filesNamedBy, filesReadBy, refuseInputs } from './refuse-inputs.ts';
import { reportTime } from './report-time.ts';
import { resolveConfig } from './resolve-config.ts';
import { sourceRoot } from './source-root.ts';
import { widthOf } from './terminal.ts';
import { writeNote } from './write-note.ts';

/** Runs `traitleak audit`; returns the exit status. */
export async function runAudit(configArgument: string | undefined, flags: AuditFlags): Promise<number> {
  const workingDirectory = process.cwd();
  const outputs = parseOutputs(flags.format ?? [], workingDirectory);
  await checkOutputs(outputs);
  const { config, notes } = await resolveConfig(configArgument, flags, workingDirectory);
  await refuseInputs(outputs, filesNamedBy(config));
  requirePublishable(outputs, config.report.edition);
  if (flags.quiet !== true) for (const note of notes) writeNote(note);
  const root = await sourceRoot(workingDirectory);
  const outside = {
    now: reportTime(),
    root,
    signal: endOfProcess(),
    temporaryDirectory: openProcessFolder,
    stdin: pipedInput,
  };
  const report = await withProgress(flags, (progress) => audit(config, { ...outside, ...progress }));
  await refuseInputs(outputs, filesReadBy(report, config));
  await writeOutputs(report, outputs, { ...flags, edition: config.report.edition });
  if (flags.quiet !== true && outputs.every((output) => output.path !== undefined)) {
    writeNote(`${report.findings.length} findings; gate ${report.gate.passed ? 'passed' : 'failed'}`);
  }
  return report.gate.passed ? EXIT.passed : EXIT.failed;
}

/** Aborts when the process is told to end: it would wait for the query at hand. */
function endOfProcess(): AbortSignal {
  const end = new AbortController();
  process.once('exit', () => end.abort());
  return end.signal;
}

/** Redraws of the bar: often enough to move, seldom enough to cost nothing. */
const REDRAW = 100;

/** Runs an audit below a bar on stderr: on a terminal, not in CI, and not when it was asked to be quiet. */
async function withProgress<Result>(
  { quiet }: AuditFlags,
  run: (environment: Pick<AuditEnvironment, 'progress'>) => Promise<Result>,
): Promise<Result> {
  const { stderr, env } = process;
  const isCi = env.CI !== undefined && env.CI !== '' && env.CI !== 'false';
  if (quiet === true || isCi || stderr.isTTY !== true || env.TERM === 'dumb') return run({});
  const bar = progressBar({
    write: (text) => stderr.write(text),
    get columns() {
      return widthOf(stderr);
    },
    now: () => performance.now(),
  });
  const timer = setInterval(bar.draw, REDRAW);
  try {
    return await run({ progress: bar });
  } finally {
    clearInterval(timer);
    bar.stop();
  }
}

/** The standard input, unless someone would have to type it. */
function pipedInput(): AsyncIterable<Uint8Array> | undefined {
  return process.stdin.isTTY === true ? undefined : process.stdin;
}
