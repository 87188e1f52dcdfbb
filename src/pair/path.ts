import type { Connection, Side } from '../flow/connection.js';
import { ConnectionReader } from '../flow/connection-reader.js';
import { OPENED_ANNOUNCED, OPENED_LOCAL } from '../flow/opening/beginning.js';
import type { VantageRecord } from '../flow/vantage-record.js';
import type { Endpoint } from '../result.js';
import type { PathMode } from '../words.js';
import { type Clock, estimateClock } from './clock.js';
import { type FoldedWith, Folds } from './fold.js';
import type { PairingMethod } from './method.js';
import { METHODS } from './methods/index.js';
import { Pairs } from './pairs.js';
import { PairingInProgress } from './progress.js';
import { ProxyCandidates } from './proxied.js';
import { Proxies } from './proxies.js';
import type { RequestPairing } from './requests/index.js';
import { streamsOf } from './streams.js';
import { alignStray, findStrays } from './unnat.js';

/** The two ends of a path where captures can be taken. */
export type End = 'client' | 'server';

/** The legs that belong together: one connection at each vantage, or at one where the other has no partner for it. */
export interface Path {
  readonly client: Connection | null;
  readonly server: Connection | null;
  /** Segments that reached the client without their translation, under the server side's addresses; see `unnat.ts`. */
  readonly stray: Connection | null;
  readonly method: string | null;
  readonly mode: PathMode;
  /** Connections with which the box in between folded this one into one; see `fold.ts`. */
  readonly folded: readonly FoldedWith[];
  /** PROXY protocol on the server's leg; null where it does not begin with it. */
  readonly announcement: Announcement | null;
}

/** What a proxy says in front of a stream. */
export interface Announcement {
  /** Bytes of it. */
  readonly length: number;
  /** It speaks for itself: a health check. */
  readonly own: boolean;
}

/** What pairing found: which connection is which, and on one clock. */
export interface Pairing {
  readonly client: VantageRecord | null;
  readonly server: VantageRecord | null;
  readonly clock: Clock | null;
  readonly pairs: Pairs;
  /** Which HTTP request is which, through a proxy; null without both captures. */
  readonly requests: RequestPairing | null;
  /** Connections that share their ends at the server's vantage with another one of their time; null without both captures. */
  readonly folds: Folds | null;
  /** Captures that show both sides of the box in between, so that neither host need be an end; see `both-sides.ts`. */
  readonly bothSides: Readonly<Record<End, boolean>>;
  /** Rows of one vantage that found no partner and are nobody's stray. */
  unpaired(end: End): Iterable<number>;
  /** One endpoint of a connection, by its row in the log of that vantage. */
  endpointOf(end: End, row: number, side: Side): Endpoint;
  /** Reads one path; rows are null where that side has no connection. */
  path(client: number | null, server: number | null, method: string | null): Path;
}

/** A time of either vantage on the client's time line, in nanoseconds; as it is where the captures have no common clock. */
export function onCommonClock({ clock }: Pick<Pairing, 'clock'>, end: End, time: number): number {
  return end === 'server' && clock !== null ? clock.toClient(time) : time;
}

