import { expect, test } from 'vitest';
import { traitleak } from '../command-line.ts';
import { inputFolder } from '../input-folder.ts';

/** A pack that knows minors only, where the lexicon's trait is any age. */
const packWith = (groups: string): string => `id: own
version: 1.0.0
title: Own
references: [{ id: policy, title: Our policy }]
rules:
  - id: names-minors
    kind: name
    title: A name
    severity: high
    traits: [age]
    when: { strength: explicit, fields: [name], groups: ${groups} }
    why: Because.
    remedy: Rename.
    law: [policy]
`;

const NAMES = 'segment_id,name\n1,Teens 13-17\n2,Seniors 65+\n3,Schoolchildren\n4,Jazz lovers\n';

test.each([
  ['[minors, age-bracket-minors]', ['1', '3']],
  ['[minors]', ['3']],
  ['[minor]', []],
])(
  'a name rule with groups %s fires on words of these lexicon groups, and of their families, only',
  async (groups, segments) => {
    const cwd = inputFolder({ 'own.yaml': packWith(groups), 'd.csv': NAMES });

    const { stdout } = await traitleak(['audit', '--definitions', 'd.csv', '--pack', 'own.yaml', '-f', 'json'], {
      cwd,
    });

    const { findings } = JSON.parse(stdout) as { findings: { segment: string }[] };
    expect(findings.map(({ segment }) => segment).sort()).toEqual(segments);
  },
);

test('show says that a rule reads these groups only', async () => {
  const cwd = inputFolder({ 'own.yaml': packWith('[minors]') });

  const { stdout } = await traitleak(['rules', 'show', 'names-minors', '--pack', 'own.yaml'], { cwd });

  expect(stdout.replaceAll(/\s+/g, ' ')).toContain('with the shipped lexicons (groups minors only)');
});
