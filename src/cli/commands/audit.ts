import type { Command } from 'commander';
import { Option } from 'commander';
import { EDITIONS } from '../../config/config.ts';
import { SEVERITIES } from '../../domain/severity.ts';
import type { AuditFlags } from '../flags.ts';

const EXAMPLES = `
Examples:
  traitleak audit
      the config in this folder or above
  traitleak audit exports/2026-11
      a folder with a config, or with definitions.csv,
      assignments.csv and traits.csv
  traitleak audit --definitions clusters.csv
      words only
  traitleak audit -f text -f json=results.json
      several outputs at once
  zcat export.csv.gz |
    traitleak audit --assignments - --traits panel.csv
  traitleak audit --fail-on critical \\
    --set multiplicity.method=by
`;

/** Adds `traitleak audit`. */
export function registerAudit(program: Command): void {
  program
    .command('audit')
    .summary('audit an export: names, topics and membership')
    .description('Audits segments by their names, topics and membership. Flags override the config.')
    .argument('[config]', 'config file, or a folder with one or with recognisable files')
    .option('--definitions <file...>', 'files that describe the segments (CSV, JSON, JSONL, YAML)')
    .option(
      '--assignments <file...>',
      'files, globs, folders or - (stdin) that say who is in which segment: CSV, TSV, JSON lines, Parquet; .gz, .zst',
    )
    .addOption(
      new Option('--assignments-format <format>', 'format of the assignments, whatever their names').choices([
        'csv',
        'jsonl',
        'parquet',
      ]),
    )
    .option('--traits <file>', 'panel: users whose trait values are known')
    .option('--counts <file>', 'ready-made panel counts, instead of assignments and traits')
    .option(
      '--consent <file>',
      'users who have agreed to a trait or purpose: counts members of sensitive segments without',
    )
    .option('--previous-definitions <file>', 'definitions of an earlier export')
    .option(
      '--previous-assignments <file>',
      'assignments of an earlier export: finds segments that live on under another name',
    )
    .option('--pack <name...>', 'rule packs, by name or path')
    .option('-f, --format <format>', 'output, as FORMAT or FORMAT=PATH; repeat for several', collect)
    .addOption(
      new Option('--fail-on <severity>', 'fail the gate on findings this grave or graver').choices([
        ...SEVERITIES,
        'never',
      ]),
    )
    .option('--fail-on-inconclusive', 'fail the gate also on what the panel leaves open, or when there is no panel')
    .option('--waivers <file>', 'findings that somebody accepted, with reason, owner and last day')
    .option('--baseline <file>', 'findings that were there before; the gate looks at new ones')
    .option('--omit-waived', 'leave waived findings out of sarif, github and gitlab')
    .option('--min-cell <n>', 'hide counts of people below this (default 11)')
    .addOption(
      new Option(
        '--edition <edition>',
        'restricted: which segment goes with which trait; publishable: only how many do (html, markdown, markdown-report)',
      ).choices([...EDITIONS]),
    )
    .option('--dp-epsilon <e>', 'differentially private counts of people in the publishable edition (0.001 to 1)')
    .option('--dp-secret-file <file>', 'file with the secret that their noise is drawn from')
    .option('--threads <n>', 'threads of the embedded engine')
    .option('--memory <size>', 'memory of the embedded engine, such as 2GiB; beyond it, it uses temporary files')
    .option('--self-test', 'plant proxies of known strength in the panel, and say which this audit would have caught')
    .option('--set <key=value>', 'override any key of the config; repeat for several', collect)
    .option('-q, --quiet', 'no notes on stderr')
    .option('-v, --verbose', 'show every finding')
    .addHelpText('after', EXAMPLES)
    .action(async (configArgument: string | undefined, flags: AuditFlags) => {
      const { runAudit } = await import('../run-audit.ts');
      process.exitCode = await runAudit(configArgument, flags);
    });
}

function collect(value: string, earlier: string[] = []): string[] {
  return [...earlier, value];
}
