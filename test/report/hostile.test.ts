import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commentsFor } from '#src/annotate/comments.js';
import { CHECK_FORMAT_NAMES, loadCheckFormat } from '#src/report/check/index.js';
import { FORMAT_NAMES, loadFormat } from '#src/report/index.js';
import { oneFinding } from '#src/report/one-finding.js';
import type { Result } from '#src/result.js';
import { HOSTILE, hostileResult } from './hostile.js';
import { wellFormed } from './xml.js';

const OPTIONS = { width: 80, chalk: null, unicode: true, detail: 'all', fails: () => true } as const;

/** Whatever a terminal, a pager or an editor would obey or hide; line ends are the format's own. */
const OBEYED = /[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}\p{Cn}\u180e]/u;

/** What each format must not let through, besides what it shares with all the others. */
const HARMLESS: Readonly<Record<string, (text: string, result: Result) => void>> = {
  table: (text) => assert.doesNotMatch(text, /\r/),
  json: (text, result) => assert.deepEqual(JSON.parse(text), asJson(result)),
  ndjson(text, result) {
    const lines = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    assert.deepEqual(
      lines.map(({ type }) => type),
      ['report', 'finding', 'summary'],
    );
    assert.deepEqual(lines[1].resets, asJson(result).findings[0].resets);
  },
  markdown(text) {
    const outsideCode = text
      .replace(/^(`{3,})[^\n]*\n[\s\S]*?\n\1$/gm, '')
      .replace(/(`+)(?!`)[\s\S]*?(?<!`)\1(?!`)/g, '');
    assert.doesNotMatch(outsideCode, /(?<!\\)<[a-z/!]|(?<!\\)!?\[[^\]]*\]\(|:\/\/|@mention|:smile:/);
  },
  html(text) {
    const written = text.replace(/<(style|script)>[\s\S]*?<\/\1>/g, '');
    assert.doesNotMatch(written, /<(?:script|img|style|!\[CDATA)|<[^>]*\son\w+=/i);
  },
  csv(text) {
    const rows = recordsOf(text);
    assert.equal(rows.length, 2);
    assert.equal(rows[1].length, rows[0].length);
    for (const cell of rows[1]) assert.doesNotMatch(cell, /^[=+\-@\t\r]/);
  },
  junit: (text) => wellFormed(text),
  sarif(text) {
    const [location] = JSON.parse(text).runs[0].artifacts.map(
      (one: { location: { uri: string } }) => one.location.uri,
    );
    assert.doesNotThrow(() => new URL(location, 'file:///'));
  },
  github(text) {
    const commands = text.split('\n').filter((line) => line.startsWith('::'));
    const mark = /^::stop-commands::([0-9a-f]{64})$/m.exec(text)?.[1];
    const obeyed = commands.slice(0, commands.indexOf(`::stop-commands::${mark}`) + 1);
    assert.deepEqual(
      obeyed.map((line) => /^::([a-z-]+)/.exec(line)?.[1]),
      ['error', 'group', 'stop-commands'],
    );
    assert.deepEqual(text.trimEnd().split('\n').slice(-2), [`::${mark}::`, '::endgroup::']);
  },
};

for (const format of FORMAT_NAMES) {
  for (const [what, hostile] of Object.entries(HOSTILE)) {
    test(`${format} makes ${what} harmless`, async () => {
      const result = hostileResult(hostile);
      const text = (await loadFormat(format))(result, OPTIONS);
      const seen = format === 'csv' ? text.replaceAll('\r\n', '\n') : text;
      assert.doesNotMatch(seen, OBEYED);
      assert.ok(format in HARMLESS, `say in this test what is harmless in ${format}`);
      HARMLESS[format](text, result);
    });
  }
}

for (const format of CHECK_FORMAT_NAMES) {
  test(`a check as ${format} makes everything hostile harmless`, async () => {
    const report = await loadCheckFormat(format, null);
    for (const hostile of Object.values(HOSTILE)) {
      const result = hostileResult(hostile);
      const standings = new Map([['F1', { status: 'fails' as const }]]);
      const allowed = new Map([['F1', { status: 'allowed' as const, reason: hostile }]]);
      const pairs = [
        { name: hostile, result, standings },
        { name: `${hostile} again`, result, standings: allowed },
      ];
      const text = report({ pairs, notes: [hostile] }, OPTIONS);
      assert.doesNotMatch(text, OBEYED);
      if (format === 'junit') wellFormed(text);
      if (format === 'json' || format === 'sarif') JSON.parse(text);
    }
  });
}

test('one finding with its packets, and the comments on frames, are harmless too', () => {
  for (const hostile of Object.values(HOSTILE)) {
    const result = hostileResult(hostile);
    const sighting = { frame: 1, seconds: 0, file: hostile };
    const step = {
      from: 'client' as const,
      seconds: 0,
      flags: hostile,
      length: 1,
      seq: 1,
      ack: 1,
      probe: false,
    };
    const steps = [
      { ...step, client: sighting, server: sighting, fate: 'crossed' as const, skippedBefore: 0 },
    ];
    const [found] = result.findings;
    const findings = [{ ...found, ladder: { steps, skippedAfter: 0 } }];
    assert.doesNotMatch(oneFinding({ ...result, findings }, 'F1', OPTIONS), OBEYED);
    for (const comment of commentsFor(findings, 'client', hostile).values())
      assert.doesNotMatch(comment, OBEYED);
  }
});

/** As every reader of JSON gets it. */
function asJson(result: Result): Result {
  return JSON.parse(JSON.stringify(result));
}

/** The records of a CSV file, by RFC 4180. */
function recordsOf(text: string): string[][] {
  const fields = [...text.matchAll(/("[^"]*(?:""[^"]*)*"|[^",\r\n]*)(,|\r\n)/g)];
  assert.equal(fields.map(([all]) => all).join(''), text);
  const rows: string[][] = [[]];
  for (const [, field, end] of fields) {
    rows.at(-1)?.push(field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field);
    if (end === '\r\n') rows.push([]);
  }
  return rows.slice(0, -1);
}
