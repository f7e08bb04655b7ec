import { join } from 'node:path';
import { expect, test } from 'vitest';
import { auditResults, PROJECT } from '../command-line.ts';

const FIXTURE = join(PROJECT, 'fixtures', 'named');

test('what the config leaves out is not examined, and the report says so', async () => {
  const report = await auditResults(FIXTURE, '--set', 'leaveOut=[leakage, combinations]');

  expect(report.leakage).toEqual([]);
  expect(report.summary.compositions).toBeNull();
  expect(report.associations.length).toBeGreaterThan(0);
  expect(report.notices).toContainEqual(
    expect.objectContaining({
      code: 'left-out',
      level: 'warning',
      message: expect.stringContaining('leakage, combinations'),
    }),
  );
});
