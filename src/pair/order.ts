import { handshakeTrip } from '../flow/handshake-trip.js';
import type { VantageRecord } from '../flow/vantage-record.js';
import type { PairingMethod } from './method.js';
import { httpContent } from './methods/http-content.js';
import { isn } from './methods/isn.js';
import { stream } from './methods/stream.js';
import { Pairs } from './pairs.js';
import { streamsOf } from './streams.js';

/** Share of handshakes that must say so; clocks have grains, and a host may be busy once. */
const AGREEING_SHARE = 0.9;

/**
 * Whether the capture given as the client's was taken nearer to the server than the other one. Between a SYN and its
 * answer, or a question and its answer where a proxy ends connections, more time passes the farther away from the server one looks;
 * each capture's own clock tells, whatever their offset. False where neither was seen at both.
 */
export function areSwapped(client: VantageRecord, server: VantageRecord): boolean {
  const handshakes = votes(client, server, [isn], handshakeTook);
  return isMajority(handshakes ?? votes(client, server, BY_WORDS, answerTook));
}

/** Methods that tell a proxy's legs by what is said on them, in either order of the captures. */
const BY_WORDS: readonly PairingMethod[] = [httpContent, stream];

/** What took longer at the vantage of the client, and at that of the server. */
interface Votes {
  readonly straight: number;
  readonly swapped: number;
}

function isMajority(all: Votes | null): boolean {
  return all !== null && all.swapped > 0 && all.swapped >= AGREEING_SHARE * (all.swapped + all.straight);
}

/** Null where the methods find no connection at both vantages. */
function votes(
  client: VantageRecord,
  server: VantageRecord,
  methods: readonly PairingMethod[],
  took: (record: VantageRecord, row: number) => number | null,
): Votes | null {
  const pairs = new Pairs(client.log.connections.length, server.log.connections.length);
  for (const method of methods)
    method.find({ client, server, pairs, requests: null, clock: null }, (a, b) => pairs.add(a, b, method));
  if (pairs.length === 0) return null;
  let straight = 0;
  let swapped = 0;
  for (const pair of pairs) {
    const [atClient, atServer] = [took(client, pair.client), took(server, pair.server)];
    if (atClient === null || atServer === null) continue;
    if (atClient > atServer) straight += 1;
    else if (atClient < atServer) swapped += 1;
  }
  return { straight, swapped };
}

/** From the SYN to its answer; nanoseconds. */
function handshakeTook({ log }: VantageRecord, row: number): number | null {
  return handshakeTrip(log.connections.at(row));
}

/** From the first question to the first answer; nanoseconds. */
function answerTook({ log }: VantageRecord, row: number): number | null {
  const streams = streamsOf(log);
  const asked = streams.of(row, 0)?.firstTime ?? null;
  const answered = streams.of(row, 1)?.firstTime ?? null;
  return asked === null || answered === null || answered <= asked ? null : answered - asked;
}

/** The two records with each at the vantage where it was really taken, and a warning where that is not as given. */
export function inOrder(
  client: VantageRecord | null,
  server: VantageRecord | null,
): [VantageRecord | null, VantageRecord | null] {
  if (client === null || server === null || !areSwapped(client, server)) return [client, server];
  return [movedTo('client', server), movedTo('server', client)];
}

function movedTo(vantage: 'client' | 'server', record: VantageRecord): VantageRecord {
  const message = `given as the ${record.vantage}'s capture, but taken nearer to the ${vantage}: handshakes say so; read as the ${vantage}'s`;
  const warning = { code: 'swapped', message, frame: null, byteOffset: null };
  return { ...record, vantage, warnings: [warning, ...record.warnings] };
}
