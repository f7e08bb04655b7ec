import { afterEach, expect, test, vi } from 'vitest';
import { reportError } from '../../src/cli/report-error.ts';
import { AuditError, ERRORS } from '../../src/errors.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

/** Reports an error, and returns the status and what was written. */
function reported(error: unknown, debug = false): { status: number; text: string } {
  let text = '';
  vi.spyOn(process.stderr, 'write').mockImplementation((chunk) => {
    text += String(chunk);
    return true;
  });
  return { status: reportError(error, debug), text };
}

test('anything unexpected is a bug: status 3, E_INTERNAL, a request to report it, no stack', () => {
  const { status, text } = reported(new TypeError('x is undefined'));

  expect(status).toBe(3);
  expect(text).toContain('x is undefined (E_INTERNAL)');
  expect(text).toContain('Please report it');
  expect(text).not.toMatch(/^\s+at /m);
});

test('anything that was thrown can be reported', () => {
  expect(reported('just text').text).toContain('just text (E_INTERNAL)');
  expect(reported(undefined).status).toBe(3);
});

test('a known error says where, what and how to mend it', () => {
  const error = new AuditError('E_INPUT_CSV', 'Something is wrong.', {
    location: { file: 'a.csv', line: 3, column: 7 },
  });

  expect(reported(error)).toEqual({
    status: 2,
    text: `error a.csv:3:7: Something is wrong. (E_INPUT_CSV)\n      ${ERRORS.E_INPUT_CSV.hint}\n`,
  });
});

test('every error has a hint that ends like a sentence, and status 2 or 3', () => {
  for (const [code, { exit, hint }] of Object.entries(ERRORS)) {
    expect([code, hint.endsWith('.')]).toEqual([code, true]);
    expect(exit).toBe(code === 'E_INTERNAL' ? 3 : 2);
  }
});

test('a message that names what an input calls a megabyte long is cut short, and keeps its code', () => {
  const { text } = reported(new AuditError('E_USAGE', 'x'.repeat(1_000_000), { hint: 'y'.repeat(1_000_000) }));

  expect(text.length).toBeLessThan(5000);
  expect(text).toMatch(/^error x+… \(E_USAGE\)\n {6}y+…\n$/);
});
