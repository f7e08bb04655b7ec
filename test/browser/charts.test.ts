import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import type { AuditReport } from '../../src/domain/report.ts';
import { PUBLISHABLE_FORMATS } from '../../src/report/formats/publishable.ts';
import { publishable } from '../../src/report/publishable-report.ts';
import { written } from '../formats/small-report.ts';
import { violations } from './accessibility.ts';
import { describeInBrowser, openFile } from './chromium.ts';
import { numberedReport } from './fixture-report.ts';

let report: AuditReport;

beforeAll(async () => {
  report = await numberedReport();
}, 60_000);

/** What of a chart is on the screen. */
interface SeenChart {
  readonly id: string;
  readonly drawings: number;
  /** CSS pixels. */
  readonly smallestText: number;
  /** Texts that reach out of the drawing by more than a pixel. */
  readonly cut: readonly string[];
}

/** Measures every chart of the page as it is drawn. */
function seenCharts(page: Page): Promise<readonly SeenChart[]> {
  return page.evaluate(() => {
    for (const part of document.querySelectorAll('details')) part.open = true;
    return [...document.querySelectorAll('figure.chart')].map((figure) => {
      const drawings = [...figure.querySelectorAll('svg')].filter((svg) => svg.getBoundingClientRect().width > 0);
      const texts = drawings.flatMap((svg) => {
        const frame = svg.getBoundingClientRect();
        const scale = frame.width / svg.viewBox.baseVal.width;
        return [...svg.querySelectorAll('text')].map((text) => {
          const box = text.getBoundingClientRect();
          const isCut =
            box.left < frame.left - 1 ||
            box.right > frame.right + 1 ||
            box.top < frame.top - 1 ||
            box.bottom > frame.bottom + 1;
          return {
            size: Number.parseFloat(getComputedStyle(text).fontSize) * scale,
            cut: isCut ? text.textContent : '',
          };
        });
      });
      return {
        id: figure.id,
        drawings: drawings.length,
        smallestText: Math.min(...texts.map(({ size }) => size)),
        cut: texts.map(({ cut }) => cut).filter((cut) => cut !== ''),
      };
    });
  });
}

describeInBrowser('the charts', () => {
  test.each([360, 480, 768, 1280, 1920])(
    'on a screen of %i pixels are drawn once, whole, and large enough to read',
    async (width) => {
      const { page, incidents } = await openFile(written('html', report), { viewport: { width, height: 900 } });

      const charts = await seenCharts(page);

      expect(charts.length).toBeGreaterThan(10);
      expect(charts.filter(({ drawings }) => drawings !== 1)).toEqual([]);
      expect(charts.filter(({ smallestText }) => smallestText < 11)).toEqual([]);
      expect(charts.filter(({ cut }) => cut.length > 0)).toEqual([]);
      expect(incidents).toEqual([]);
    },
  );

  test.each(['light', 'dark'] as const)('tell marks from the paper in %s', async (colorScheme) => {
    const { page } = await openFile(written('html', report), { colorScheme });

    // Contrast of the strokes of marks against the page, as WCAG 2 measures it; 3 is asked for of graphics.
    const contrasts = await page.evaluate(() => {
      const luminance = (color: string): number => {
        const parts = (color.match(/[\d.]+/g) ?? []).slice(0, 3).map((part) => Number(part) / 255);
        const [r = 0, g = 0, b = 0] = parts.map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
      };
      const paper = luminance(getComputedStyle(document.body).backgroundColor);
      return [...document.querySelectorAll('svg.chart-wide .mark, .chart-wide .curve, .chart-wide .bound')].map(
        (mark) => {
          const ink = luminance(getComputedStyle(mark).stroke);
          return (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
        },
      );
    });

    expect(contrasts.length).toBeGreaterThan(50);
    expect(Math.min(...contrasts)).toBeGreaterThanOrEqual(3);
  });
});

describeInBrowser('the publishable edition', () => {
  test.each([
    ['light', 1280],
    ['dark', 1280],
    ['light', 360],
    ['dark', 360],
  ] as const)(
    'in %s at %i pixels has no violation of accessibility rules, and names no segment',
    async (colorScheme, width) => {
      const html = [...(await PUBLISHABLE_FORMATS.html!())(publishable(report))].join('');
      const { page, incidents } = await openFile(html, { colorScheme, viewport: { width, height: 900 } });

      const charts = await seenCharts(page);
      const text = await page.locator('body').innerText();

      expect(charts.map(({ drawings, cut }) => ({ drawings, cut }))).toEqual([{ drawings: 1, cut: [] }]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      expect(report.segments.filter(({ segment }) => text.includes(segment))).toEqual([]);
      expect(incidents).toEqual([]);
      expect(await violations(page)).toEqual([]);
    },
  );
});
