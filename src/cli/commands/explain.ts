import type { Command } from 'commander';

/** Adds `traitleak explain`. */
export function registerExplain(program: Command): void {
  program
    .command('explain')
    .summary('say everything known about one segment, in words')
    .description('Says everything that an audit found out about one segment, and what it could not find out.')
    .argument('<segment>', 'id or name of the segment')
    .requiredOption('--from <results.json>', 'results of `traitleak audit -f json=results.json`')
    .addHelpText('after', '\nExample:\n  traitleak explain 48213 --from results.json\n')
    .action(async (segment: string, { from }: { from: string }) => {
      const [{ readResults }, { explainSegment }, output, terminal] = await Promise.all([
        import('../read-results.ts'),
        import('../../report/explain-segment.ts'),
        import('../output.ts'),
        import('../terminal.ts'),
      ]);
      const report = await readResults(from);
      const style = terminal.styleFor(process.stdout);
      await output.writeStdout(
        explainSegment(report, segment, { style, width: terminal.widthOf(process.stdout), verbose: true }),
      );
    });
}