/** Pairs the connections of two vantages, or takes those of one as they are. */
export function pairVantages(client: VantageRecord | null, server: VantageRecord | null): Pairing {
  const { pairs, requests, clock } =
    client !== null && server !== null ? pairBoth(client, server) : nothingPaired(client, server);
  const ofClient = client === null ? null : new ConnectionReader(client.log);
  const ofServer = server === null ? null : new ConnectionReader(server.log);
  const strays =
    ofClient !== null && ofServer !== null
      ? findStrays(pairs, ofClient, ofServer)
      : new Map<number, number>();
  const strayRows = new Set(strays.values());
  const folds =
    client !== null && server !== null && ofClient !== null && ofServer !== null
      ? new Folds(pairs, { log: client.log, reader: ofClient }, { log: server.log, reader: ofServer })
      : null;
  const proxies = new Proxies(pairs, client, server, requests);
  return {
    client,
    server,
    clock,
    pairs,
    requests,
    folds,
    bothSides: { client: false, server: false },
    *unpaired(end) {
      for (const row of pairs.unpaired(end)) if (end === 'server' || !strayRows.has(row)) yield row;
    },
    endpointOf(end, row, side) {
      const reader = end === 'client' ? ofClient : ofServer;
      if (reader === null) throw new Error(`no ${end} capture to read from`);
      return reader.endpoint(row, side);
    },
    path(clientRow, serverRow, method) {
      const a = clientRow === null || ofClient === null ? null : ofClient.read(clientRow);
      const b =
        serverRow === null || ofServer === null ? null : ofServer.read(serverRow, pairs.shiftOf(serverRow));
      const strayRow = serverRow === null ? undefined : strays.get(serverRow);
      const stray =
        strayRow === undefined || ofClient === null || b === null
          ? null
          : alignStray(ofClient.read(strayRow), b);
      const proxied =
        (clientRow !== null && proxies.isLeg('client', clientRow)) ||
        (serverRow !== null && proxies.isLeg('server', serverRow));
      const mode = proxied ? 'proxy' : modeOf(a, b);
      const announcement = server === null || serverRow === null ? null : announced(server, serverRow);
      const folded = serverRow === null ? [] : (folds?.of(serverRow) ?? []);
      return { client: a, server: b, stray, method, mode, folded, announcement };
    },
  };
}

interface Paired {
  readonly pairs: Pairs;
  readonly requests: RequestPairing | null;
  readonly clock: Clock | null;
}

function nothingPaired(client: VantageRecord | null, server: VantageRecord | null): Paired {
  return { pairs: pairsFor(client, server), requests: null, clock: null };
}

function pairsFor(client: VantageRecord | null, server: VantageRecord | null): Pairs {
  return new Pairs(client?.log.connections.length ?? 0, server?.log.connections.length ?? 0);
}

/**
 * Method by method: what one finds tells the next one about the clock. Single requests come after all that pairs whole
 * connections for certain, and before what goes by times alone.
 */
function pairBoth(client: VantageRecord, server: VantageRecord): Paired {
  const context = new PairingInProgress(client, server);
  const { pairs, requests } = context;
  const run = (methods: readonly PairingMethod[]) => {
    for (const method of methods) {
      if (pairs.isFull) return;
      context.goOn();
      if (method.proxied === true && !new ProxyCandidates(context).areLeft) continue;
      method.find(context, (a, b, shift) => pairs.add(a, b, method, shift));
    }
  };
  run(METHODS.filter(({ weak }) => weak !== true));
  context.goOn();
  requests.byContent(context);
  context.goOn();
  requests.byTime(context);
  run(METHODS.filter(({ weak }) => weak === true));
  return { pairs, requests, clock: estimateClock(client, server, pairs, requests.pairs, 'all segments') };
}

/**
 * What the box in between does to a connection that it forwards. Both sides have the same sequence numbers here: it forwards, and
 * at most rewrites addresses.
 */
function modeOf(client: Connection | null, server: Connection | null): PathMode {
  if (client === null || server === null) return 'unknown';
  const same = (side: 0 | 1) =>
    client.endpoints[side].ip === server.endpoints[side].ip &&
    client.endpoints[side].port === server.endpoints[side].port;
  if (same(0)) return same(1) ? 'direct' : 'pass-through';
  return client.endpoints[0].ip === server.endpoints[0].ip ? 'pass-through' : 'snat';
}

/** A header that says LOCAL, or that names the very host that opened the connection. */
function announced({ log }: VantageRecord, row: number): Announcement | null {
  const stream = streamsOf(log).of(row, 0);
  if (stream === null || stream.headerLength === 0) return null;
  const { kinds, headerLength: length, sourceFamily, source } = stream;
  const { family, address0 } = log.connections.at(row);
  const names = (kinds & OPENED_ANNOUNCED) !== 0 && sourceFamily === family && source === address0;
  return { length, own: (kinds & OPENED_LOCAL) !== 0 || names };
}
