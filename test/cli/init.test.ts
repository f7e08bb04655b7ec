import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { expectRefusal, traitleak } from '../command-line.ts';
import { csv, inputFolder } from '../input-folder.ts';

const DEFINITIONS = csv(['segment_id', 'name', 'purpose'], ['c1', 'Jazz', 'ads'], ['c2', 'Chess', 'ads']);
const ASSIGNMENTS = csv(['uid', 'cluster', 'score'], ...users(40).map((user) => [user, 'c1', 0.5]));

function users(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `user-${index}`);
}

/** 24 users of one faith, 12 of another, and 4 of a third. */
const PANEL = csv(
  ['uid', 'religion', 'country', 'shoe_size', 'sample_weight'],
  ...users(40).map((user, index) => [user, index < 24 ? 'none' : index < 36 ? 'jain' : 'bahai', 'DE', 40, 1]),
);

describe('traitleak init', () => {
  test('writes a config for the files of a folder that the audit then takes', async () => {
    const folder = inputFolder({ 'clusters.csv': DEFINITIONS, 'who.csv': ASSIGNMENTS, 'panel.csv': PANEL });

    const { exitCode, stdout, stderr } = await traitleak(['init'], { cwd: folder });

    expect(exitCode).toBe(0);
    expect(stdout).toBe('Wrote traitleak.yaml. Read it, then run: traitleak audit\n');
    expect(stderr).toContain('note: definitions: clusters.csv');
    expect(parse(readFileSync(join(folder, 'traitleak.yaml'), 'utf8'))).toEqual({
      definitions: 'clusters.csv',
      assignments: { files: 'who.csv', user: 'uid', segment: 'cluster', score: 'score' },
      traits: {
        file: 'panel.csv',
        user: 'uid',
        columns: { religion: { trait: 'religion' } },
        strata: ['country'],
        weight: 'sample_weight',
      },
      packs: ['recommended'],
      failOn: 'high',
      minCell: 11,
    });
    expect((await traitleak(['audit', '-q'], { cwd: folder })).exitCode).toBe(0);
  });

  test('says in comments what it left out, and never names a value that few people have', async () => {
    const folder = inputFolder({ 'panel.csv': PANEL, 'clusters.csv': DEFINITIONS });

    const { stdout } = await traitleak(['init', '-o', '-'], { cwd: folder });

    expect(stdout).toContain('# Columns that are not tested: shoe_size.');
    expect(stdout).toContain('# Values, most frequent first: none, jain, and others.');
    expect(stdout).not.toContain('bahai');
    expect(stdout).not.toMatch(/user-\d/);
    expect(existsSync(join(folder, 'traitleak.yaml'))).toBe(false);
  });

  test('puts files of an earlier export where they belong', async () => {
    const folder = inputFolder({
      'clusters.csv': DEFINITIONS,
      'previous-clusters.csv': DEFINITIONS,
      'previous-who.csv': ASSIGNMENTS,
    });

    const { stdout } = await traitleak(['init', '-o', '-'], { cwd: folder });

    expect(parse(stdout).previous).toEqual({
      definitions: 'previous-clusters.csv',
      assignments: { files: 'previous-who.csv', user: 'uid', segment: 'cluster' },
    });
  });

  test('keeps names that YAML would read as something else', async () => {
    const folder = inputFolder({
      '- a: #b.csv': DEFINITIONS,
      'on.csv': csv(['yes: no', 'user_id', 'race'], [1, 'u', 'x']),
    });

    const { stdout } = await traitleak(['init', '-o', '-'], { cwd: folder });

    expect(parse(stdout).definitions).toBe('- a: #b.csv');
  });

  test('writes over nothing unless it is told to', async () => {
    const folder = inputFolder({ 'clusters.csv': DEFINITIONS, 'traitleak.yaml': 'failOn: low\n' });

    await expectRefusal(folder, ['init'], { code: 'E_OUTPUT', message: 'traitleak.yaml is there already' });
    expect((await traitleak(['init', '--force'], { cwd: folder })).exitCode).toBe(0);
  });

  test('refuses a folder in which nothing is recognised, and says why of each file', async () => {
    const folder = inputFolder({ 'notes.txt': 'hello world\n' });

    await expectRefusal(folder, ['init'], {
      code: 'E_CONFIG_NOT_FOUND',
      message: /notes\.txt \(its columns are not recognised\. The first line has 1 field [^)]*\)/,
    });
  });

  test('asks for a choice between two panels', async () => {
    const folder = inputFolder({ 'a.csv': PANEL, 'b.csv': PANEL });

    await expectRefusal(folder, ['init'], {
      code: 'E_CONFIG_NOT_FOUND',
      message: 'Several files could be the traits: a.csv, b.csv',
    });
  });
});
