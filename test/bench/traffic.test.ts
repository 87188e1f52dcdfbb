import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ACK, FIN, PACKET_GAP, RST, SYN, type Traffic, type TrafficPacket, traffic } from './traffic.js';

const MIX: Traffic = { packets: 250_000, concurrent: 1000, packetSize: 'small', resetShare: 0.2, seed: 1 };

function packetsOf(what: Traffic): TrafficPacket[] {
  return Array.from(traffic(what), (packet) => ({ ...packet }));
}

function byConnection(what: Traffic): Map<number, TrafficPacket[]> {
  const connections = new Map<number, TrafficPacket[]>();
  for (const packet of packetsOf(what)) {
    const known = connections.get(packet.connection);
    if (known === undefined) connections.set(packet.connection, [packet]);
    else known.push(packet);
  }
  return connections;
}

function isLast({ flags }: TrafficPacket, index: number, all: readonly TrafficPacket[]): boolean {
  return (flags & RST) !== 0 || (index >= 2 && (all[index - 1].flags & all[index - 2].flags & FIN) !== 0);
}

const CONNECTIONS = byConnection(MIX);
const ENDED = [...CONNECTIONS.values()].filter((packets) => packets.some(isLast));
const RESET = ENDED.filter((packets) => (packets[packets.length - 1].flags & RST) !== 0);

/** Within a tenth. */
function assertNear(actual: number, expected: number, what: string): void {
  assert.ok(Math.abs(actual - expected) <= expected / 10, `${what}: ${actual}, not about ${expected}`);
}

test('the same seed makes the same traffic, another one another', () => {
  const what = { ...MIX, packets: 2000 };
  assert.deepEqual(packetsOf(what), packetsOf(what));
  assert.notDeepEqual(packetsOf(what), packetsOf({ ...what, seed: 2 }));
});

test('it has as many packets as asked for, evenly in time', () => {
  const times = packetsOf({ ...MIX, packets: 1000 }).map(({ time }) => time);
  assert.deepEqual(
    times,
    Array.from({ length: 1000 }, (_, index) => index * PACKET_GAP),
  );
});

test('250 packets for each of the connections open at a time make seven connections', () => {
  assertNear(CONNECTIONS.size, 7 * MIX.concurrent, 'connections');
});

test('no more connections are open at a time than asked for', () => {
  let open = 0;
  let most = 0;
  const left = new Map([...CONNECTIONS].map(([connection, { length }]) => [connection, length]));
  for (const { connection, flags } of packetsOf(MIX)) {
    if (flags === SYN) open += 1;
    most = Math.max(most, open);
    const rest = (left.get(connection) ?? 0) - 1;
    left.set(connection, rest);
    if (rest === 0) open -= 1;
  }
  assert.ok(most > 0.9 * MIX.concurrent && most <= MIX.concurrent, `${most} at a time`);
});

test('most connections are short, and a few are long', () => {
  const lengths = ENDED.map((packets) => packets.length).sort((a, b) => a - b);
  assert.ok(lengths[Math.floor(lengths.length * 0.9)] < 75);
  assert.ok(Math.max(...[...CONNECTIONS.values()].map(({ length }) => length)) > 200);
});

test('one connection in ten is IPv6, and stays so', () => {
  const families = [...CONNECTIONS.values()].map((packets) => new Set(packets.map(({ family }) => family)));
  assert.ok(families.every(({ size }) => size === 1));
  assertNear(families.filter((family) => family.has(6)).length, CONNECTIONS.size / 10, 'IPv6');
});

test('one connection in five that end is reset, by its client or by its server', () => {
  assertNear(RESET.length, ENDED.length / 5, 'resets');
  const byClient = RESET.filter((packets) => packets[packets.length - 1].fromClient);
  assertNear(byClient.length, RESET.length / 2, 'resets of the client');
});

test('a share of none resets no connection, and all others stay as they are', () => {
  assert.ok(packetsOf({ ...MIX, packets: 50_000, resetShare: 0 }).every(({ flags }) => (flags & RST) === 0));
});

test('each connection opens by a handshake', () => {
  const whole = [...CONNECTIONS.values()].filter(({ length }) => length >= 3);
  for (const [first, second, third] of whole) {
    assert.deepEqual([first.flags, second.flags, third.flags], [SYN, SYN | ACK, ACK]);
    assert.deepEqual([first.fromClient, second.fromClient, third.fromClient], [true, false, true]);
  }
});

test('each side goes on where it stopped, and acknowledges all that the other sent', () => {
  for (const packets of CONNECTIONS.values()) {
    const next = new Map<boolean, number>();
    for (const { fromClient, flags, seq, ack, length } of packets) {
      assert.equal(seq, next.get(fromClient) ?? seq);
      assert.equal(ack, next.get(!fromClient) ?? 0);
      next.set(fromClient, (seq + length + ((flags & (SYN | FIN)) === 0 ? 0 : 1)) >>> 0);
    }
  }
});

test('nothing follows the end of a connection', () => {
  for (const packets of ENDED) assert.equal(packets.findIndex(isLast), packets.length - 1);
});

test('no two packets of a connection look like one recorded twice', () => {
  for (const packets of CONNECTIONS.values()) {
    assert.equal(new Set(packets.map(({ identification }) => identification)).size, packets.length);
  }
});
