/**
 * Takes the pictures in docs/screenshots of the HTML report on the second release of the example: `npm run screenshots`. Needs Chromium; its
 * place can be named in the variable CHROMIUM.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const project = fileURLToPath(new URL('..', import.meta.url));
const pictures = join(project, 'docs', 'screenshots');
const folder = mkdtempSync(join(tmpdir(), 'traitleak-screenshots-'));
const report = join(folder, 'audit.html');

mkdirSync(pictures, { recursive: true });
// The gate fails on the example, which is status 1.
const { status } = spawnSync(
  process.execPath,
  ['bin/traitleak.js', 'audit', 'fixtures/named', '-q', '-f', `html=${report}`],
  { cwd: project, env: { ...process.env, SOURCE_DATE_EPOCH: '1767225600' }, stdio: 'inherit' },
);
if (status !== 1) throw new Error(`The audit ended with status ${status}.`);

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--force-color-profile=srgb', '--font-render-hinting=none'],
});

/** Opens the report and takes a picture of what a screen shows from an element on. */
async function take(name, { from = '#answer', width = 1280, height = 900, scale = 1, colorScheme = 'light' }) {
  const page = await browser.newPage({
    viewport: { width, height },
    deviceScaleFactor: scale,
    colorScheme,
    reducedMotion: 'reduce',
  });
  await page.goto(pathToFileURL(report).href);
  await page
    .locator(from)
    .first()
    .evaluate((element) => {
      element.scrollIntoView();
      if (element.id === 'answer') scrollTo(0, 0);
    });
  await page.waitForTimeout(300);
  await page.screenshot({ path: join(pictures, `${name}.png`) });
  await page.close();
}

/** Prints the report and takes a picture of one page of paper. */
async function print(name, pageNumber) {
  const printer = await browser.newPage();
  await printer.goto(pathToFileURL(report).href);
  const pdf = join(folder, 'audit.pdf');
  await printer.pdf({ path: pdf, format: 'A4', printBackground: true });
  await printer.close();
  // The viewer wants a server of its own; a PDF from disk would be a download.
  const server = createServer((request, response) => {
    const isPdf = request.url === '/audit.pdf';
    response.setHeader('content-type', isPdf ? 'application/pdf' : 'text/html');
    response.end(
      isPdf
        ? readFileSync(pdf)
        : `<body style="margin:0"><embed type="application/pdf" width="840" height="1188" src="/audit.pdf#page=${pageNumber}&toolbar=0&navpanes=0&view=Fit">`,
    );
  }).listen(0, '127.0.0.1');
  const viewer = await browser.newPage({ viewport: { width: 840, height: 1188 } });
  await viewer.goto(`http://127.0.0.1:${server.address().port}/`);
  await viewer.waitForTimeout(3000);
  await viewer.screenshot({ path: join(pictures, `${name}.png`) });
  await viewer.close();
  server.close();
}

try {
  await take('desktop', {});
  await take('findings', { from: '#finding-2', height: 1000 });
  await take('matrix-dark', { from: '#matrix', colorScheme: 'dark' });
  await take('phone', { width: 390, height: 844, scale: 1.5, from: '#finding-2' });
  await print('print', 1);
} finally {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}
