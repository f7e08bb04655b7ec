import { expect, test } from 'vitest';
import { escapeXml } from '../../src/wording/escape-xml.ts';

test.each([
  [`<a b="c">&'`, '&lt;a b=&quot;c&quot;&gt;&amp;&apos;'],
  ['a\nb\tc\0d', 'a\\u{a}b\\u{9}c\\u{0}d'],
  ['a\ufffeb\ud83dc', 'a\\u{fffe}b\\u{d83d}c'],
  ['עברית 漢字 👩‍👩‍👧', 'עברית 漢字 👩‍👩‍👧'],
])('%j is written %j', (text, xml) => {
  expect(escapeXml(text)).toBe(xml);
});
