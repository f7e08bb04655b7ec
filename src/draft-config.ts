import { basename } from 'node:path';
import { stringify } from 'yaml';
import { DEFAULT_MIN_CELL } from './config/config.ts';
import { parseConfig } from './config/parse-config.ts';
import { countInputs, ROW_FILE_PROBE } from './count-inputs.ts';
import { compareText } from './domain/order.ts';
import type { CategoricalTrait, PanelCounts, RowFile } from './engine/count-source.ts';
import { AuditError } from './errors.ts';
import {
  recogniseColumn,
  SCORE_COLUMNS,
  SEGMENT_COLUMNS,
  USER_COLUMNS,
  WEIGHT_COLUMNS,
} from './ingest/column-names.ts';
import type { InputPath } from './ingest/input-path.ts';
import { type Panel, understandPanel } from './ingest/panel.ts';
import { type RecognisedFile, recogniseFile } from './ingest/recognise-file.ts';
import { formatCount } from './wording/format-number.ts';
import { printable } from './wording/terminal-text.ts';

/** A config file to begin with. */
export interface ConfigDraft {
  /** YAML with comments. */
  readonly text: string;
  /** What was taken for what, and what was left out and why. */
  readonly notes: readonly string[];
}

/** Files whose name begins so belong to an earlier export. */
const EARLIER = /^(previous|earlier|old|before|last)[-_. ]/i;

const MOST_VALUES = 12;

/**
 * Looks at files and writes a config that audits them.
 *
 * @param inputs - files to look at, shown relative to the folder of the config
 * @param folder - folder that the config will lie in
 * @param temporaryDirectory - makes the folder for temporary files, and says where it is
 * @throws {AuditError} E_CONFIG_NOT_FOUND when no file is recognised, or two could play the same part
 */
export async function draftConfig(
  inputs: readonly InputPath[],
  folder: string,
  temporaryDirectory: () => Promise<string>,
): Promise<ConfigDraft> {
  const files = await Promise.all(inputs.map((input) => recogniseFile(input, ROW_FILE_PROBE)));
  const earlier = files.filter(({ input }) => EARLIER.test(basename(input.path)));
  const current = files.filter((file) => !earlier.includes(file));
  const known = files.filter(({ role }) => role !== 'unknown');
  if (known.length === 0) {
    throw new AuditError(
      'E_CONFIG_NOT_FOUND',
      inputs.length === 0
        ? `There is no file to look at in ${folder}.`
        : `None of the files looks like definitions, assignments, traits or counts: ${files.map(reasonOf).join('; ')}.`,
      {
        hint: 'Name the files, as in `traitleak init clusters.csv members.csv panel.csv`; see docs/inputs.md for their columns.',
      },
    );
  }
  const traits = only(current, 'traits');
  const panel = traits === undefined ? undefined : await lookIntoPanel(traits.file, folder, await temporaryDirectory());
  const blocks = [
    HEAD,
    definitionsBlock(current.filter(isDefinitions)),
    assignmentsBlock(current.filter(isAssignments)),
    ...(panel === undefined ? [] : [panelBlock(panel)]),
    countsBlock(only(current, 'counts')),
    consentBlock(only(current, 'consent')),
    previousBlock(earlier),
    TAIL,
  ];
  const text = blocks.filter((block) => block !== '').join('\n');
  return {
    text,
    notes: files.map((file) =>
      file.role === 'unknown'
        ? `left out: ${reasonOf(file)}`
        : `${roleName(file, earlier.includes(file))}: ${file.input.shown}`,
    ),
  };
}

function reasonOf(file: RecognisedFile): string {
  return `${file.input.shown} (${file.role === 'unknown' ? file.because : file.role})`;
}

function roleName({ role }: RecognisedFile, isEarlier: boolean): string {
  return isEarlier ? `${role} of an earlier export` : role;
}

type RowsOf<Role> = Extract<RecognisedFile, { file: RowFile }> & { readonly role: Role };
type Definitions = Extract<RecognisedFile, { role: 'definitions' }>;

