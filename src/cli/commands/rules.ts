import type { Command } from 'commander';

/** Adds `traitleak rules`. */
export function registerRules(program: Command): void {
  const rules = program.command('rules').summary('list, show or validate rules').description('Looks into rule packs.');
  rules
    .command('list')
    .description('Lists the shipped packs, or the rules of packs.')
    .argument('[pack...]', 'packs by name or path; without one, all shipped packs')
    .action(async (packs: string[]) => {
      const { listRules } = await import('../show-rules.ts');
      await listRules(packs);
    });
  rules
    .command('show')
    .description('Shows one rule: what it claims, how it measures, law and remedy.')
    .argument('<rule>', 'id of the rule')
    .option('--pack <name...>', 'packs to look in; default: all shipped packs')
    .action(async (rule: string, { pack }: { pack?: string[] }) => {
      const { showRule } = await import('../show-rules.ts');
      await showRule(rule, pack ?? []);
    });
  rules
    .command('validate')
    .description('Checks pack files against the schema, and says where they are wrong.')
    .argument('<file...>', 'pack files')
    .action(async (files: string[]) => {
      const { validatePacks } = await import('../show-rules.ts');
      await validatePacks(files);
    });
}
