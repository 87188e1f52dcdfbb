import { CLOSED_BY_FIN, SYN_ACK_SEEN, SYN_SEEN } from '../../flow/connection-flags.js';
import { agreement } from '../agreement.js';
import type { Pair, PairingContext, PairingMethod } from '../method.js';
import { shiftBySegments } from '../segment-shift.js';
import { keepingClient, shiftCandidates } from '../shift-candidates.js';

const WHOLE_HANDSHAKE = SYN_SEEN | SYN_ACK_SEEN;

/** Segments that must agree under one shift where nothing else tells two connections apart. */
const LEAST_AGREEING = 3;

/**
 * Pairs connections that a box in between gives other sequence numbers: a firewall that randomises them, or one that
 * answers SYNs in the server's name and learns the server's own numbers afterwards. Whatever it adds stays the same
 * for a direction as long as the connection lives. What it leaves alone makes the candidates (the timestamps of the
 * handshake, the client's own number); segments that were kept at both vantages have to agree.
 */
export const shift: PairingMethod = {
  name: 'shift',
  find(context, pair) {
    byTimestamps(context, pair);
    byClientNumber(context, pair);
    shiftBySegments(context, pair);
  },
};

/** By the timestamps of SYN and SYN-ACK (64 bits), which such a box mostly leaves alone. */
function byTimestamps(context: PairingContext, pair: Pair): void {
  const found = shiftCandidates(context, ({ flags, timestamp0, timestamp1 }, key) => {
    key[0] = timestamp0;
    key[1] = timestamp1;
    return hasHandshake(flags) && timestamp0 !== 0 && timestamp1 !== 0;
  });
  for (const one of keepingClient(found)) {
    const { agreeing, compared } = agreement(context, one);
    if (agreeing > 0 || compared < LEAST_AGREEING) pair(one.client, one.server, one.shift);
  }
}

/**
 * By the client's number, where only the server's is another one. With the client's address and port those are 80 bits
 * of a connection that lived: segments agree, or none was kept because it closed cleanly. Else more have to agree.
 */
function byClientNumber(context: PairingContext, pair: Pair): void {
  const { connections } = context.client.log;
  const found = shiftCandidates(context, ({ flags, isn0 }, key) => {
    key[0] = isn0;
    return hasHandshake(flags);
  });
  for (const one of found) {
    const { agreeing, compared } = agreement(context, one);
    const closed = (connections.at(one.client).flags & CLOSED_BY_FIN) !== 0;
    const least = !one.keepsClient ? LEAST_AGREEING : closed && compared === 0 ? 0 : 1;
    if (agreeing >= least) pair(one.client, one.server, one.shift);
  }
}

function hasHandshake(flags: number): boolean {
  return (flags & WHOLE_HANDSHAKE) === WHOLE_HANDSHAKE;
}
