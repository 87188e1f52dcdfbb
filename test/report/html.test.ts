import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { analyze } from '#src/analyze.js';
import { html } from '#src/report/html.js';
import type { Result } from '#src/result.js';
import { ROOT } from '../support/root.js';
import { launch, opened, WITHOUT_BROWSER } from './browser.js';
import { tooPale } from './contrast.js';
import { HOSTILE, hostileResult } from './hostile.js';
import { fullResult, result } from './sample.js';

const SIZES = [
  { width: 1280, height: 900 },
  { width: 390, height: 844 },
];
const SCHEMES = ['light', 'dark'] as const;

async function realResult(name: string): Promise<Result> {
  const folder = join(ROOT, 'fixtures', 'captures', name);
  const captures = (['client', 'server'] as const).map((vantage) => ({
    vantage,
    path: join(folder, `${vantage}.pcap`),
  }));
  return analyze({ captures, lb: ['azure-standard:idle=15m'], ladders: true });
}

test('a thousand findings, each with its packets, are less than 5 MB', async () => {
  const names = ['azure-idle-240', 'azure-silent-20', 'keepalive-failure', 'client-dnat'];
  const results = await Promise.all(names.map(realResult));
  const pool = results.flatMap(({ findings }) => findings);
  const findings = Array.from({ length: 1000 }, (_, i) => ({ ...pool[i % pool.length], id: `F${i + 1}` }));
  const text = html({ ...results[0], findings });
  assert.ok(text.length < 5e6, `${text.length} bytes`);
  assert.equal(text.match(/<svg class="ladder"/g)?.length, 1000);
});

test('the page names no place outside itself', async () => {
  const text = html(await realResult('azure-idle-240'));
  assert.doesNotMatch(text, /\b(?:src|srcset|action|data|poster)=|@import|url\(/);
  for (const [, target] of text.matchAll(/href="([^"]*)"/g)) assert.match(target, /^#/);
});

describe('in Chromium', { skip: WITHOUT_BROWSER }, () => {
  let browser: Browser;
  let real: Result;
  before(async () => {
    browser = await launch();
    real = await realResult('azure-silent-20');
  });
  after(() => browser.close());

  for (const viewport of SIZES) {
    for (const colorScheme of SCHEMES) {
      test(`nothing is said, asked for or cut off at ${viewport.width} pixels, ${colorScheme}`, async () => {
        for (const sample of [real, fullResult(), result([]), result([], { captures: [] })]) {
          await opened(browser, html(sample), { viewport, colorScheme }, async (page, { said, requests }) => {
            assert.equal(await page.evaluate('document.documentElement.scrollWidth'), viewport.width);
            assert.deepEqual(said, []);
            assert.equal(requests.length, 1);
          });
        }
      });
    }
  }

  for (const colorScheme of SCHEMES) {
    test(`every text has the contrast of WCAG AA, ${colorScheme}`, async () => {
      for (const sample of [real, fullResult()]) {
        await opened(browser, html(sample), { viewport: SIZES[0], colorScheme }, async (page) => {
          await page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })");
          assert.deepEqual(await tooPale(page), []);
        });
      }
    });
  }

  test('the contrast check finds what is too pale', async () => {
    const text = '<!doctype html><p style="color:#aaa;background:#fff">pale</p><p>dark';
    await opened(browser, text, {}, async (page) => {
      assert.deepEqual(await tooPale(page), ['pale: rgb(170, 170, 170) on rgb(255, 255, 255) is 2.32']);
    });
  });

  for (const [what, hostile] of Object.entries(HOSTILE)) {
    test(`${what} in every field: nothing runs, nothing is fetched, nothing is said`, async () => {
      await opened(browser, html(hostileResult(hostile)), {}, async (page, { said, requests }) => {
        assert.equal(await page.evaluate('window.owned'), undefined);
        assert.equal(await page.locator('script').count(), 1);
        assert.equal(await page.locator('img, iframe, object, link, base, form').count(), 0);
        assert.deepEqual(said, []);
        assert.equal(requests.length, 1);
      });
    });
  }

  test('by keyboard: past the beginning, through the filter, into a finding', async () => {
    await opened(browser, html(real), { viewport: SIZES[0] }, async (page) => {
      const focused = () => page.evaluate('document.activeElement.id || document.activeElement.textContent');
      await page.keyboard.press('Tab');
      assert.equal(await focused(), 'Skip to the findings');
      await page.keyboard.press('Enter');
      await page.keyboard.press('Tab');
      assert.equal(await focused(), 'filter');
      await page.keyboard.type('F3');
      assert.equal(await page.locator('tbody tr:visible').count(), 1);
      for (const expected of ['', 'ID']) {
        await page.keyboard.press('Tab');
        if (expected !== '') assert.equal(await focused(), expected);
      }
      await page.keyboard.press('Enter');
      assert.equal(await page.locator('th[aria-sort=ascending]').count(), 1);
      await page.locator('tbody tr:visible a').focus();
      await page.keyboard.press('Enter');
      await page.locator('#F3').waitFor({ state: 'visible' });
    });
  });

  test('sorting by idle time puts the shortest first, then the longest', async () => {
    await opened(browser, html(real), { viewport: SIZES[0] }, async (page) => {
      const idle = async () => (await page.locator('td.n').allTextContents()).map(Number.parseFloat);
      await page.getByRole('button', { name: 'Idle' }).click();
      const up = await idle();
      assert.deepEqual(
        up,
        [...up].sort((a, b) => a - b),
      );
      await page.getByRole('button', { name: 'Idle' }).click();
      assert.deepEqual(await idle(), up.reverse());
    });
  });

  test('without scripts everything is there: the table, and each finding opens', async () => {
    const options = { viewport: SIZES[0], javaScriptEnabled: false };
    await opened(browser, html(real), options, async (page) => {
      assert.equal(await page.locator('tbody tr').count(), real.findings.length);
      assert.equal(await page.locator('#filter').isVisible(), false);
      await page.locator('summary').nth(1).click();
      assert.equal(await page.locator('.member').nth(1).isVisible(), true);
    });
  });

  test('on paper every finding lies open', async () => {
    await opened(browser, html(real), { viewport: SIZES[0], javaScriptEnabled: false }, async (page) => {
      await page.emulateMedia({ media: 'print' });
      for (const member of await page.locator('.member').all())
        assert.ok(((await member.boundingBox())?.height ?? 0) > 0);
      assert.ok((await page.pdf()).length > 10_000);
    });
  });
});
