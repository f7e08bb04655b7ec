import { type Command, Option } from 'commander';
import type { CheckFlags } from '../flags.ts';

const EXAMPLES = `
Examples:
  traitleak check "LGBT creators" "Black Friday deals"
  traitleak check --format jsonl < names.txt
  traitleak check --fail-on sensitive "$SEGMENT_NAME"
`;

/** Adds `traitleak check`. */
export function registerCheck(program: Command): void {
  program
    .command('check')
    .summary('judge names without any export')
    .description(
      'Judges names: sensitive, borderline or not. Says which words decide, and what made a look-alike harmless.',
    )
    .argument('[text...]', 'names; without one, each line of standard input is a name')
    .addOption(
      new Option('-f, --format <format>', 'text for people, jsonl for programs')
        .choices(['text', 'jsonl'])
        .default('text'),
    )
    .addOption(
      new Option('--fail-on <label>', 'exit with 1 when a name is this or worse')
        .choices(['sensitive', 'borderline', 'never'])
        .default('never'),
    )
    .addHelpText('after', EXAMPLES)
    .action(async (texts: string[], flags: CheckFlags) => {
      const { runCheck } = await import('../run-check.ts');
      process.exitCode = await runCheck(texts, flags);
    });
}
