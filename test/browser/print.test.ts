import { beforeAll, expect, test } from 'vitest';
import { written } from '../formats/small-report.ts';
import { describeInBrowser, openFile } from './chromium.ts';
import { numberedReport } from './fixture-report.ts';

let html = '';

beforeAll(async () => {
  html = written('html', await numberedReport());
}, 60_000);

/** Width of the text on a page of 210 or 216 mm, less the margins, in pixels. */
const TEXT_WIDTH = { A4: 672, Letter: 695 } as const;

describeInBrowser('the printed report', () => {
  test.each(['A4', 'Letter'] as const)('has its headings, and a page count that fits, on %s', async (format) => {
    const { page } = await openFile(html, { javaScriptEnabled: false });

    const pdf = (await page.pdf({ format, outline: true, tagged: true, preferCSSPageSize: false })).toString('latin1');

    const pages = pdf.match(/\/Type \/Page\b(?!s)/g)?.length ?? 0;
    const findings = await page.locator('.finding').count();
    expect(pages).toBeGreaterThan(10);
    expect(pages).toBeLessThan(30 + findings);
    const outline = [...pdf.matchAll(/\/Title \((.*?[^\\])\)/gs)].map(([, title]) =>
      title!.replace(/\s+/g, ' ').trim(),
    );
    const headings = await page.locator('h1, h2').allInnerTexts();
    expect(headings.length).toBe(11);
    for (const heading of headings) expect(outline).toContain(heading.replace(/\s+/g, ' ').trim());
  });

  test.each(['A4', 'Letter'] as const)('cuts nothing on %s, and opens what is folded', async (format) => {
    const { page } = await openFile(html, { viewport: { width: TEXT_WIDTH[format], height: 900 } });
    await page.emulateMedia({ media: 'print' });

    const cut = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('main *')]
        .filter((one) => one.checkVisibility() && one.getBoundingClientRect().right > innerWidth + 1)
        .map((one) => `${one.tagName}.${one.className} ${one.textContent?.slice(0, 40)}`),
    );
    const folded = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('details:not([open]) :is(table, p)')].map(
        (one) => one.closest('.decide') !== null || one.getBoundingClientRect().height > 0,
      ),
    );

    expect(cut).toEqual([]);
    expect(folded.length).toBeGreaterThan(5);
    expect(folded).not.toContain(false);
  });

  test('numbers its pages, and leaves out what only a screen can do', async () => {
    const { page } = await openFile(html);
    await page.emulateMedia({ media: 'print' });

    expect(await page.locator('.copy:visible, .filter:visible, nav:visible').count()).toBe(0);
    expect(html).toContain('counter(page) " / " counter(pages)');
  });
});
