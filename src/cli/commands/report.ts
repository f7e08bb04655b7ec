import type { Command } from 'commander';
import type { WritingFlags } from '../output.ts';

/** Adds `traitleak report`. */
export function registerReport(program: Command): void {
  program
    .command('report')
    .summary('render saved results again')
    .description(
      'Renders saved results in any format, without running the audit again. The bytes are those of a direct run.',
    )
    .argument('<results.json>', 'results of `traitleak audit -f json=results.json`')
    .option(
      '-f, --format <format>',
      'output, as FORMAT or FORMAT=PATH; repeat for several',
      (value: string, earlier: string[]) => [...earlier, value],
      [],
    )
    .option('--omit-waived', 'leave waived findings out of sarif, github and gitlab')
    .option('-v, --verbose', 'show every finding')
    .addHelpText('after', '\nExample:\n  traitleak report results.json -f text\n')
    .action(async (path: string, { format, ...flags }: { format: string[] } & WritingFlags) => {
      const [{ readResults }, output] = await Promise.all([import('../read-results.ts'), import('../output.ts')]);
      const requests = output.parseOutputs(format, process.cwd());
      await output.checkOutputs(requests);
      await output.writeOutputs(await readResults(path), requests, flags);
    });
}
