import type { Command } from 'commander';

/** Adds `traitleak baseline`. */
export function registerBaseline(program: Command): void {
  program
    .command('baseline')
    .summary('accept what is there, so that the gate looks at what is new')
    .description(
      'Writes the findings of saved results to a baseline: which they are, and no figure. Waived ones stay out.',
    )
    .argument('<results.json>', 'results of `traitleak audit -f json=results.json`')
    .option('-o, --output <file>', 'where to; `-` is stdout', 'traitleak-baseline.json')
    .addHelpText(
      'after',
      '\nExample:\n  traitleak baseline results.json\n  traitleak audit --baseline traitleak-baseline.json\n',
    )
    .action(async (path: string, { output }: { output: string }) => {
      const { runBaseline } = await import('../run-baseline.ts');
      await runBaseline(path, output);
    });
}
