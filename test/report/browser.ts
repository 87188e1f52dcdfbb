import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const PLACES = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];
const executablePath = PLACES.find((path) => path !== undefined && existsSync(path));

/** Why a test that needs a browser is skipped; false where there is one. */
export const WITHOUT_BROWSER =
  executablePath === undefined && 'Chromium is not installed (apt install chromium, or set CHROMIUM)';

/** A browser that asks nobody for anything. */
export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: executablePath ?? '',
    args: [
      ...[
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
      ],
      ...['--disable-component-update', '--disable-sync'],
    ],
  });
}

/** What happened while a page was open that must not have. */
export interface Trouble {
  readonly said: string[];
  readonly requests: string[];
}

/** Opens a text as a page from a file, hands it over, and closes it. */
export async function opened(
  browser: Browser,
  text: string,
  options: BrowserContextOptions,
  use: (page: Page, trouble: Trouble) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'rst-analyze-'));
  const context = await browser.newContext(options);
  try {
    const file = join(folder, 'report.html');
    writeFileSync(file, text);
    const page = await context.newPage();
    const trouble: Trouble = { said: [], requests: [] };
    page.on('console', (message) => trouble.said.push(message.text()));
    page.on('pageerror', (error) => trouble.said.push(error.message));
    page.on('dialog', (dialog) => trouble.said.push(dialog.message()));
    page.on('request', (request) => trouble.requests.push(request.url()));
    await page.goto(pathToFileURL(file).href);
    await use(page, trouble);
  } finally {
    await context.close();
    rmSync(folder, { recursive: true });
  }
}
