import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { InputError } from '#src/errors.js';
import { flagLetters } from '#src/wire/tcp-flags.js';
import { corpusFolder } from '../support/captures.js';
import { reported, type SeenCapture } from '../support/reported.js';
import { DIFFERENCES } from './differences.js';

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
const CLASSIC = new Set(['d4c3b2a1', 'a1b2c3d4', '4d3cb2a1', 'a1b23c4d']);

const isClassic = (path: string) => CLASSIC.has(readFileSync(path).subarray(0, 4).toString('hex'));

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

test('the corpus: classic captures are read as tshark reads them, all others are refused', {
  skip,
}, async (t) => {
  const names = readdirSync(join(folder ?? '', 'oracle'))
    .filter((entry) => entry.endsWith('.json'))
    .map((entry) => entry.slice(0, -'.json'.length));
  assert.deepEqual(
    Object.keys(DIFFERENCES).filter((name) => !names.includes(name)),
    [],
    'differences are listed for captures that are not in the corpus',
  );
  for (const name of names) {
    const path = join(folder ?? '', 'public', name);
    if (!isClassic(path)) await t.test(`refused: ${name}`, () => refused(path));
    else if (name in DIFFERENCES) await t.test(`differs, as listed: ${name}`, () => differs(path, name));
    else await t.test(`agrees: ${name}`, () => agrees(path, name));
  }
});

async function agrees(path: string, name: string): Promise<void> {
  const { warnings, ...ours } = await reported(path);
  assert.deepEqual(ours, oracleOf(name));
}

async function differs(path: string, name: string): Promise<void> {
  const { warnings, ...ours } = await reported(path);
  assert.notDeepEqual(
    ours,
    oracleOf(name),
    `${name} does not differ any more: take it out of differences.ts`,
  );
}

/** A format that is not read yet. */
async function refused(path: string): Promise<void> {
  await assert.rejects(reported(path), (error: Error) => {
    assert.ok(error instanceof InputError, `${error.stack}`);
    assert.match(error.message, /^[^\n]+ is (not a capture|empty)[^\n]*$/);
    return true;
  });
}
