import { ACK } from '../../wire/tcp-flags.js';
import { isBare } from '../bare.js';
import { type Fact, fact, nameOf } from '../fact.js';
import type { Scene } from '../scene.js';
import { reached } from '../scene.js';
import { nearSender, numberedZero, type Packet } from '../timeline.js';

/** Congestion bits of the traffic class (RFC 3168, 5); a reply to a segment does not take them over. */
const CONGESTION_BITS = 0x03;
/** Initial TTL of Windows, and of Linux, BSD and macOS. */
const WINDOWS_TTL = 128;
const UNIX_TTL = 64;

/** Shapes that a reset has from other stacks than Linux, and from boxes that have no stack at all. */
export function stacks(scene: Scene): Fact[] {
  return [bsd(scene), windows(scene), bareWindow(scene), mirrored(scene), netfilter(scene)];
}

/** An abort with current numbers and window 0, whatever the sender's window was. */
function abortsWithoutWindow({ reset, seen, receiver, before }: Scene): boolean {
  const withAck = (reset.flags & ACK) !== 0 && !numberedZero(reset);
  return withAck && seen.window === 0 && reset.ack === reached(receiver, before);
}

/**
 * FreeBSD and its kin abort with RST+ACK, current numbers, window 0, and timestamps if they were negotiated
 * (sys/netinet/tcp_output.c: a RST advertises no window).
 */
function bsd(scene: Scene): Fact {
  const is = abortsWithoutWindow(scene) && scene.seen.timestamp !== null && (lastWindow(scene) ?? 0) > 0;
  const text = is
    ? 'RST+ACK with current numbers, timestamps and window 0, as FreeBSD and macOS abort'
    : 'not the form in which FreeBSD and macOS abort';
  return fact('form-bsd-active', is, text, [scene.reset]);
}

/** Windows aborts with RST+ACK, current numbers, window 0 and no options; its packets begin with TTL 128. */
function windows(scene: Scene): Fact {
  const { seen } = scene;
  const nearby = seen.ttl > UNIX_TTL && seen.ttl <= WINDOWS_TTL;
  const is = abortsWithoutWindow(scene) && !seen.hasOptions && !seen.optionsCut && nearby;
  const text = is
    ? `RST+ACK with current numbers, window 0, no options and TTL ${seen.ttl}, as Windows aborts`
    : 'not the form in which Windows aborts';
  return fact('form-windows-active', is, text, [scene.reset]);
}

/** No kernel that is known puts a window into a RST without ACK: Linux, BSD and Windows reply with 0. */
function bareWindow({ reset, seen }: Scene): Fact {
  const is = (reset.flags & ACK) === 0 && seen.window > 0;
  const text = is
    ? `RST without ACK, but with a window (${seen.window}): no common kernel sends that`
    : 'not a RST without ACK and with a window';
  return fact('form-bare-window', is, text, [reset]);
}

/** A box that edits a packet and sends it back leaves the window as it was: the other end's. */
function mirrored(scene: Scene): Fact {
  const { seen, trigger, reset, before, sender } = scene;
  const own = before.filter((packet) => packet.from === sender).map(windowOf);
  const model = trigger === null ? null : windowOf(trigger);
  if (model === null || own.length === 0 || seen.window === 0)
    return fact(
      'window-mirrors-trigger',
      model === null || own.length === 0 ? null : false,
      'no window copied',
    );
  const is = seen.window === model && !own.includes(seen.window);
  const text = () =>
    is
      ? `window ${seen.window} is that of the segment it answers, and none that the ${nameOf(sender)} had lately`
      : 'the window is not copied from the segment it answers';
  return fact('window-mirrors-trigger', is, text, [trigger, reset]);
}

/**
 * Linux answers with the type of service of what it answers, congestion bits cleared (net/ipv4/ip_output.c,
 * ip_send_unicast_reply); its packet filter's REJECT always with 0 (net/ipv4/netfilter/nf_reject_ipv4.c).
 */
function netfilter({ reset, seen, trigger }: Scene): Fact {
  const asked = trigger === null ? 0 : nearSender(trigger).segment.tos & ~CONGESTION_BITS;
  if (asked === 0 || !isBare(seen)) {
    const text = 'nothing that it answers has a type of service to compare with';
    return fact('form-filter-reject', null, text);
  }
  const is = seen.tos === 0;
  const text = () =>
    is
      ? `type of service 0 in answer to ${asked}: a packet filter rejects so, a host would take it over`
      : 'type of service as a host answers';
  return fact('form-filter-reject', is, text, [trigger, reset]);
}

/** The window that the alleged sender had last; null when nothing of it was seen. */
function lastWindow({ before, sender }: Scene): number | null {
  const last: Packet | undefined = before.findLast((packet) => packet.from === sender);
  return last === undefined ? null : windowOf(last);
}

function windowOf(packet: Packet): number {
  return nearSender(packet).segment.window;
}
