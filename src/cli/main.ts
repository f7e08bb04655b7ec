import { Command, CommanderError } from 'commander';
import { toolVersion } from '../version.ts';
import { registerCommands } from './commands/index.ts';
import { reportError } from './report-error.ts';
import { unwritable } from './stage-files.ts';

/**
 * Runs the command line as the whole of a process, and sets the exit status.
 *
 * @param args - arguments without the executable and the script
 */
export async function main(args: readonly string[]): Promise<void> {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') process.exit(reportError(unwritable('stdout', error), args.includes('--debug')));
  });
  // There is nowhere left to say so; the exit status still tells.
  process.stderr.on('error', () => undefined);
  await runCommand(args);
}

/** Runs one command and sets the exit status. */
export async function runCommand(args: readonly string[]): Promise<void> {
  const program = new Command('traitleak')
    .description(
      'Finds out, with evidence, whether user segments that a model inferred name or stand in for protected traits.',
    )
    .version(toolVersion().version, '-V, --version', 'print the version')
    .option('--debug', 'show the stack of an error')
    .helpOption('-h, --help', 'print help')
    .configureHelp({ showGlobalOptions: true, minWidthToWrap: 16 })
    .showHelpAfterError('Run the command with --help for what it takes.')
    .exitOverride();
  registerCommands(program);
  program.addHelpText('after', EXIT_HELP);
  try {
    if (args.length === 0) {
      program.outputHelp();
      return;
    }
    await program.parseAsync([...args], { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError && error.code === 'commander.helpDisplayed') return;
    process.exitCode = reportError(error, args.includes('--debug'));
  }
}

const EXIT_HELP = `
Exit status:
  0    the gate passed
  1    the gate failed
  2    wrong usage, config or input; nothing was written
  3    a bug in traitleak
  130  stopped by Ctrl-C (143: by a termination signal, 129: with its terminal)
`;
