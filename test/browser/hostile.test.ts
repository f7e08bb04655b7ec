import { expect, test } from 'vitest';
import { HOSTILE_NAMES } from '../formats/hostile-names.ts';
import { reportOf, smallReport, written } from '../formats/small-report.ts';
import { describeInBrowser, openFile } from './chromium.ts';

const NAMES = Object.entries({
  ...HOSTILE_NAMES,
  'the end of an attribute': `"><img src=x onerror=alert(1)>' onmouseover='alert(1)`,
  'the end of the style and the script': '</style></script><script>alert(1)</script>',
  'an address that runs': 'javascript:alert(1)',
  'one long word': 'ab'.repeat(5000),
});

describeInBrowser('a hostile name in the HTML report', () => {
  test.each(NAMES)('%s is text and nothing else', async (_, name) => {
    const { page, incidents } = await openFile(written('html', reportOf(name)), {
      viewport: { width: 360, height: 800 },
    });

    const found = await page.evaluate(() => ({
      scripts: document.scripts.length,
      active: document.querySelectorAll(
        'img, iframe, object, embed, audio, video, form:not(.filter), link:not([rel=icon])',
      ).length,
      handlers: [...document.querySelectorAll('*')].filter((one) =>
        one.getAttributeNames().some((attribute) => attribute.startsWith('on') || attribute === 'style'),
      ).length,
      addresses: [...document.querySelectorAll('a')].map((link) => link.getAttribute('href')),
      titles: [...document.querySelectorAll('.finding h3')].map((title) => title.textContent!),
      text: document.querySelector('main')!.textContent!,
      width: document.documentElement.scrollWidth,
    }));

    expect(found).toMatchObject({ scripts: 1, active: 0, handlers: 0 });
    expect(found.addresses.filter((address) => !/^(?:#|https:\/\/)/.test(address ?? ''))).toEqual([]);
    expect(found.width).toBeLessThanOrEqual(360);
    expect(found.text).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u200b\u2028]|[^\P{Cc}\n]/u);
    const start = name.slice(0, 20);
    if (/^[\x21-\x7e][\x20-\x7e]+$/.test(start)) expect(found.titles[0]).toContain(start);
    expect(incidents).toEqual([]);
  });

  test('a law is linked at a web address only', async () => {
    const report = smallReport();
    const law = ['javascript:alert(1)', 'https://example.com/law', 'data:text/html,x', '//example.com'].map(
      (url, index) => ({ id: `l${index}`, title: `Law ${index}`, url }),
    );
    const { page } = await openFile(
      written('html', { ...report, findings: report.findings.map((finding) => ({ ...finding, law })) }),
    );

    const links = await page.locator('.finding .law a').evaluateAll((all) => all.map((a) => a.getAttribute('href')));

    expect(new Set(links)).toEqual(new Set(['https://example.com/law']));
  });
});
