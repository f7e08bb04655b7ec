import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { EXECUTABLE, PROJECT } from '../command-line.ts';
import { csv, inputFolder } from '../input-folder.ts';

interface Job {
  readonly script: readonly string[];
  readonly artifacts: {
    readonly when: string;
    readonly paths: readonly string[];
    readonly reports: Readonly<Record<string, string>>;
  };
}

const [, text = ''] =
  /## GitLab\n\n```yaml\n([\s\S]*?)```/.exec(readFileSync(join(PROJECT, 'docs/ci.md'), 'utf8')) ?? [];
const { segments } = parse(text) as { segments: Job };

describe.runIf(process.platform !== 'win32')('the documented GitLab job', () => {
  test('fails where the gate does, and leaves every report that it names', async () => {
    const folder = inputFolder({ 'definitions.csv': csv(['segment_id', 'name'], ['c1', 'Gay men']) });
    const script = segments.script.map((line) => line.replace(/npx --yes traitleak@\S+/, `node ${EXECUTABLE}`));

    const { exitCode } = await execa('sh', ['-ec', script.join('\n')], { cwd: folder, reject: false });

    expect(exitCode).toBe(1);
    const files = [...segments.artifacts.paths, ...Object.values(segments.artifacts.reports)];
    expect(files).toHaveLength(3);
    for (const file of files) expect(existsSync(join(folder, file))).toBe(true);
    expect(segments.artifacts.when).toBe('always');
  });
});
