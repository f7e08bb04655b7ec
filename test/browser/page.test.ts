import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { passing, smallReport, written } from '../formats/small-report.ts';
import { violations } from './accessibility.ts';
import { describeInBrowser, openFile } from './chromium.ts';
import { numberedReport } from './fixture-report.ts';

let html = '';

beforeAll(async () => {
  html = written('html', await numberedReport());
}, 60_000);

describeInBrowser('the HTML report', () => {
  test.each(['light', 'dark'] as const)('has no violation of accessibility rules in %s', async (colorScheme) => {
    const { page, incidents } = await openFile(html, { colorScheme, reducedMotion: 'reduce' });

    expect(await violations(page)).toEqual([]);
    await page.evaluate(() => {
      for (const part of document.querySelectorAll('details')) part.open = true;
    });
    expect(await violations(page)).toEqual([]);
    expect(incidents).toEqual([]);
  });

  test('has no violation when nothing was found, and hardly anything examined', async () => {
    const { summary } = smallReport();
    const report = smallReport({
      findings: [],
      associations: [],
      pseudoSegments: [],
      inputs: [],
      notices: [],
      gate: passing('high'),
      summary: {
        ...summary,
        findings: { critical: 0, high: 0, medium: 0, low: 0 },
        traitsTested: [],
        examined: ['words'],
      },
    });

    const { page, incidents } = await openFile(written('html', report));

    expect(await violations(page)).toEqual([]);
    expect(incidents).toEqual([]);
    expect(await page.locator('#answer').innerText()).toContain('who is in the segments was not examined');
    expect(await page.locator('main').innerText()).not.toMatch(/\bsafe\b/i);
  });

  test('has no violation with waivers, hidden figures and every state either', async () => {
    const waiver = { reason: 'Wound down', owner: 'Data team', approver: 'DPO', ticket: null, expires: '2026-03-31' };
    const fingerprint = '00000000000000a3';
    const report = smallReport({ waivers: [{ ...waiver, fingerprint, state: 'expired', note: 'It ended.' }] });

    const { page } = await openFile(written('html', report));

    expect(await violations(page)).toEqual([]);
  });

  test('loads nothing, and says so in its policy', async () => {
    let hits = 0;
    const server = createServer((_, response) => {
      hits += 1;
      response.end();
    }).listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await once(server, 'listening');
    const { page, incidents } = await openFile(html);
    const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content');

    const before = [...incidents];
    const refused = await page.evaluate(
      async (url) => {
        const events: string[] = [];
        document.addEventListener('securitypolicyviolation', (event) => events.push(event.effectiveDirective));
        const image = document.createElement('img');
        image.src = `${url}/x.png`;
        const script = document.createElement('script');
        script.textContent = 'alert(1)';
        document.body.append(image, script);
        await fetch(url).catch(() => undefined);
        await new Promise((done) => setTimeout(done, 300));
        return events;
      },
      `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    );

    expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-[^']+'; script-src 'sha256-[^']+';/);
    expect(policy).not.toContain('unsafe');
    expect(before).toEqual([]);
    // Not even a script that got into the page could load, send or run anything.
    expect([...refused].sort()).toEqual(['connect-src', 'img-src', 'script-src-elem']);
    expect(hits).toBe(0);
    expect(incidents.filter((incident) => incident.startsWith('dialog'))).toEqual([]);
  });

  test('is reached whole by the keyboard, in the order of reading', async () => {
    const { page } = await openFile(html);
    const all = await page.evaluate(() => {
      const selector = 'a[href], button, input, select, summary, [tabindex="0"]';
      const shown = [...document.querySelectorAll<HTMLElement>(selector)].filter((one) => one.checkVisibility());
      for (const [index, one] of shown.entries()) one.dataset.stop = String(index);
      return shown.length;
    });

    const stops: number[] = [];
    for (let press = 0; press < all; press += 1) {
      await page.keyboard.press('Tab');
      stops.push(await page.evaluate(() => Number((document.activeElement as HTMLElement | null)?.dataset.stop ?? -1)));
    }

    expect(all).toBeGreaterThan(60);
    expect(stops).toEqual(Array.from({ length: all }, (_, index) => index));
  });

  test('lets the keyboard skip the contents, fold out and copy', async () => {
    const { page } = await openFile(html, { permissions: ['clipboard-read', 'clipboard-write'] });

    await page.keyboard.press('Tab');
    const first = await page.evaluate(() => document.activeElement?.textContent?.trim());
    await page.keyboard.press('Enter');
    await page.locator('#finding-2 .decide > summary').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');

    expect(first).toBe('Skip to the report');
    expect(new URL(page.url()).hash).toBe('#main');
    const copied = await page.locator('#finding-2 pre').first().textContent();
    expect(copied).toMatch(/^- fingerprint: [0-9a-f]{16}\n {2}reason: ""\n {2}owner: ""\n {2}expires: 2026-04-01\n/);
    await expect.poll(() => page.locator('#finding-2 .copy').first().textContent()).toBe('Copied');
  });

  test('filters findings by words, severity, state and trait', async () => {
    const { page } = await openFile(html);
    const shown = (): Promise<string[]> =>
      page.evaluate(() =>
        [...document.querySelectorAll<HTMLElement>('.finding')]
          .filter((card) => card.checkVisibility())
          .map(({ dataset }) => `${dataset.severity} ${dataset.trait}`),
      );
    const all = await shown();

    await page.locator('select[name=trait]').selectOption('sexual_orientation');
    const byTrait = await shown();
    for (const severity of ['High', 'Medium', 'Low']) await page.getByLabel(severity, { exact: true }).uncheck();
    const critical = await shown();
    const said = await page.locator('#finding-filter output').textContent();
    await page.getByRole('button', { name: 'Show all' }).click();
    await expect.poll(shown).toEqual(all);
    await page.getByLabel('Search').fill('earlier LGBT');
    const bySearch = await page.locator('.finding:visible').allTextContents();
    await page.getByLabel('Search').fill('');
    await page.locator('select[name=state]').selectOption('waived');
    const waived = await shown();

    expect(byTrait).toEqual(all.filter((line) => line.endsWith(' sexual_orientation')));
    expect(critical).toEqual(all.filter((line) => line === 'critical sexual_orientation'));
    expect(critical.length).toBeGreaterThan(0);
    expect(said).toBe(`${critical.length} of ${all.length} findings`);
    expect(bySearch.length).toBeGreaterThan(0);
    expect(bySearch.length).toBeLessThan(all.length);
    for (const text of bySearch) expect(text).toContain('LGBT');
    expect(waived).toEqual([]);
  });

  test('sorts tables by number and by gravity, both ways', async () => {
    const { page } = await openFile(html);
    const column = (index: number): Promise<string[]> =>
      page
        .locator(`#matrix-table tbody tr > :nth-child(${index})`)
        .evaluateAll((cells) => cells.map((cell) => cell.textContent!.trim()));

    const members = page.locator('#matrix-table thead th').nth(1);
    await members.getByRole('button').click();
    const up = (await column(2)).map((text) => Number(text.replaceAll(',', ''))).filter((n) => !Number.isNaN(n));
    const stateUp = await members.getAttribute('aria-sort');
    await members.getByRole('button').click();
    const down = (await column(2)).map((text) => Number(text.replaceAll(',', ''))).filter((n) => !Number.isNaN(n));
    const orientation = page.locator('#matrix-table thead th').nth(2);
    await orientation.getByRole('button').click();
    const gravity = await column(3);

    expect(up.length).toBe(20);
    expect(up).toEqual([...up].sort((a, b) => a - b));
    expect(stateUp).toBe('ascending');
    expect(down).toEqual([...up].reverse());
    expect(gravity[0]).toContain('critical');
    expect(await members.getAttribute('aria-sort')).toBeNull();
  });

  test('says everything without a script, and has no control that would do nothing', async () => {
    const { page, incidents } = await openFile(html, { javaScriptEnabled: false });
    const { page: live } = await openFile(html);

    const headings = (of: Page): Promise<string[]> => of.locator('h1, h2, h3').allInnerTexts();
    expect(await headings(page)).toEqual(await headings(live));
    expect(await page.locator('button:visible, input:visible, select:visible').count()).toBe(0);
    await page.locator('#finding-1 .decide > summary').click();
    expect(await page.locator('#finding-1 pre').first().isVisible()).toBe(true);
    expect(incidents).toEqual([]);
  });

  test.each([360, 768, 1280, 2400])('does not scroll sideways at %i pixels', async (width) => {
    const { page } = await openFile(html, { viewport: { width, height: 800 } });

    const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);

    expect(content).toBeLessThanOrEqual(window!);
  });
});