function isDefinitions(file: RecognisedFile): file is Definitions {
  return file.role === 'definitions';
}

function isAssignments(file: RecognisedFile): file is RowsOf<'assignments'> {
  return file.role === 'assignments';
}

function only<Role extends 'traits' | 'counts' | 'consent'>(
  files: readonly RecognisedFile[],
  role: Role,
): RowsOf<Role> | undefined {
  const found = files.filter((file): file is RowsOf<Role> => file.role === role);
  if (found.length > 1) {
    throw new AuditError(
      'E_CONFIG_NOT_FOUND',
      `Several files could be the ${role}: ${found.map(({ input }) => input.shown).join(', ')}.`,
      { hint: 'Name the files that belong together.' },
    );
  }
  return found[0];
}

const HEAD = `# yaml-language-server: $schema=node_modules/traitleak/dist/schemas/config.schema.json
# What \`traitleak audit\` audits, and how strictly. Paths are relative to this file. Every key: docs/configuration.md
`;

const TAIL = `# Rules: recommended, strict, names-only, or a law (\`traitleak rules list\`), or files of your own.
packs: [recommended]

# The gate fails (exit status 1) on findings this grave or graver: critical, high, medium, low, never.
failOn: high

# Counts of people below this are hidden in every output.
minCell: 11

# Findings that were accepted, with reason, owner and last day; \`traitleak waive\` writes them.
# waivers: traitleak-waivers.yaml

# Findings that were there before and do not fail the gate; \`traitleak baseline\` writes them.
# baseline: traitleak-baseline.json
`;

function definitionsBlock(files: readonly Definitions[]): string {
  if (files.length === 0) {
    return `# No file describes the segments: names and topics cannot be examined without one.
# definitions: definitions.csv
`;
  }
  const segments = files.reduce((sum, file) => sum + file.segments, 0);
  return `# Describes the segments: ${formatCount(segments)} ${segments === 1 ? 'definition' : 'definitions'}.
definitions: ${pathsOf(files)}
`;
}

function assignmentsBlock(files: readonly RowsOf<'assignments'>[]): string {
  if (files.length === 0) {
    return `# No file says who is in which segment: membership cannot be examined without one.
# assignments: assignments.csv
`;
  }
  return `# Who is in which segment.
assignments:
${assignmentKeys(files, '  ')}`;
}

function assignmentKeys(files: readonly RowsOf<'assignments'>[], indent: string): string {
  const columns = files[0]?.file.columns ?? [];
  const user = recogniseColumn(columns, USER_COLUMNS) ?? '';
  const segment =
    recogniseColumn(
      columns.filter((column) => column !== user),
      SEGMENT_COLUMNS,
    ) ?? '';
  const score = recogniseColumn(columns, SCORE_COLUMNS);
  const lines = [
    `files: ${pathsOf(files)}`,
    `user: ${scalar(user)}`,
    `segment: ${scalar(segment)}`,
    ...(score === undefined || indent.length > 2 ? [] : [`score: ${scalar(score)}`]),
  ];
  return lines.map((line) => `${indent}${line}\n`).join('');
}

interface ExaminedPanel {
  readonly panel: Panel;
  readonly shown: string;
  readonly counts: PanelCounts | undefined;
}

/** Understands the panel's columns as an audit would, and counts the values of its traits. */
async function lookIntoPanel(file: RowFile, folder: string, temporaryDirectory: string): Promise<ExaminedPanel> {
  const panel = understandPanel(file, { strata: 'auto', intersections: [] });
  const config = parseConfig({ traits: file.shown }, { folder });
  const inputs = { definitions: [], panel, records: async () => [], notices: [] };
  const { source, panel: counts } = await countInputs(inputs, config, { temporaryDirectory });
  await source?.close();
  return { panel, shown: file.shown, counts };
}

