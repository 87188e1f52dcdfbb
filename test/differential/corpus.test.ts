import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { InputError } from '#src/errors.js';
import { flagLetters } from '#src/wire/tcp-flags.js';
import { corpusFolder } from '../support/captures.js';
import { reported, type SeenCapture } from '../support/reported.js';
import { DIFFERENCES, type Difference, REFUSED } from './differences.js';

/** What tshark said of a capture, as the corpus keeps it. */
interface Oracle {
  readonly frames: number;
  readonly tcp_packets: number;
  readonly rst: readonly {
    readonly frame: number;
    readonly seq_raw: number;
    readonly ack_raw: number;
    readonly flags: string;
    readonly ttl: number;
    readonly window_raw: number;
    readonly ip_id: string | null;
  }[];
}

const folder = corpusFolder();
const skip =
  folder === null
    ? 'no corpus of captures here: RST_ANALYZE_CORPUS names its folder, if there is one'
    : false;

function oracleOf(name: string): SeenCapture {
  const { frames, tcp_packets, rst }: Oracle = JSON.parse(
    readFileSync(join(folder ?? '', 'oracle', `${name}.json`), 'utf8'),
  );
  const resets = rst.map(({ frame, seq_raw, ack_raw, flags, ttl, window_raw, ip_id }) => ({
    frame,
    seq: seq_raw,
    ack: ack_raw,
    flags: flagLetters(Number(flags)),
    ttl,
    ipId: ip_id === null ? null : Number(ip_id),
    window: window_raw,
  }));
  return { frames, tcpSegments: tcp_packets, resetSegments: resets.length, resets };
}

test('the corpus: every capture is read as tshark reads it, or differs as listed, or is refused as listed', {
  skip,
}, async (t) => {
  const names = readdirSync(join(folder ?? '', 'oracle'))
    .filter((entry) => entry.endsWith('.json'))
    .map((entry) => entry.slice(0, -'.json'.length));
  assert.deepEqual(
    [...Object.keys(DIFFERENCES), ...Object.keys(REFUSED)].filter((name) => !names.includes(name)),
    [],
    'captures are listed that are not in the corpus',
  );
  for (const name of names) {
    const path = join(folder ?? '', 'public', name);
    const difference = DIFFERENCES[name];
    if (name in REFUSED) await t.test(`refused: ${name}`, () => refused(path, REFUSED[name]));
    else if (difference) await t.test(`differs, as listed: ${name}`, () => differs(path, name, difference));
    else await t.test(`agrees: ${name}`, () => agrees(path, name));
  }
});

async function agrees(path: string, name: string): Promise<void> {
  const { warnings, ...ours } = await reported(path);
  assert.deepEqual(ours, oracleOf(name));
}

async function differs(path: string, name: string, difference: Difference): Promise<void> {
  const { moreResets = [], instead, why } = difference;
  const { warnings, resets, ...counts } = await reported(path);
  const { resets: theirs, ...oracle } = oracleOf(name);
  const resetSegments = theirs.length + moreResets.length;
  assert.notDeepEqual(counts, oracle, `${name} does not differ any more: take it out of differences.ts`);
  assert.deepEqual(counts, { ...oracle, resetSegments, ...instead }, why);
  assert.deepEqual(
    resets.filter(({ frame }) => moreResets.includes(frame)).map(({ frame }) => frame),
    moreResets,
  );
  assert.deepEqual(
    resets.filter(({ frame }) => !moreResets.includes(frame)),
    theirs,
  );
}

async function refused(path: string, says: RegExp): Promise<void> {
  await assert.rejects(reported(path), (error: Error) => {
    assert.ok(error instanceof InputError, `${error.stack}`);
    assert.match(error.message, says);
    assert.doesNotMatch(error.message, /\n/);
    return true;
  });
}
