import type { Command } from 'commander';

const SHELLS = ['bash', 'zsh', 'fish', 'powershell'];

const HELP = `
Examples:
  bash, in ~/.bashrc
    source <(traitleak completion bash)
  zsh, in ~/.zshrc
    source <(traitleak completion zsh)
  fish, in ~/.config/fish/config.fish
    traitleak completion fish | source
  PowerShell, in $PROFILE
    traitleak completion powershell | Out-String |
      Invoke-Expression
`;

/** Adds `traitleak completion`, whose script asks the hidden `traitleak complete` for what may come next. */
export function registerCompletion(program: Command): void {
  program
    .command('completion')
    .summary('print a completion script for a shell')
    .description('Prints a script that completes commands, flags, formats, packs and severities in a shell.')
    .argument('<shell>', SHELLS.join(', '))
    .addHelpText('after', HELP)
    .action(async (shell: string) => {
      const { printCompletionScript } = await import('../completion.ts');
      await printCompletionScript(program, shell, SHELLS);
    });
  program
    .command('complete', { hidden: true })
    .argument('[words...]')
    .allowUnknownOption()
    .action(async (words: string[]) => {
      const { completeWords } = await import('../completion.ts');
      await completeWords(program, words);
    });
}
