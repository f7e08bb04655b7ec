import { expect, test } from 'vitest';
import type { Finding } from '../../src/domain/finding.ts';
import type { AuditReport } from '../../src/domain/report.ts';
import { association, finding, smallReport, written } from '../formats/small-report.ts';
import { describeInBrowser, openFile } from './chromium.ts';

const SEGMENTS = 10_000;
const VALUES = 20;
const MEGABYTE = 1_000_000;

describeInBrowser('a report on 10,000 segments and 20 trait values', () => {
  const report = largeReport();
  const html = written('html', report);

  test('stays below 15 MB, and says what it leaves out and where that is', async () => {
    const { page, incidents } = await openFile(html);
    const notes = await page.locator('.cut').allInnerTexts();

    expect(Buffer.byteLength(html)).toBeLessThan(15 * MEGABYTE);
    expect(notes.join('\n')).toMatch(/The first [\d,]+ of 3,000 findings .*-f csv/);
    expect(notes.join('\n')).toMatch(/The first [\d,]+ of 10,001 segments .*-f csv-associations/);
    expect(notes.join('\n')).toMatch(/The first [\d,]+ of 66,667 comparisons .*-f csv-associations/);
    expect(incidents).toEqual([]);
  });

  test('shows the segments with findings first', async () => {
    const { page } = await openFile(html);
    const states = await page
      .locator('#matrix-table tbody tr')
      .evaluateAll((rows) => rows.map((row) => row.querySelector('.found') !== null));

    expect(states.length).toBeGreaterThanOrEqual(500);
    expect(states).not.toContain(false);
  });

  test('filters by what is typed', async () => {
    const { page } = await openFile(html);
    const target = report.findings[123]!.segment;

    await page.getByLabel('Search').fill(`${target} the name`);
    const shown = await page.locator('.finding:visible h3').allTextContents();
    await page.locator('#matrix-table thead button').first().click();

    expect(shown.length).toBe(1);
    expect(shown[0]).toContain(target);
    expect(await page.locator('#matrix-table thead th').first().getAttribute('aria-sort')).toBe('ascending');
    // What a browser can lay out and search without a pause one would notice.
    expect(await page.evaluate(() => document.querySelectorAll('*').length)).toBeLessThan(200_000);
  });
});

function largeReport(): AuditReport {
  const small = smallReport();
  const ids = Array.from({ length: SEGMENTS }, (_, i) => `s${String(i).padStart(5, '0')}`);
  const verdicts = ['cleared', 'inconclusive', 'cleared'] as const;
  const law = Array.from({ length: 5 }, (_, i) => ({
    id: `law-${i}`,
    title: `An act on the processing of personal data, number ${i}`,
    provision: '§ 1',
    url: `https://example.com/${i}`,
  }));
  // Half of the findings rest on words, half on a comparison with its figures.
  const found = ids
    .filter((_, i) => i % 10 < 3)
    .map((segment, i): Finding => {
      const trait = i % 2 === 0 ? 'religion' : `trait_${i % VALUES}`;
      return finding({
        fingerprint: i.toString(16).padStart(16, '0'),
        segment,
        trait,
        law,
        message: `The name of "${segment}" names ${trait}.`,
        ...(i % 2 === 0
          ? {}
          : { value: 'yes', evidence: [{ kind: 'association', segment, trait, value: 'yes', direction: 'over' }] }),
      });
    });
  return {
    ...small,
    findings: found,
    segments: ids.map((segment) => ({
      ...small.segments[0]!,
      segment,
      name: `segment ${segment}`,
    })),
    associations: ids.flatMap((segment, i) =>
      Array.from({ length: VALUES }, (_, j) => ({
        ...association(segment, 'yes', verdicts[(i + j) % 3]!),
        trait: `trait_${j}`,
      })),
    ),
  };
}
