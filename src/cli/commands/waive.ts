import type { Command } from 'commander';
import type { WaiveFlags } from '../flags.ts';

const EXAMPLE = `
Example:
  traitleak waive 3f2a9c01d4e5b678 --from results.json \\
    --reason 'Wound down by March; nobody is added' \\
    --owner 'Data team' --expires 2027-03-31
`;

/** Adds `traitleak waive`. */
export function registerWaive(program: Command): void {
  program
    .command('waive')
    .summary('accept findings, with reason, owner and last day')
    .description(
      'Adds entries to a waiver file. Each is tied to what the finding is now: it lapses when the effect grows or the definition changes.',
    )
    .argument('<fingerprint...>', 'findings, by the fingerprint that every output shows')
    .requiredOption('--from <results.json>', 'results of `traitleak audit -f json=results.json`')
    .requiredOption('--reason <text>', 'why it is accepted')
    .requiredOption('--owner <who>', 'who answers for it')
    .requiredOption('--expires <date>', 'last day on which it holds, such as 2027-03-31')
    .option('--approver <who>', 'who agreed, besides the owner')
    .option('--ticket <id>', 'where it was decided')
    .option('--to <file>', 'waiver file; made when it is not there', 'traitleak-waivers.yaml')
    .option('--renew', 'replace entries that are there, so that expired and lapsed ones hold again')
    .addHelpText('after', EXAMPLE)
    .action(async (fingerprints: string[], flags: WaiveFlags) => {
      const { runWaive } = await import('../run-waive.ts');
      await runWaive(fingerprints, flags);
    });
}
