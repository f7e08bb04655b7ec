import type { JsonSchema } from '../documents/json-schema.ts';
import { SEVERITIES } from '../domain/severity.ts';
import { EDITIONS, EXAMINATIONS } from './config.ts';

const paths = {
  oneOf: [
    { type: 'string', minLength: 1 },
    { type: 'array', items: { type: 'string', minLength: 1 }, minItems: 1 },
  ],
} as const;

const text = { type: 'string', minLength: 1 } as const;

const format = {
  enum: ['csv', 'jsonl', 'parquet'],
  description: 'Format of the files, whatever their names; csv is also tab, semicolon or pipe separated.',
} as const;

const delimiter = {
  type: 'string',
  pattern: '^[^"\\r\\n]$',
  description: 'What stands between the fields of a line. Default: what the header shows.',
} as const;

/** Assignments are named as a path, as several, or with what is to be known of them. */
const assignmentForms: readonly JsonSchema[] = [
  ...paths.oneOf,
  {
    type: 'object',
    additionalProperties: false,
    required: ['files'],
    properties: {
      files: paths,
      format,
      delimiter,
      user: { ...text, description: 'Column that holds the user id.' },
      segment: { ...text, description: 'Column that holds the segment id, or a list of them.' },
      score: { ...text, description: 'Column of scores: the highest tenth of each segment is tested too.' },
      threshold: { type: 'number', description: 'Only rows with this score or a higher one are memberships.' },
      time: { ...text, description: 'Column that says when the assignment was made.' },
      latest: { type: 'boolean', description: "Only each user's rows with the newest time are memberships." },
      list: {
        type: 'object',
        additionalProperties: false,
        description: 'One row per user, and one column that lists the segments.',
        properties: {
          column: { ...text, description: 'Column of lists. Default: by usual names.' },
          separator: { ...text, description: 'What stands between the segments; without it the text is a JSON array.' },
        },
      },
      wide: {
        description: 'One row per user, and one column per segment with 0 or 1, true or false.',
        oneOf: [
          { type: 'boolean' },
          {
            type: 'object',
            additionalProperties: false,
            required: ['columns'],
            properties: {
              columns: {
                type: 'array',
                items: text,
                minItems: 1,
                uniqueItems: true,
                description: 'Columns that are segments. Default: all but the user, the score and the time.',
              },
            },
          },
        ],
      },
    },
  },
];

/** What the columns of a panel hold. */
const panelColumns = {
  user: { ...text, description: 'Column that holds the user id.' },
  columns: {
    type: 'object',
    description: 'Which column holds which trait. Without it, columns are recognised by usual names.',
    minProperties: 1,
    additionalProperties: {
      oneOf: [
        { ...text, description: 'The trait that the column holds.' },
        {
          type: 'object',
          additionalProperties: false,
          required: ['trait'],
          properties: {
            trait: text,
            protected: {
              type: 'array',
              items: { type: 'string' },
              minItems: 1,
              description: 'Values to test; all values of the column when left out.',
            },
            bands: {
              type: 'array',
              items: { type: 'number' },
              minItems: 1,
              uniqueItems: true,
              description:
                'Lower ends of bands for a column of numbers: [18, 25, 40] makes under 18, 18-24, 25-39, 40+.',
            },
            probabilityOf: {
              ...text,
              description:
                'The column holds the probability that the user has this value (also: a column called `trait:value`).',
            },
            unknown: {
              type: 'array',
              items: { type: 'string' },
              description: 'Values that mean "not known", besides the empty cell.',
            },
          },
        },
      ],
    },
  },
  strata: {
    type: 'array',
    items: text,
    description:
      'Columns that may explain an association, such as country. Default: a column called country, region or market.',
  },
  weight: { ...text, description: 'Column of sampling weights. Every figure is weighted then.' },
  intersections: {
    type: 'array',
    items: { type: 'array', items: text, minItems: 2, maxItems: 2, uniqueItems: true },
    description: 'Pairs of traits to test together, such as [ethnicity_race, sex_gender].',
  },
} as const;

/** A table is named as `schema.table`, or by its parts where one of them holds a point. */
const table = {
  oneOf: [text, { type: 'array', items: text, minItems: 1, maxItems: 4 }],
} as const;

