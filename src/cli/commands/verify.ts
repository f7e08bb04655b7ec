import type { Command } from 'commander';
import type { VerifyFlags } from '../flags.ts';

const EXAMPLE = `
Examples:
  traitleak verify results.json
  traitleak verify results.json --rerun
  traitleak verify results.json -f text -f json=verified.json

Exit status: 0 when everything is what it was, 1 when
something is not.
`;

/** Adds `traitleak verify`. */
export function registerVerify(program: Command): void {
  program
    .command('verify')
    .summary('check that results rest on the files that are here, and can be had again')
    .description(
      'Compares every file that results rest on with what is there now: inputs, config, waivers, baseline, packs, lexicons, version.',
    )
    .argument('<results.json>', 'results of `traitleak audit -f json=results.json`')
    .option(
      '-f, --format <format>',
      'text or json, as FORMAT or FORMAT=PATH; repeat for several',
      (value: string, earlier: string[] = []) => [...earlier, value],
    )
    .option('--rerun', 'run the audit again with the recorded config, and compare the reports')
    .option('--dp-secret-file <file>', 'secret of counts with noise, to make these again too')
    .option(
      '--root <folder>',
      'folder that the paths are counted from (default: the repository of this folder, else this folder)',
    )
    .option('-v, --verbose', 'show every difference')
    .addHelpText('after', EXAMPLE)
    .action(async (path: string, flags: VerifyFlags) => {
      const { runVerify } = await import('../run-verify.ts');
      process.exitCode = await runVerify(path, flags);
    });
}
