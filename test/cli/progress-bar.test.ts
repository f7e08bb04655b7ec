import { describe, expect, test } from 'vitest';
import { type ProgressBar, progressBar } from '../../src/cli/progress-bar.ts';
import { traitleak } from '../command-line.ts';

interface Screen {
  readonly bar: ProgressBar;
  /** What stands in the line of the bar after drawing it at a time in milliseconds. */
  at(milliseconds: number): string;
  readonly written: () => string;
}

function screen(columns = 80): Screen {
  let time = 0;
  let written = '';
  const bar = progressBar({
    write(text) {
      written += text;
    },
    columns,
    now: () => time,
  });
  const at = (milliseconds: number): string => {
    time = milliseconds;
    bar.draw();
    return written.split('\r\u001b[2K').at(-1) ?? '';
  };
  return { bar, at, written: () => written };
}

describe('the progress bar', () => {
  test('appears only when the work takes longer than a second', () => {
    const { bar, at } = screen();
    bar.begin('reading names');
    expect(at(999)).toBe('');
    expect(at(1500)).toBe('reading names  2 s');
  });

  test('shows phase, share, amount, rate and the time left', () => {
    const { bar, at } = screen();
    bar.begin('reading assignments', { amount: { count: 340e6, unit: 'bytes' }, share: () => 0.25 });
    expect(at(2000)).toBe('reading assignments  █████░░░░░░░░░░░░░░░  25 %  85 MB, 43 MB/s  6 s left');
  });

  test('shows rows and the time that has passed where the share cannot be told', () => {
    const { bar, at } = screen();
    bar.begin('collecting memberships', { amount: { count: 20_000_000, unit: 'rows' } });
    expect(at(75_000)).toBe('collecting memberships  20,000,000 rows  1 min 15 s');
  });

  test('counts the time of each phase from its beginning', () => {
    const { bar, at } = screen();
    bar.begin('reading assignments');
    expect(at(60_000)).toBe('reading assignments  1 min 00 s');
    bar.begin('reading names');
    expect(at(63_000)).toBe('reading names  3 s');
  });

  test('never fills the line of the terminal, so that it can be cleared', () => {
    const { bar, at } = screen(20);
    bar.begin('reading assignments', { amount: { count: 340e6, unit: 'bytes' }, share: () => 0.25 });
    expect(at(2000)).toHaveLength(19);
  });

  test('leaves nothing behind', () => {
    const { bar, at, written } = screen();
    bar.begin('reading names');
    at(5000);
    bar.stop();
    expect(written().endsWith('\r\u001b[2K')).toBe(true);
  });

  test('is not drawn where stderr is no terminal', async () => {
    const { stderr } = await traitleak(['audit', 'fixtures/named', '--fail-on', 'never', '-f', 'markdown']);
    expect(stderr).not.toContain('\u001b');
    expect(stderr).not.toContain('reading');
  });
});