/** JSON Schema of `traitleak.yaml`. */
export const CONFIG_SCHEMA: JsonSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'traitleak/config.schema.json',
  title: 'traitleak config',
  description: 'What to audit, with which panel and rules. Paths are relative to this file.',
  type: 'object',
  additionalProperties: false,
  properties: {
    $schema: { type: 'string' },
    definitions: { ...paths, description: 'Files that describe the segments: CSV, JSON, JSONL or YAML.' },
    assignments: {
      description:
        'Files that say which user is in which segment: CSV, TSV, JSON lines (also .gz, .zst) or Parquet; globs, folders and - are allowed.',
      oneOf: assignmentForms,
    },
    traits: {
      description: 'The panel: users whose trait values are known.',
      oneOf: [
        text,
        {
          type: 'object',
          additionalProperties: false,
          required: ['file'],
          properties: {
            file: text,
            format,
            delimiter,
            ...panelColumns,
          },
        },
      ],
    },
    previous: {
      type: 'object',
      additionalProperties: false,
      description: 'An earlier export: what became of its segments, and which findings live on under other names.',
      properties: {
        definitions: { ...paths, description: 'Files that describe the earlier segments.' },
        assignments: {
          description: 'Files that say which user was in which segment. User ids must be those of the later export.',
          oneOf: assignmentForms,
        },
      },
    },
    consent: {
      description:
        'Which users have agreed to what: members of sensitive segments without recorded consent are counted.',
      oneOf: [
        text,
        {
          type: 'object',
          additionalProperties: false,
          required: ['file'],
          properties: {
            file: text,
            format,
            delimiter,
            user: { ...text, description: 'Column that holds the user id.' },
            trait: { ...text, description: 'Column that names the trait which the user has agreed to.' },
            purpose: { ...text, description: 'Column that names the purpose which the user has agreed to.' },
            granted: { ...text, description: 'Column that says whether the row grants: yes, true, granted.' },
            withdrawn: { ...text, description: 'Column that is filled when the user has withdrawn: a date, yes.' },
          },
        },
      ],
    },
    counts: { ...text, description: 'CSV of ready-made panel counts, instead of assignments and traits.' },
    warehouse: {
      type: 'object',
      additionalProperties: false,
      description: 'Tables that `traitleak sql` writes queries for, instead of files.',
      properties: {
        dialect: { ...text, description: 'As in `traitleak sql --dialect`.' },
        assignments: {
          description: 'Table with one row per user and segment.',
          oneOf: [
            ...table.oneOf,
            {
              type: 'object',
              additionalProperties: false,
              required: ['table'],
              properties: {
                table,
                user: { ...text, description: 'Column that holds the user id.' },
                segment: { ...text, description: 'Column that holds the segment id.' },
                score: { ...text, description: 'Column of scores.' },
                threshold: {
                  type: 'number',
                  description: 'Only rows with this score or a higher one are memberships.',
                },
              },
            },
          ],
        },
        traits: {
          description: 'Table of the panel: one row per user, one column per trait.',
          oneOf: [
            ...table.oneOf,
            {
              type: 'object',
              additionalProperties: false,
              required: ['table'],
              properties: { table, ...panelColumns },
            },
          ],
        },
      },
    },
    packs: { ...paths, description: 'Rule packs, by name or path. Default: recommended.' },
    lock: {
      ...text,
      description: 'Lock file of packs and lexicons. Default: traitleak.lock beside this file, where there is one.',
    },
    failOn: {
      enum: [...SEVERITIES, 'never'],
      description: 'The gate fails on findings of this severity or graver. Default: high.',
    },
    failOnInconclusive: {
      type: 'boolean',
      description: 'The gate fails on comparisons without a conclusion too, and where there is no panel.',
    },
    waivers: { ...text, description: 'Findings that somebody accepted, with reason, owner and last day (YAML).' },
    baseline: {
      ...text,
      description: 'Findings that were there before: what `traitleak baseline` wrote, or results JSON.',
    },
    minCell: {
      type: 'integer',
      minimum: 0,
      description: 'Counts of people below this are hidden in every output. Default: 11.',
    },
    multiplicity: {
      type: 'object',
      additionalProperties: false,
      description: 'How chance findings are controlled over the many tests of a run.',
      properties: {
        method: {
          enum: ['bh', 'by', 'holm'],
          description: 'Benjamini-Hochberg (default), Benjamini-Yekutieli or Holm.',
        },
        family: {
          enum: ['run', 'trait'],
          description: 'Tests that are corrected together: all of the run (default) or per trait.',
        },
        level: {
          type: 'number',
          exclusiveMinimum: 0,
          maximum: 0.5,
          description: 'Accepted share of false flags. Default: 0.05.',
        },
      },
    },
    leaveOut: {
      type: 'array',
      items: { enum: [...EXAMINATIONS] },
      uniqueItems: true,
      description: 'Examinations that this audit does without, to save time; the report says so.',
    },
    report: {
      type: 'object',
      additionalProperties: false,
      description: 'What the outputs hold.',
      properties: {
        edition: {
          enum: [...EDITIONS],
          description:
            'restricted (default): which segment goes with which trait. publishable: how many do, and how that was found out.',
        },
        dpEpsilon: {
          type: 'number',
          minimum: 0.001,
          maximum: 1,
          description:
            'Differential privacy of the counts of people in the publishable edition, all of them together. Needs dpSecretFile.',
        },
        dpSecretFile: {
          ...text,
          description: 'File with the secret (at least 16 bytes) that the noise is drawn from.',
        },
      },
    },
    selfTest: {
      type: 'boolean',
      description: 'Plant proxies of known strength, and say which this audit would have caught.',
    },
    engine: {
      type: 'object',
      additionalProperties: false,
      properties: {
        threads: { type: 'integer', minimum: 1, maximum: 1024 },
        memory: { type: 'string', pattern: '^[0-9]+(\\.[0-9]+)? ?([KMGT]i?B)$', description: 'Such as 2GiB.' },
      },
    },
  },
};
