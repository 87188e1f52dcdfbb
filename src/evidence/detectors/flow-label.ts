import { type Fact, fact, nameOf } from '../fact.js';
import type { Scene } from '../scene.js';

/** Trust in that another label is another sender: a socket takes a new one when its data gets lost. */
const TRUST_IN_CHANGE = 0.5;

/**
 * The IPv6 flow label, where there is no identification to compare. Linux gives each socket a label of its own, and its
 * resets and those of its TIME_WAIT sockets have it too (RFC 6437; net/ipv6/tcp_ipv6.c, tcp_v6_send_reset).
 */
export function flowLabel(scene: Scene): Fact[] {
  const { seen, seenAt, sender, before } = scene;
  const last = before.findLast((packet) => packet.from === sender && packet[seenAt] !== null);
  const expected = last?.[seenAt]?.flowLabel ?? null;
  const who = nameOf(sender);
  if (seen.flowLabel === null || expected === null || expected === 0) {
    const text = () => `no flow label of the ${who} to compare with`;
    return [fact('flow-label-as-sender', null, text)];
  }
  const same = seen.flowLabel === expected;
  const text = () =>
    same ? `the flow label is that of the ${who}'s segments` : `another flow label than the ${who}'s`;
  return [fact('flow-label-as-sender', same, text, [last, scene.reset], same ? 1 : TRUST_IN_CHANGE)];
}
