import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ladderLines } from '#src/report/ladder/text.js';
import { pageFor } from '#src/report/table/page.js';
import { columns } from '#src/report/text/width.js';
import type { Ladder, LadderStep } from '#src/result.js';

const PLAIN = { width: 80, chalk: null, unicode: true, detail: 'all', fails: () => false } as const;

/** A step; say only what matters. */
function step(change: Partial<LadderStep>): LadderStep {
  const seconds = change.seconds ?? 0;
  return {
    from: 'client',
    seconds,
    flags: 'A',
    length: 0,
    seq: 1,
    ack: 1,
    probe: false,
    client: { frame: 1, seconds },
    server: { frame: 2, seconds },
    fate: 'crossed',
    skippedBefore: 0,
    ...change,
  };
}

const LADDER: Ladder = {
  steps: [
    step({ seconds: -240.5, flags: 'S' }),
    step({ seconds: -240.4, from: 'backend', flags: 'PA', length: 512, skippedBefore: 3 }),
    step({ seconds: 0, flags: 'PA', length: 9, server: null, fate: 'lost' }),
    step({ seconds: 0.001, from: 'backend', flags: 'RA', server: null, fate: 'made-between' }),
    step({
      seconds: 0.002,
      flags: 'R',
      client: null,
      fate: 'made-between',
      server: { frame: 7, seconds: 0, file: 'ring/b.pcap' },
    }),
    step({ seconds: 2, probe: true, client: null, fate: 'unknown' }),
  ],
  skippedAfter: 1,
};

test('a ladder in text, to the letter', () => {
  assert.deepEqual(ladderLines(LADDER, pageFor(PLAIN)), [
    '                       client            load balancer            server',
    '     -240.500 s            #1 ────── SYN ──────┼────────────────▶ #2',
    '                              ┊       3 packets not shown       ┊',
    '     -240.400 s            #1 ◀────────────────┼─── 512 bytes ─── #2',
    '                              ┊       240.40 s of silence       ┊',
    '        0.000 s            #1 ──── 9 bytes ────✗',
    '       +0.001 s            #1 ◀─── RST ACK ────●',
    '       +0.002 s                                ●───── RST ──────▶ ring/b.pcap:7',
    '                              ┊        2.00 s of silence        ┊',
    '       +2.000 s             ? ┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄── keepalive ───▶ #2',
    '                              ┊       1 packet not shown        ┊',
    '    ✗ never arrived at the other side',
    '    ● made in between: the other side never sent it',
    '    ┄┄ whether it crossed does not show',
  ]);
});

test('in ASCII every mark is another one than in the other directions', () => {
  const lines = ladderLines(LADDER, pageFor({ ...PLAIN, unicode: false }));
  for (const line of lines) assert.match(line, /^[\x20-\x7e]*$/);
  assert.ok(lines.some((line) => line.includes('X')) && lines.some((line) => line.includes('*')));
});

test('no line is longer than the page, at any width', () => {
  for (let width = 76; width <= 200; width++)
    for (const line of ladderLines(LADDER, pageFor({ ...PLAIN, width })))
      assert.ok(columns(line) <= width, `${columns(line)} > ${width}: ${line}`);
});
