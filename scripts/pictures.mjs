// Makes the pictures of the README from real output: node scripts/pictures.mjs, with Chromium installed.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const CASE = join(ROOT, 'fixtures', 'captures', 'azure-silent-20');
const PAIR = ['client.pcap', 'server.pcap'];
const POLICY = ['--lb', 'azure-standard:idle=15m'];
const WIDTH = 1280;

/** SGR codes that the table uses, as colours on a dark terminal. */
const SGR = new Map([
  ['1', 'font-weight:700'],
  ['2', 'opacity:.65'],
  ['31', 'color:#ff7b72'],
  ['32', 'color:#7ee787'],
  ['33', 'color:#e3b341'],
]);

const folder = mkdtempSync(join(tmpdir(), 'rst-analyze-pictures-'));
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-sync'],
});
try {
  await terminal('terminal.png', ['--color', ...POLICY, ...PAIR], 100, 34);
  await terminal('ladder.png', ['show', 'F3', '--color', ...POLICY, ...PAIR], 100, 30);
  const page = join(folder, 'report.html');
  rstAnalyze(['-o', page, ...POLICY, ...PAIR], 100);
  await picture(page, 'report.png', 'light', 1100, 0);
  await picture(page, 'report-dark.png', 'dark', 900, '#F1');
} finally {
  await browser.close();
  rmSync(folder, { recursive: true });
}

function rstAnalyze(args, columns) {
  const env = { ...process.env, COLUMNS: String(columns), LANG: 'C.UTF-8' };
  return spawnSync(process.execPath, [join(ROOT, 'bin', 'rst-analyze.js'), ...args], {
    cwd: CASE,
    env,
    encoding: 'utf8',
  }).stdout;
}

/** The first lines of a run, as a terminal shows them. */
async function terminal(name, args, columns, lines) {
  const text = rstAnalyze(args, columns).split('\n').slice(0, lines).join('\n');
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const command = `rst-analyze ${args.filter((arg) => arg !== '--color').join(' ')}`;
  const open = [];
  const coloured = escaped.replace(/\x1b\[(\d+)m/g, (_, code) => {
    const style = SGR.get(code);
    if (style === undefined) return open.pop() ?? '';
    open.push('</span>');
    return `<span style="${style}">`;
  });
  const file = join(folder, `${name}.html`);
  writeFileSync(
    file,
    `<!doctype html><meta charset="utf-8"><body style="margin:0;background:#0d1117"><pre style="margin:0;padding:20px 24px;color:#e6edf3;font:14px/1.35 'DejaVu Sans Mono',monospace;width:max-content"><b style="color:#7ee787">$</b> ${command}\n${coloured}</pre>`,
  );
  const page = await browser.newPage({ viewport: { width: WIDTH, height: 400 } });
  await page.goto(pathToFileURL(file).href);
  await page.locator('pre').screenshot({ path: join(ROOT, 'docs', name) });
  await page.close();
}

/** A screenful of the page, from its beginning or from a finding on. */
async function picture(file, name, colorScheme, height, from) {
  const page = await browser.newPage({
    viewport: { width: WIDTH, height },
    colorScheme,
    reducedMotion: 'reduce',
  });
  await page.goto(pathToFileURL(file).href + (from || ''));
  await page.screenshot({ path: join(ROOT, 'docs', name) });
  await page.close();
}
