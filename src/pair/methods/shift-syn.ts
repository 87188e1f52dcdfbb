import { SEEN_SIDE, SYN_ACK_SEEN, SYN_SEEN } from '../../flow/connection-flags.js';
import type { FlowLog } from '../../flow/log.js';
import { seqAdd } from '../../wire/seq.js';
import { RST } from '../../wire/tcp-flags.js';
import { keptRows } from '../agreement.js';
import type { PairingContext, PairingMethod } from '../method.js';
import { type Candidate, keepingClient, shiftCandidates } from '../shift-candidates.js';

/** A SYN is at the other vantage within this, or it is another connection's. */
const LONGEST_TRANSIT = 3e9;

/**
 * Pairs connections whose SYN was refused or lost behind a box that changes sequence numbers: by the timestamp of the
 * SYN, its time, and where the client's address and port are kept at large, by those.
 */
export const shiftSyn: PairingMethod = {
  name: 'shift-syn',
  find(context, pair) {
    const { client, server } = context;
    const found = shiftCandidates(context, ({ flags, timestamp0 }, key) => {
      key[0] = timestamp0;
      return (flags & (SYN_SEEN | SYN_ACK_SEEN)) === SYN_SEEN && timestamp0 !== 0;
    });
    for (const one of keepingClient(found)) {
      if (!couldBeOne(context, one)) continue;
      const here = refusalNumber(client.log, one.client);
      const there = refusalNumber(server.log, one.server);
      pair(one.client, one.server, [one.shift[0], seqAdd(there, -here)]);
    }
  },
};

/** Whether the SYNs fit in time; while the captures have no common clock, whether the client is the same. */
function couldBeOne({ client, server, clock }: PairingContext, one: Candidate): boolean {
  if (clock === null) return one.keepsClient;
  const { firstTime } = client.log.connections.at(one.client);
  const transit = clock.toClient(server.log.connections.at(one.server).firstTime) - firstTime;
  return Math.abs(transit) <= LONGEST_TRANSIT + clock.uncertainty;
}

/** Sequence number of the RST that refused a connection: 0 where it was made, and where there is none. */
function refusalNumber(log: FlowLog, row: number): number {
  for (const segment of keptRows(log, row)) {
    const { flags, meta, seq } = log.segments.at(segment);
    if ((flags & RST) !== 0 && (meta & SEEN_SIDE) !== 0) return seq;
  }
  return 0;
}
