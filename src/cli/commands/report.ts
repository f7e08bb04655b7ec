import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { EDITIONS, type Edition } from '../../config/config.ts';
import type { WritingFlags } from '../output.ts';

interface ReportFlags extends WritingFlags {
  readonly format?: string[];
  readonly edition: Edition;
}

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
      (value: string, earlier: string[] = []) => [...earlier, value],
    )
    .addOption(
      new Option(
        '--edition <edition>',
        'restricted: which segment goes with which trait; publishable: only how many do (html, markdown, markdown-report)',
      )
        .choices([...EDITIONS])
        .default('restricted'),
    )
    .option('--omit-waived', 'leave waived findings out of sarif, github and gitlab')
    .option('-v, --verbose', 'show every finding')
    .addHelpText('after', '\nExample:\n  traitleak report results.json -f text\n')
    .action(async (path: string, { format, edition, ...flags }: ReportFlags) => {
      const [{ readResults }, output, { refuseInputs }] = await Promise.all([
        import('../read-results.ts'),
        import('../output.ts'),
        import('../refuse-inputs.ts'),
      ]);
      const requests = output.parseOutputs(format ?? [], process.cwd());
      output.requirePublishable(requests, edition);
      await output.checkOutputs(requests);
      await refuseInputs(requests, [resolve(path)]);
      await output.writeOutputs(await readResults(path), requests, { ...flags, edition });
    });
}
