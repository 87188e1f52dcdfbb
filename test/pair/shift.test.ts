import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Connection } from '#src/flow/connection.js';
import { pairVantages } from '#src/pair/path.js';
import { Crossing, DIRECT, DNAT, type Names, SNAT } from '../support/crossing.js';
import { Story } from '../support/story.js';
import { timestamps } from '../support/tcp.js';

/** What the box adds on the way to the server to the client's numbers, and to the server's. */
type Added = readonly [number, number];

const BOTH: Added = [0x9000_0000, 0x1234_5678];
const SERVERS_ONLY: Added = [0, 0xffff_0000];
const ISNS: readonly [number, number] = [0xffff_fff0, 17];

/** One connection at both vantages, with other numbers at the server's. */
function renumbered(crossing: Crossing, names: Names, added: Added, isns = ISNS) {
  const there = [(isns[0] + added[0]) >>> 0, (isns[1] + added[1]) >>> 0] as const;
  return [
    new Story(crossing.client, names.client, names.frontend, isns),
    new Story(crossing.server, names.lbPeer, names.backend, there),
  ] as const;
}

/** Timestamps option, filled up to whole words. */
const stamp = (value: number) => ({ options: [[1, 1], timestamps(value)] });

/** A handshake with timestamps. */
function handshake(story: Story, clock: number): void {
  story.up({ flags: 'S', ...stamp(clock) });
  story.down({ flags: 'SA', ...stamp(clock + 5000) });
  story.up({ flags: 'A', ...stamp(clock + 1) });
}

/** Data each way, with timestamps. */
function talk(story: Story, clock: number, lengths: readonly number[] = [10, 20, 30]): void {
  for (const [i, data] of lengths.entries()) {
    story.up({ flags: 'PA', data, ipId: clock + i, ...stamp(clock + 2 + i) });
    story.down({ flags: 'PA', data: data + 1, ipId: clock + i, ...stamp(clock + 5002 + i) });
  }
}

function pairingOf(crossing: Crossing) {
  return pairVantages(crossing.client.record('client'), crossing.server.record('server'));
}

function pairsOf(crossing: Crossing) {
  return Array.from(pairingOf(crossing).pairs, ({ client, server, method }) => [client, server, method]);
}

test('a connection whose numbers a firewall randomised is known by the timestamps of its handshake', () => {
  for (const names of [DIRECT, DNAT, SNAT]) {
    const crossing = new Crossing();
    for (const story of renumbered(crossing, names, BOTH)) {
      handshake(story, 100);
      talk(story, 100);
    }
    assert.deepEqual(pairsOf(crossing), [[0, 0, 'shift']]);
  }
});

test('equal timestamps of handshakes are not enough where the segments after them do not agree', () => {
  const crossing = new Crossing();
  const [here, there] = renumbered(crossing, DNAT, BOTH);
  handshake(here, 100);
  handshake(there, 100);
  talk(here, 100, [10, 20, 30]);
  talk(there, 100, [40, 50, 60]);
  assert.deepEqual(pairsOf(crossing), []);
});

test('where a box keeps the clients’ ports, equal timestamps under another port are chance', () => {
  const crossing = new Crossing();
  for (const port of [1, 2, 3]) {
    const client = { ...DNAT.client, port };
    const lbPeer = { ...DNAT.client, port: port === 3 ? 4 : port };
    for (const story of renumbered(crossing, { ...DNAT, client, lbPeer }, BOTH, [port, port]))
      handshake(story, 100 * port);
  }
  assert.deepEqual(pairsOf(crossing), [
    [0, 0, 'shift'],
    [1, 1, 'shift'],
  ]);
});

test('behind a box that answers SYNs itself, the client’s number and address are the key', () => {
  const crossing = new Crossing();
  for (const story of renumbered(crossing, DNAT, SERVERS_ONLY)) {
    story.handshake();
    story.up({ flags: 'PA', data: 10 });
  }
  assert.deepEqual(pairsOf(crossing), [[0, 0, 'shift']]);
});

test('with nothing said, a client’s number and address are too little; with a clean end they are not', () => {
  const closedBy = (close: (story: Story) => unknown) => {
    const crossing = new Crossing();
    for (const story of renumbered(crossing, DNAT, SERVERS_ONLY)) close(story.handshake());
    return pairsOf(crossing);
  };
  assert.deepEqual(
    closedBy(() => {}),
    [],
  );
  assert.deepEqual(
    closedBy((story) => story.close()),
    [[0, 0, 'shift']],
  );
});

