import { seqDiff } from '../../wire/seq.js';
import { ACK } from '../../wire/tcp-flags.js';
import { type Fact, fact, nameOf, spell } from '../fact.js';
import { patienceOf, sentIn } from '../probe-run.js';
import { probesIn } from '../probing.js';
import { type Scene, trustInLoss } from '../scene.js';
import { endOf, type Packet } from '../timeline.js';
import { trustInSilence } from './probes.js';

const SECOND = 1e9;
/** A proxy ends the other leg within this of giving one up. */
const PASSED_ON_WITHIN = 1 * SECOND;
/** Trust in "a timeout and not the count": the connection may have had a count of its own. */
const OWN_COUNT = 0.7;
/** Trust in "because of it" where the clocks do not say that both legs ended together: both were of one connection. */
const AT_ANOTHER_TIME = 0.5;
/** One other connection may just have had other settings. */
const LEAST_OTHERS = 2;
/** The wait was shorter by at least this share of an interval for each probe that is missing from it. */
const SHORTER_BY = 0.5;
/** Sent so many times without an answer, data was not merely delayed, and a window not merely closed for a moment. */
const LEAST_REPEATS = 2;

/** Waits that ended otherwise than by an end's own count of probes: by its timeout, or those of the box in between. */
export function givingUp(scene: Scene): Fact[] {
  return [timedOut(scene), balancerGaveUp(scene), balancerUnanswered(scene)];
}

/** TCP_USER_TIMEOUT stands for the count of probes, and ends a wait for an acknowledgement or for room without a word. */
function timedOut(scene: Scene): Fact {
  return (
    soonerThanOthers(scene) ?? diedWaiting(scene) ?? fact('user-timed-out', false, 'no sign of a timeout')
  );
}

/** With the timeout, the kernel gives up at the first probe that is due after it (net/ipv4/tcp_timer.c, tcp_keepalive_timer). */
function soonerThanOthers(scene: Scene): Fact | null {
  const { probing: run, crowd } = scene;
  const patience = run === null ? null : patienceOf(run);
  if (run === null || patience === null || run.rhythm === 'uneven') return null;
  const sent = sentIn(run);
  const longer = crowd
    .gaveUpAlike(run)
    .filter((other) => other.sent > sent)
    .filter((other) => other.patience - patience > SHORTER_BY * run.interval * (other.sent - sent));
  if (longer.length < LEAST_OTHERS) return null;
  const most = Math.max(...longer.map((other) => other.sent));
  const text = () =>
    `${sent} probes in ${spell(patience)}, where the same host sent ${most} at the same pace before it gave up others: a timeout ended the wait, not the count`;
  return fact('user-timed-out', true, text, [...run.probes, scene.reset], OWN_COUNT);
}

/** A socket that timed out says nothing: the next segment of the peer, if any comes, finds none (tcp_write_err). */
function diedWaiting(scene: Scene): Fact | null {
  const { trigger, sender, path } = scene;
  const near = endOf(sender);
  if (trigger === null || path[near] === null || trigger[near] === null) return null;
  const heard = scene.before.filter((packet) => packet[near] !== null);
  const until = heard.slice(0, heard.indexOf(trigger));
  const waiting = vainData(until, scene) ?? windowProbes(until, scene);
  if (waiting === null) return null;
  const [what, packets] = waiting;
  const text = () =>
    `the ${nameOf(sender)} had ${what} and fell silent; when the ${nameOf(scene.receiver)} was heard again, nobody there knew the connection`;
  return fact('user-timed-out', true, text, [...packets, trigger, scene.reset]);
}

type Waiting = [what: string, packets: readonly Packet[]];

function vainData(until: readonly Packet[], { sender }: Scene): Waiting | null {
  const acked = until.reduce(
    (high: number | null, { from, flags, ack }) =>
      from !== sender && (flags & ACK) !== 0 && (high === null || seqDiff(ack, high) > 0) ? ack : high,
    null,
  );
  const data = until.filter(
    ({ from, length, seq }) => from === sender && length > 1 && (acked === null || seqDiff(seq, acked) >= 0),
  );
  const repeated = data.length - new Set(data.map(({ seq }) => seq)).size;
  if (repeated < LEAST_REPEATS) return null;
  return [`repeated data ${repeated} times and got none of it acknowledged`, data.slice(-LEAST_REPEATS)];
}

function windowProbes(until: readonly Packet[], { sender }: Scene): Waiting | null {
  const kinds = probesIn(until);
  const data = until.findLastIndex((packet) => packet.length > 1);
  const asked = until
    .slice(data + 1)
    .filter((packet) => packet.from === sender && kinds.get(packet) === 'window');
  if (asked.length < LEAST_REPEATS) return null;
  return [`asked ${asked.length} times whether the closed window had opened`, asked.slice(-LEAST_REPEATS)];
}

/** The box in between had something to say to the end beyond, which acknowledged none of it: that ends both legs. */
function balancerUnanswered({ beyond, reset, sender }: Scene): Fact {
  const vain = beyond?.vain ?? null;
  const who = nameOf(sender);
  const text = () =>
    vain === null
      ? 'the load balancer repeated nothing in vain on the other leg'
      : `the load balancer had repeated data to the ${who} on the other leg, and none of it was acknowledged`;
  return fact(
    'balancer-unanswered',
    vain !== null,
    text,
    [...(vain ?? []), reset],
    beyond?.weak === true ? OF_GUESSED_LEG : 1,
  );
}

/** Trust in a leg that only times join to this one. */
const OF_GUESSED_LEG = 0.5;

/** The box in between owns a socket, probed an end from it and got no answer, on this leg or on the other one. */
function balancerGaveUp(scene: Scene): Fact {
  const { beyond, probing: run, sender, path, watch } = scene;
  const who = nameOf(sender);
  if (beyond?.gaveUp) {
    const apart = Math.abs(scene.reset.time - beyond.gaveUp.time);
    const together = beyond.timed && apart <= PASSED_ON_WITHIN + 2 * scene.uncertainty;
    const text = 'the load balancer had given up the other leg, after keepalive probes of its own there';
    const packets = [...beyond.gaveUp.packets, scene.reset];
    return fact('balancer-gave-up', true, text, packets, together ? 1 : AT_ANOTHER_TIME);
  }
  if (run === null) return fact('balancer-gave-up', false, 'no probes of the load balancer went unanswered');
  const near = endOf(sender);
  const packets = [...run.probes, scene.reset];
  if (path.mode === 'proxy' && path[near] === null)
    return fact(
      'balancer-gave-up',
      true,
      'the probes came from the load balancer itself',
      packets,
      watch.loses(scene.seenAt) ? trustInSilence(run, scene) : 1,
    );
  if (run.probes.some((probe) => probe[near] !== null))
    return fact('balancer-gave-up', false, () => `the probes left the ${who}'s side`, packets);
  if (path[near] === null)
    return fact(
      'balancer-gave-up',
      null,
      () => `whether the ${who} probed or the load balancer shows only on the ${near} side`,
      packets,
    );
  const trust = trustInLoss(run.probes, scene);
  const text = () => `the probes arrived and are absent from the ${near} capture: made in between`;
  return fact('balancer-gave-up', trust > 0 ? true : null, text, packets, trust > 0 ? trust : 1);
}
