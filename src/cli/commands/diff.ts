import type { Command } from 'commander';
import type { DiffFlags } from '../flags.ts';

const EXAMPLE = `
Examples:
  traitleak diff last-night.json results.json
  traitleak diff main.json branch.json --fail-on-new \\
    -f markdown=comment.md

Exit status: 0; with --fail-on-new 1 when there is a new
finding that nobody has accepted.
`;

/** Adds `traitleak diff`. */
export function registerDiff(program: Command): void {
  program
    .command('diff')
    .summary('say what is different between two results')
    .description(
      'Says what is new, gone, worse or better beyond noise between two results, and first what was done differently.',
    )
    .argument('<old.json>', 'earlier results')
    .argument('<new.json>', 'later results')
    .option(
      '-f, --format <format>',
      'text, json or markdown, as FORMAT or FORMAT=PATH; repeat for several',
      (value: string, earlier: string[] = []) => [...earlier, value],
    )
    .option('--fail-on-new', 'exit with status 1 when there is a new finding')
    .option('-v, --verbose', 'show every line')
    .addHelpText('after', EXAMPLE)
    .action(async (before: string, now: string, flags: DiffFlags) => {
      const { runDiff } = await import('../run-diff.ts');
      process.exitCode = await runDiff(before, now, flags);
    });
}
