import assert from 'node:assert/strict';
import { test } from 'node:test';
import { InputError } from '#src/errors.js';
import { pairVantages } from '#src/pair/path.js';
import { withoutStrangers } from '#src/pair/strangers.js';
import { Crossing, DNAT, type Names, SNAT } from '../support/crossing.js';
import { timestamps } from '../support/tcp.js';

const SECOND = 1_000_000_000n;
const HOUR = 3600n * SECOND;
const START = 1_779_350_000n * SECOND;

/** Captures of so many connections each, of which `common` are the same; the client's timestamps move on by `clock`. */
function captures(
  names: Names,
  { count = 3, common = 0, flags = ['S', 'SA', 'A'], clock = 60_000 },
): Crossing {
  const crossing = new Crossing();
  for (let i = 0; i < count; i += 1) {
    const port = 50_000 + i;
    const named = { ...names, client: { ...names.client, port }, lbPeer: { ...names.lbPeer, port } };
    const { client } = crossing.both(named, [100 * i, 7 * i]);
    const { server } = crossing.both(named, i < common ? [100 * i, 7 * i] : [100 * i + 50, 7 * i + 3]);
    for (const story of [client, server]) {
      for (const flag of flags) {
        const value = 1_000_000 + (story === server ? clock : 0) + i;
        const options = [[1, 1], timestamps(value)];
        if (flag === 'S' || flag === 'A') story.up({ flags: flag, options });
        else story.down({ flags: flag });
      }
    }
  }
  return crossing;
}

/** The server's capture begins so much later than the client's. */
function checked(crossing: Crossing, later: bigint) {
  const client = crossing.client.record('client', START);
  const server = crossing.server.record('server', START + later);
  return withoutStrangers(pairVantages(client, server));
}

const warnings = (crossing: Crossing, later: bigint) =>
  checked(crossing, later).server?.warnings.map(({ code }) => code);

test('captures of other times that show the same clients and no common connection are refused', () => {
  assert.throws(
    () => checked(captures(DNAT, {}), 60n * SECOND),
    (error) =>
      error instanceof InputError &&
      /^no connection is in both captures, and they are of different times: .* covers 2026-05-21 07:53:20 to 07:53:20, .* 2026-05-21 07:54:20 to 07:54:20 \(UTC\); take both/.test(
        error.message,
      ),
  );
});

test('clients that a proxy would hide may be hidden: then a wrong clock explains other times, but not other days', () => {
  assert.deepEqual(warnings(captures(SNAT, {}), 10n * HOUR), ['no-common-connection']);
  assert.throws(() => checked(captures(SNAT, {}), 27n * HOUR), InputError);
  assert.throws(() => checked(captures(SNAT, {}), -27n * HOUR), InputError);
});

test('a proxy that borrows its clients’ addresses has timestamps of its own', () => {
  const borrowing = captures(DNAT, { clock: 1_000_000_000 });
  assert.deepEqual(warnings(borrowing, HOUR), ['no-common-connection']);
});

test('captures of one time without a common connection get a warning', () => {
  for (const names of [SNAT, DNAT])
    assert.deepEqual(warnings(captures(names, {}), 0n), ['no-common-connection']);
});

test('one common connection is enough, whatever the clocks say', () => {
  assert.deepEqual(warnings(captures(DNAT, { common: 1 }), 1000n * HOUR), []);
});

test('captures with little in them, or with nothing that was answered, say nothing of each other', () => {
  assert.deepEqual(warnings(captures(DNAT, { count: 2 }), 1000n * HOUR), []);
  assert.deepEqual(warnings(captures(DNAT, { flags: ['S'] }), 1000n * HOUR), []);
  assert.deepEqual(warnings(new Crossing(), 0n), []);
});

test('times that no calendar has are no reason to fall over', () => {
  assert.throws(() => checked(captures(SNAT, {}), 2n ** 63n), InputError);
});
