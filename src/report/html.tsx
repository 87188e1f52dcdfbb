import { createHash } from 'node:crypto';
import { renderToStaticMarkup } from 'preact-render-to-string';
import type { Result } from '../result.js';
import { escapeDeep, escapeForTerminal } from './escape.js';
import { Page } from './html/page.js';
import { SCRIPT } from './html/script.js';
import { STYLE } from './html/style.js';
import { summaryLine } from './text/summary.js';

/**
 * One page that needs nothing but itself: no network, and nothing in it runs that was not written here. Its policy
 * allows one style and one script, each by its hash, so that no text from a packet could become either.
 */
export function html(raw: Result): string {
  const result = escapeDeep(raw, escapeForTerminal);
  const policy = `default-src 'none'; style-src '${hashOf(STYLE)}'; script-src '${hashOf(SCRIPT)}'; base-uri 'none'; form-action 'none'`;
  const markup = renderToStaticMarkup(
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content={policy} />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <title>{`TCP resets: ${summaryLine(result)}`}</title>
        <style dangerouslySetInnerHTML={{ __html: STYLE }} />
      </head>
      <body>
        <Page result={result} />
        <script dangerouslySetInnerHTML={{ __html: SCRIPT }} />
      </body>
    </html>,
  );
  return `<!doctype html>\n${markup}\n`;
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
