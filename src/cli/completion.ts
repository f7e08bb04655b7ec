import tab from '@bomb.sh/tab/commander';
import { Command } from 'commander';
import { didYouMean } from '../did-you-mean.ts';
import { AuditError } from '../errors.ts';
import { FORMATS } from '../report/formats/index.ts';
import { shippedPacks } from '../rules/pack-place.ts';

/** Values of flags that commander does not know: by the name of the flag. */
async function flagValues(): Promise<Readonly<Record<string, readonly string[]>>> {
  return { format: Object.keys(FORMATS), pack: await shippedPacks() };
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
  (await describe(program)).setup(program.name(), program.name(), shell);
}

/** Prints what may come after the words, one proposal a line: the protocol of the completion scripts. */
export async function completeWords(program: Command, words: readonly string[]): Promise<void> {
  (await describe(program)).parse([...words]);
}

/** Describes the program's commands and flags to the completion library. */
async function describe(program: Command): Promise<ReturnType<typeof tab>> {
  const twin = new Command(program.name()).description(program.description());
  for (const option of program.options) twin.addOption(option);
  for (const command of program.commands) if (!HIDDEN.includes(command.name())) twin.addCommand(command);
  const completion = tab(twin, { completionCommandName: 'completion' });
  const values = await flagValues();
  for (const command of completion.commands.values()) {
    for (const [name, option] of command.options) {
      const known = values[name];
      if (known === undefined) continue;
      option.handler = (complete) => {
        for (const value of known) complete(value, '');
      };
    }
  }
  return completion;
}

/** The library brings its own. */
const HIDDEN = ['completion', 'complete'];
