import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HAVE_TSHARK } from '../../support/tshark-packets.js';
import { type LabLine, labLines } from './lab.js';
import { PREDICATES } from './predicates/index.js';
import type { Cited, Sighting } from './said.js';

const skip = HAVE_TSHARK ? false : 'tshark is not installed: install the package "tshark" to compare with it';

let read: Promise<LabLine[]> | undefined;

/** All lines to check. A question that stays open and cites nothing is not looked up anywhere. */
async function lines(): Promise<LabLine[]> {
  read ??= labLines();
  return (await read).filter(({ line }) => line.effect !== 'neutral' || line.frames.length > 0);
}

test('every kind of evidence has its predicate', { skip }, async (t) => {
  const all = (await lines()).map(({ line }) => line.id);
  const ids = [...new Set(all)].sort();
  assert.deepEqual(
    ids.filter((id) => PREDICATES[id] === undefined),
    [],
  );
  const counts = ids.map((id) => `${id} ${all.filter((one) => one === id).length}`);
  t.diagnostic(`${all.length} lines: ${counts.join(', ')}`);
});

test('tshark shows in the frames that evidence cites just what it says', { skip }, async () => {
  const wrong = (await lines()).flatMap(({ where, line, said }) => {
    const problem = PREDICATES[line.id]?.(said);
    return problem === undefined ? [] : [`${where}: ${problem}`];
  });
  assert.deepEqual(wrong, []);
});

/** Of the lines of one kind that cite the packet before the right one, at least this share is found out. */
const FOUND_OUT = 0.5;

test('evidence that cites other frames is found out', { skip }, async () => {
  const citing = (await lines()).filter(({ line }) => line.frames.length > 0);
  const ids = [...new Set(citing.map(({ line }) => line.id))];
  const lenient = ids.flatMap((id) => {
    const own = citing.filter(({ line }) => line.id === id);
    const found = own.filter(({ said }) => PREDICATES[id]?.({ ...said, cited: said.cited.map(displaced) }));
    return found.length >= FOUND_OUT * own.length ? [] : [`${id}: ${found.length} of ${own.length}`];
  });
  assert.deepEqual(lenient, []);
});

function displaced({ client, server }: Cited): Cited {
  return { client: before(client), server: before(server) };
}

/** The packet before one in its capture; the one after the first. */
function before(sighting: Sighting | null): Sighting | null {
  if (sighting === null) return null;
  const { packets } = sighting.recording;
  const at = packets.findIndex(({ frame }) => frame === sighting.frame);
  return { ...(packets[at - 1] ?? packets[at + 1]), recording: sighting.recording };
}
