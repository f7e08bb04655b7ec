import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, describe, onTestFinished } from 'vitest';

const USUAL_PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

const executable = [process.env.CHROMIUM ?? '', ...USUAL_PLACES].find((path) => path !== '' && existsSync(path));

/** Tests that need a browser; skipped, and said to be, where there is none. */
export function describeInBrowser(name: string, tests: () => void): void {
  if (executable === undefined) {
    console.warn(`SKIPPED: ${name}. There is no Chromium; install one, or name it in the variable CHROMIUM.`);
    describe.skip(name, tests);
  } else {
    describe(name, { timeout: 120_000 }, tests);
  }
}

let browser: Promise<Browser> | undefined;

afterAll(async () => {
  await (await browser)?.close();
  browser = undefined;
});

/** A page that is open, and what went on in it. */
export interface OpenPage {
  readonly page: Page;
  /** Messages of the console, errors, dialogs, and requests for anything but the file. */
  readonly incidents: readonly string[];
}

/** Opens an HTML text from disk, as a reader does. */
export async function openFile(html: string, options: BrowserContextOptions = {}): Promise<OpenPage> {
  browser ??= chromium.launch({ executablePath: executable!, args: ['--no-sandbox'] });
  const context = await (await browser).newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const folder = mkdtempSync(join(tmpdir(), 'traitleak-page-'));
  onTestFinished(async () => {
    await context.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const path = join(folder, 'audit.html');
  writeFileSync(path, html);
  const url = pathToFileURL(path).href;
  const page = await context.newPage();
  const incidents: string[] = [];
  page.on('console', (message) => incidents.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => incidents.push(`error: ${error.message}`));
  page.on('request', (request) => {
    if (request.url() !== url && request.url() !== 'data:,') incidents.push(`request: ${request.url()}`);
  });
  page.on('dialog', async (dialog) => {
    incidents.push(`dialog: ${dialog.message()}`);
    await dialog.dismiss();
  });
  await page.goto(url);
  return { page, incidents };
}
