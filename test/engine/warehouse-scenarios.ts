import { stringify } from 'yaml';
import type { AuditReport } from '../../src/domain/report.ts';

/** Names that try to end a literal, a name, a line, a comment or the script. */
export const HOSTILE: readonly string[] = [
  `it's`,
  `'; DROP TABLE traits; --`,
  `"quoted" and ""`,
  'back\\slash\\',
  `\\'; --`,
  '`tick`',
  '/* comment */ -- $1 :x &y ${z} {w:String} %s',
  'two\nlines',
  '﷽ الرجال 🏳️‍🌈',
  '007',
  '7',
];

type Row = readonly (string | number)[];

/** An export and a panel, as files and as what a warehouse would hold. */
export interface Scenario {
  readonly assignments: readonly Row[];
  readonly traits: readonly Row[];
  /** Columns of the panel's config. */
  readonly panel: Readonly<Record<string, unknown>>;
  readonly members: Readonly<Record<string, unknown>>;
}

/** A sequence that looks random and is the same everywhere. */
function draws(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}

/**
 * 3,000 panel users in segments with hostile names; unknown values, duplicates, conflicting users, empty ids, bands with numbers in odd forms,
 * strata, an intersection, and where they are asked for, weights and scores.
 */
export function hostileScenario({ isWeighted, hasScores }: { isWeighted: boolean; hasScores: boolean }): Scenario {
  const draw = draws(7);
  const assignments: Row[] = [['member "x"', "seg'ment", ...(hasScores ? ['sc`ore'] : [])]];
  const traits: Row[] = [['user\\id', 'fai"th', 'a;ge', "se'x", 'coun--try', ...(isWeighted ? ['w'] : [])]];
  const score = (): Row =>
    hasScores ? [['', 'nan', ' 0.5 ', '1e-1'][Math.floor(draw() * 40)] ?? draw().toFixed(3)] : [];
  for (let user = 0; user < 3000; user += 1) {
    const faith =
      ['none', "it's", 'back\\slash', 'Prefer Not To Say', '', 'UNKNOWN'][Math.floor(draw() ** 2 * 6)] ?? '';
    const age =
      ['nan', '1e999', ' 18 ', '+39.9', '.5', 'abc', '1_0', ''][Math.floor(draw() * 80)] ??
      String(Math.floor(draw() * 90));
    const weight = isWeighted
      ? [['0', '-1', 'x', '1e-3', '0.1234567895'][Math.floor(draw() * 100)] ?? (0.1 + draw() * 3).toFixed(7)]
      : [];
    const row: Row = [
      `u${user}`,
      faith,
      age,
      draw() < 0.5 ? 'm' : 'f',
      ['DE', 'FR', ''][Math.floor(draw() * 3)] ?? '',
      ...weight,
    ];
    traits.push(row);
    if (user % 50 === 0) traits.push(row);
    if (user % 150 === 0) traits.push([row[0] ?? '', 'another', ...row.slice(2)]);
    HOSTILE.forEach((segment, index) => {
      const pull = faith === "it's" && index < 4 ? 0.5 : 0.06 + index / 100;
      if (draw() > pull) return;
      assignments.push([`u${user}`, segment, ...score()]);
      if (draw() < 0.05) assignments.push([`u${user}`, segment, ...score()]);
    });
  }
  for (let user = 0; user < 400; user += 1) assignments.push([`stranger ${user}`, HOSTILE[user % 3] ?? '', ...score()]);
  assignments.push(['', '007', ...score()], ['u1', '', ...score()], ['', '', ...score()]);
  traits.push(['', 'none', '20', 'm', 'DE', ...(isWeighted ? ['1'] : [])]);
  return {
    assignments,
    traits,
    members: { user: 'member "x"', segment: "seg'ment", ...(hasScores ? { score: 'sc`ore' } : {}) },
    panel: {
      user: 'user\\id',
      columns: {
        'fai"th': { trait: 'religion', protected: ["it's", 'none'], unknown: ['prefer not to say', 'unknown'] },
        'a;ge': { trait: 'age', bands: [18, 40, 65] },
        "se'x": 'sex_gender',
      },
      strata: ['coun--try'],
      intersections: [['religion', 'sex_gender']],
      ...(isWeighted ? { weight: 'w' } : {}),
    },
  };
}

/** Cells as CSV, quoted where they must be. */
export function toCsv(rows: readonly Row[]): string {
  const cell = (text: string | number): string =>
    /[",\r\n]/.test(String(text)) ? `"${String(text).replaceAll('"', '""')}"` : String(text);
  return rows.map((row) => `${row.map(cell).join(',')}\n`).join('');
}

/** The files of a direct audit, whose config leaves out what counts cannot hold. */
export function directFiles({ assignments, traits, panel, members }: Scenario): Readonly<Record<string, string>> {
  return {
    'assignments.csv': toCsv(assignments),
    'traits.csv': toCsv(traits),
    'traitleak.yaml': stringify({
      assignments: { files: 'assignments.csv', ...members },
      traits: { file: 'traits.csv', ...panel },
      leaveOut: ['leakage', 'combinations', 'exposure'],
    }),
  };
}

/** A config that knows only the tables. */
export function warehouseConfig({ panel, members }: Scenario, dialect: string): string {
  return stringify({
    warehouse: {
      dialect,
      assignments: { table: ['own"er', "assign'ments"], ...members },
      traits: { table: ['own"er', 'tra.its'], ...panel },
    },
  });
}

/** Notices about files and columns, and about what was left out or cannot be counted. */
const ABOUT_FILES = ['assignment-columns', 'panel-columns', 'panel-columns-unused', 'left-out', 'counts-only'];

/** Everything of a report that counts determine: all but the records of what was read. */
export function comparable({ inputs: _, manifest, notices, ...rest }: AuditReport): unknown {
  const { engine: __, config: ___, ...same } = manifest;
  return { ...rest, manifest: same, notices: notices.filter(({ code }) => !ABOUT_FILES.includes(code)) };
}
