import { type Command, Option } from 'commander';
import type { TestFlags } from '../flags.ts';

const TEST_EXAMPLES = `
Examples:
  traitleak rules test                   all shipped packs
  traitleak rules test ./our-rules.yaml  one pack
  traitleak rules test -f json           for programs

Exit status: 0 when every case passed, 1 when one failed,
2 for wrong usage or a wrong pack.
`;

/** Adds `traitleak rules`. */
export function registerRules(program: Command): void {
  const rules = program
    .command('rules')
    .summary('list, show, test, lock or validate rules')
    .description('Looks into rule packs.');
  rules
    .command('list')
    .summary('list packs and their rules')
    .description('Lists packs and their rules, with severities.')
    .argument('[pack...]', 'packs by name or path; without one, all shipped packs')
    .action(async (packs: string[]) => {
      const { listRules } = await import('../show-rules.ts');
      await listRules(packs);
    });
  rules
    .command('show')
    .summary('show one rule whole')
    .description('Shows one rule: what it claims, how it measures, law and remedy.')
    .argument('<rule>', 'id of the rule')
    .option('--pack <name...>', 'packs to look in; default: all shipped packs')
    .action(async (rule: string, { pack }: { pack?: string[] }) => {
      const { showRule } = await import('../show-rules.ts');
      await showRule(rule, pack ?? []);
    });
  rules
    .command('lock')
    .summary('write traitleak.lock')
    .description(
      'Writes digests of the packs of a config and of the lexicons beside it. An audit stops when they differ from then on.',
    )
    .argument('[config]', 'config file or folder; without it, the config is looked for here and above')
    .action(async (config: string | undefined) => {
      const { lockRules } = await import('../lock-rules.ts');
      await lockRules(config);
    });
  rules
    .command('test')
    .summary("run the packs' own cases")
    .description('Shows each rule of the packs its own cases: what it must find, and what it must be silent on.')
    .argument('[pack...]', 'packs by name or path; without one, all shipped packs')
    .addOption(new Option('-f, --format <format>', 'output').choices(['text', 'json']).default('text'))
    .option('-v, --verbose', 'show every case, also those that passed')
    .addHelpText('after', TEST_EXAMPLES)
    .action(async (packs: string[], flags: TestFlags) => {
      const { testRules } = await import('../test-rules.ts');
      process.exitCode = await testRules(packs, flags);
    });
  rules
    .command('validate')
    .summary('check pack files')
    .description('Checks pack files against the schema, and says where they are wrong.')
    .argument('<file...>', 'pack files')
    .action(async (files: string[]) => {
      const { validatePacks } = await import('../show-rules.ts');
      await validatePacks(files);
    });
}