test('under another address, the client’s number needs segments that agree', () => {
  const withData = (count: number) => {
    const crossing = new Crossing();
    for (const story of renumbered(crossing, SNAT, SERVERS_ONLY)) {
      story.handshake();
      for (let i = 0; i < count; i += 1) story.up({ flags: 'PA', data: 10 });
    }
    return pairsOf(crossing);
  };
  assert.deepEqual([withData(2), withData(3)], [[], [[0, 0, 'shift']]]);
});

test('a refused SYN is known by its timestamp and its client, and so is the RST that refused it', () => {
  const crossing = new Crossing();
  const [here, there] = renumbered(crossing, DNAT, BOTH);
  for (const story of [here, there]) story.up({ flags: 'S', ...stamp(100) });
  here.down({ flags: 'RA', seq: 4711 });
  there.down({ flags: 'RA', seq: 0 });
  const pairing = pairingOf(crossing);
  const [pair] = pairing.pairs;
  assert.equal(pair?.method, 'shift-syn');
  const { client, server } = pairing.path(0, 0, 'shift-syn');
  assert.deepEqual(
    server?.segments.map(({ seq, ack }) => [seq, ack]),
    client?.segments.map(({ seq, ack }) => [seq, ack]),
  );
  assert.deepEqual(server?.segments[1]?.onWire, { seq: 0, ack: there.next[0] });
});

test('captures begun late are paired by segments that tell one shift for each direction', () => {
  const crossing = new Crossing();
  for (const story of renumbered(crossing, SNAT, BOTH)) talk(story, 100);
  assert.deepEqual(pairsOf(crossing), [[0, 0, 'shift']]);
});

test('two segments that tell one shift are too few', () => {
  const crossing = new Crossing();
  for (const story of renumbered(crossing, SNAT, BOTH)) talk(story, 100, [10]);
  assert.deepEqual(pairsOf(crossing), []);
});

test('a proxy that passes on the same lengths in the same order shifts no numbers', () => {
  const crossing = new Crossing();
  const [here, there] = renumbered(crossing, SNAT, BOTH);
  for (const story of [here, there]) {
    story.handshake();
    for (const data of [11, 22, 33, 44, 55]) story.up({ flags: 'PA', data });
  }
  assert.deepEqual(pairsOf(crossing), [[0, 0, 'stream']]);
});

const progressOf = (connection: Connection | null) =>
  connection?.sides?.map(({ nextSeq, ackMax, finEnd }) => [nextSeq, ackMax, finEnd]);

test('the server’s connection is read in the client’s numbers, and keeps what was on the wire', () => {
  const crossing = new Crossing();
  for (const story of renumbered(crossing, DNAT, BOTH)) {
    handshake(story, 100);
    talk(story, 100);
    story.close();
  }
  const { client, server } = pairingOf(crossing).path(0, 0, 'shift');
  assert.deepEqual(server?.isns, ISNS);
  assert.deepEqual(progressOf(server), progressOf(client));
  assert.deepEqual(
    server?.segments.map(({ seq, ack }) => [seq, ack]),
    client?.segments.map(({ seq, ack }) => [seq, ack]),
  );
  assert.equal(server?.segments[0]?.onWire?.seq, (ISNS[0] + BOTH[0]) >>> 0);
});

test('the SYN-ACK of a box that answers SYNs itself bounds no clock', () => {
  const crossing = new Crossing();
  const [here, there] = renumbered(crossing, DNAT, SERVERS_ONLY);
  here.up({ flags: 'S', at: 1 });
  here.down({ flags: 'SA', at: 1.001 });
  here.up({ flags: 'A', at: 1.002 });
  there.up({ flags: 'S', at: 1.01 });
  there.down({ flags: 'SA', at: 1.03 });
  there.up({ flags: 'A', at: 1.04 });
  here.up({ flags: 'PA', data: 5, at: 2 });
  there.up({ flags: 'PA', data: 5, at: 2.01 });
  there.down({ flags: 'A', at: 2.01 });
  here.down({ flags: 'A', at: 2.02 });
  const { clock } = pairingOf(crossing);
  assert.ok(clock !== null);
  assert.ok(Math.abs(clock.offset) <= clock.uncertainty);
  assert.ok(clock.uncertainty < 0.012e9);
});
