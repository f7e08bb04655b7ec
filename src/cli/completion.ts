import tab from '@bomb.sh/tab/commander';
import { Command } from 'commander';
import { didYouMean } from '../did-you-mean.ts';
import { AuditError } from '../errors.ts';
import { FORMATS } from '../report/formats/index.ts';
import { shippedPacks } from '../rules/pack-place.ts';

/** Gives what may stand for a flag or an argument; loaded when its command is typed. */
type Values = () => Promise<readonly string[]>;

const formats: Values = async () => Object.keys(FORMATS);

/** Values from the registries, which commander does not know: by command, then by the name of the flag or argument. */
const VALUES: Readonly<Record<string, Readonly<Record<string, Values>>>> = {
  audit: { format: formats, pack: shippedPacks },
  report: { format: formats },
  diff: { format: async () => Object.keys((await import('../report/diff-formats.ts')).DIFF_FORMATS) },
  verify: { format: async () => Object.keys((await import('../report/verify-formats.ts')).VERIFY_FORMATS) },
  sql: { dialect: async () => (await import('../print-queries.ts')).dialectNames() },
  'rules list': { pack: shippedPacks },
  'rules test': { pack: shippedPacks },
  'rules show': { pack: shippedPacks, rule: ruleIds },
};

/** Ids of the rules of all shipped packs. */
async function ruleIds(): Promise<readonly string[]> {
  const { loadPacks } = await import('../rules/load-pack.ts');
  const packs = await loadPacks(await shippedPacks(), process.cwd());
  return [...new Set(packs.flatMap(({ rules }) => rules.map(({ id }) => id)))];
}

/**
 * Prints the completion script of a shell.
 *
 * @throws {AuditError} E_USAGE for an unknown shell
 */
export async function printCompletionScript(program: Command, shell: string, known: readonly string[]): Promise<void> {
  if (!known.includes(shell)) {
    throw new AuditError(
      'E_USAGE',
      `There is no completion for "${shell}".${didYouMean(shell, known)} Shells: ${known.join(', ')}.`,
    );
  }
  describe(program).setup(program.name(), program.name(), shell);
}

/** Prints what may come after the words, one proposal a line: the protocol of the completion scripts. */
export async function completeWords(program: Command, words: readonly string[]): Promise<void> {
  const completion = describe(program);
  for (const [name, command] of completion.commands) {
    if (!name.split(' ').every((word, index) => words[index] === word)) continue;
    for (const [key, values] of Object.entries(VALUES[name] ?? {})) {
      const known = await values();
      const propose = (complete: (value: string, description: string) => void): void => {
        for (const value of known) complete(value, '');
      };
      const places = [command.options.get(key), command.arguments.get(key)];
      for (const place of places) if (place !== undefined) place.handler = propose;
    }
  }
  completion.parse([...words]);
}

/** Describes the program's commands and flags to the completion library. */
function describe(program: Command): ReturnType<typeof tab> {
  const twin = new Command(program.name()).description(program.description());
  for (const option of program.options) twin.addOption(option);
  for (const command of program.commands) if (!HIDDEN.includes(command.name())) twin.addCommand(command);
  return tab(twin, { completionCommandName: 'completion' });
}

/** The library brings its own. */
const HIDDEN = ['completion', 'complete'];
