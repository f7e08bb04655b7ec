import type { Command } from 'commander';
import type { InitFlags } from '../run-init.ts';

const EXAMPLES = `
Examples:
  traitleak init                    the files in this folder
  traitleak init exports/2026-11    those of another
  traitleak init clusters.csv members.csv panel.csv \\
    -o audit.yaml
`;

/** Adds `traitleak init`. */
export function registerInit(program: Command): void {
  program
    .command('init')
    .summary('write a config for the files that are here')
    .description(
      'Looks at files, recognises what they are by their columns, and writes a config with comments. Reads headers, and counts the values of the traits.',
    )
    .argument('[path...]', 'files, or folders that hold them; default: the folder of the output')
    .option('-o, --output <file>', 'config to write; - for stdout', 'traitleak.yaml')
    .option('--force', 'write over a config that is there')
    .addHelpText('after', EXAMPLES)
    .action(async (paths: string[], flags: InitFlags) => {
      const { runInit } = await import('../run-init.ts');
      await runInit(paths, flags);
    });
}
