import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { pad, printable, truncate, wrap, wrapAfter } from '../../src/wording/terminal-text.ts';

/** Text with spaces, wide, combining and invisible characters, and emoji made of several. */
const text = fc.string({
  unit: fc.oneof(
    fc.constantFrom(' ', 'a', '漢', 'é', '👩‍👩‍👧', '\u200b', '\u001b', '\u202e'),
    fc.string({ unit: 'binary' }),
  ),
});

describe('printable', () => {
  test('shows what could move, colour, reorder or hide text', () => {
    expect(printable('a\u001b[31mb\u202ec\u200bd\ne')).toBe('a\\u{1b}[31mb\\u{202e}c\\u{200b}d\\u{a}e');
  });

  test('leaves names in every script, and emoji, as they are', () => {
    for (const name of ['café', 'Ελλάδα', 'עברית', 'عربي', 'हिन्दी', '日本語', '👩‍👩‍👧', '🏳️‍🌈'])
      expect(printable(name)).toBe(name);
  });

  test('changes nothing the second time', () => {
    fc.assert(
      fc.property(text, (name) => {
        expect(printable(printable(name))).toBe(printable(name));
      }),
    );
  });
});

describe('wrap', () => {
  test('keeps every line within the width, and every character but the spaces', () => {
    fc.assert(
      fc.property(text.map(printable), fc.integer({ min: 8, max: 40 }), (paragraph, width) => {
        const lines = wrap(paragraph, width);
        expect(lines.join('').replace(/\s/g, '')).toBe(paragraph.replace(/\s/g, ''));
        for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(width);
      }),
    );
  });

  test('breaks at spaces first', () => {
    expect(wrap('one two three', 8)).toEqual(['one two', 'three']);
    expect(wrap('abcdefghij kl', 4)).toEqual(['abcd', 'efgh', 'ij', 'kl']);
  });
});

test('wrap keeps a number and its percent sign, and a section and its number, in one line', () => {
  expect(wrap('guessing gives 50 %, as ever', 19)).toEqual(['guessing gives', '50 %, as ever']);
  expect(wrap('GDPR, Art. 9(1), § 12', 10)).toEqual(['GDPR,', 'Art. 9(1),', '§ 12']);
});

describe('wrapAfter', () => {
  test('indents further lines by the width of the label, whatever its colours', () => {
    const lines = wrapAfter('\u001b[31merror\u001b[39m ', 'a long explanation of it', 24);

    expect(lines).toEqual(['\u001b[31merror\u001b[39m a long explanation', '      of it']);
  });

  test('writes below a label that leaves no room', () => {
    expect(wrapAfter('a-very-long-rule-id  high  ', 'what it finds', 30)).toEqual([
      'a-very-long-rule-id  high',
      '    what it finds',
    ]);
  });
});

describe('truncate and pad', () => {
  test('keep to the width, in columns', () => {
    fc.assert(
      fc.property(text.map(printable), fc.integer({ min: 2, max: 30 }), (name, width) => {
        expect(stringWidth(truncate(name, width))).toBeLessThanOrEqual(width);
        expect(stringWidth(pad(truncate(name, width), width))).toBe(width);
      }),
    );
  });

  test('mark what was cut', () => {
    expect(truncate('abcdef', 4)).toBe('abc…');
    expect(truncate('漢字漢字', 5)).toBe('漢字…');
    expect(truncate('abcd', 4)).toBe('abcd');
  });
});