function panelBlock({ panel, shown, counts }: ExaminedPanel): string {
  const { file, userColumn, traits, probabilities, stratumColumns } = panel.file;
  const used = [userColumn, ...stratumColumns, ...probabilities.map(({ column }) => column)];
  const columns = traits.flatMap((trait) => (trait.kind === 'categorical' ? [trait] : []));
  const others = file.columns.filter((column) => ![...used, ...columns.map((trait) => trait.column)].includes(column));
  const weight = recogniseColumn(others, WEIGHT_COLUMNS);
  const untested = others.filter((column) => column !== weight);
  return [
    '# The panel: users whose traits are known.',
    'traits:',
    `  file: ${scalar(shown)}`,
    `  user: ${scalar(userColumn)}`,
    ...(columns.length === 0 ? [] : ['  columns:', ...columns.flatMap((trait) => traitLines(trait, counts))]),
    ...probabilities.map(({ column }) => `  # ${printable(column)} holds a probability; its name says of what.`),
    ...(stratumColumns.length === 0
      ? []
      : ['  # What may explain an association without anybody leaking anything.', `  strata: ${flow(stratumColumns)}`]),
    ...(weight === undefined
      ? []
      : ['  # Sampling weights: without this line every figure is unweighted.', `  weight: ${scalar(weight)}`]),
    ...(untested.length === 0
      ? []
      : [
          `  # Columns that are not tested: ${untested.map(printable).join(', ')}. To test one, add it under columns, as`,
          '  # column: trait.',
        ]),
    '',
  ].join('\n');
}

function traitLines({ trait, column }: CategoricalTrait, counts: PanelCounts | undefined): readonly string[] {
  const members = new Map<string, number>();
  for (const total of counts?.totals ?? []) {
    if (total.trait === trait && total.value !== null)
      members.set(total.value, (members.get(total.value) ?? 0) + total.members);
  }
  // A value that few people have is not written down: the column may turn out to hold names.
  const values = [...members]
    .filter(([, count]) => count >= DEFAULT_MIN_CELL)
    .sort(([a, m], [b, n]) => n - m || compareText(a, b))
    .map(([value]) => value);
  const shown = values.slice(0, MOST_VALUES);
  const rest = members.size > shown.length ? ', and others' : '';
  return [
    `    # Values, most frequent first: ${shown.map(printable).join(', ')}${rest}.`,
    `    ${scalar(column)}:`,
    `      trait: ${scalar(trait)}`,
    '      # Test these values only (all, without it), and take these for "not known":',
    `      # protected: ${flow(shown.slice(1).map(printable))}`,
    '      # unknown: [prefer not to say]',
  ];
}

function countsBlock(counts: RowsOf<'counts'> | undefined): string {
  if (counts === undefined) return '';
  return `# Ready-made panel counts; they take the place of assignments and traits.
counts: ${scalar(counts.input.shown)}
`;
}

function consentBlock(consent: RowsOf<'consent'> | undefined): string {
  if (consent === undefined) return '';
  return `# Who consented to what.
consent: ${scalar(consent.input.shown)}
`;
}

function previousBlock(files: readonly RecognisedFile[]): string {
  const definitions = files.filter(isDefinitions);
  const assignments = files.filter(isAssignments);
  if (definitions.length === 0 && assignments.length === 0) return '';
  return [
    '# An earlier export: finds segments that live on under another name.',
    'previous:',
    ...(definitions.length === 0 ? [] : [`  definitions: ${pathsOf(definitions)}`]),
    ...(assignments.length === 0 ? [] : ['  assignments:', assignmentKeys(assignments, '    ').trimEnd()]),
    '',
  ].join('\n');
}

function pathsOf(files: readonly { readonly input: InputPath }[]): string {
  const paths = files.map(({ input }) => input.shown);
  return paths.length === 1 ? scalar(paths[0] ?? '') : flow(paths);
}

/** A text as YAML on one line. */
function scalar(value: string): string {
  return stringify(value, { lineWidth: 0, defaultStringType: 'PLAIN', blockQuote: false }).trim();
}

/** A list of texts as YAML on one line. */
function flow(values: readonly string[]): string {
  return stringify(values, {
    collectionStyle: 'flow',
    lineWidth: 0,
    blockQuote: false,
    flowCollectionPadding: false,
  }).trim();
}
