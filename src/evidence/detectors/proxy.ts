import { seqAdd } from '../../wire/seq.js';
import { type Fact, fact, nameOf, spell } from '../fact.js';
import { saysSomething } from '../proxy.js';
import { isProxyLikely, type Scene } from '../scene.js';
import type { Packet } from '../timeline.js';
import { finOf } from './close.js';

const SECOND = 1e9;
/** A proxy passes the end of one leg on to the other within this. */
const PASSED_ON_WITHIN = 1 * SECOND;
/** Order within one capture, and between a frame and the one it causes. */
const ORDER_SLACK = 0.002 * SECOND;

/** Trust in that the other leg's reset came first, where no clock tells: an end resets more often than two things happen at once. */
const UNTIMED = 0.4;

/** Trust in that a reset of the other leg soon after this one is no cause of it: a clock that was set shows as that too. */
const SOON_AFTER = 0.5;

/** Trust in a partner that only times tell. */
const GUESSED = 0.8;

/** Whether a proxy ends the connection, and what the end beyond it had done. */
export function proxy(scene: Scene): Fact[] {
  const { path } = scene;
  const isLeg = path.mode === 'proxy';
  const own = path.announcement?.own === true;
  return [
    fact(
      'proxy-leg',
      isLeg,
      isLeg
        ? 'the load balancer ends this TCP connection and makes another one: no RST passes through it'
        : 'nothing shows that the load balancer ends this connection',
    ),
    fact(
      'proxy-speaks-for-itself',
      own,
      own
        ? 'the PROXY protocol header says that the load balancer made the connection for itself'
        : 'no PROXY protocol header says that the load balancer made the connection for itself',
      [own ? headerOf(scene) : null],
    ),
    resetBefore(scene, 0),
    resetBefore(scene, 1),
    silenceBroken(scene),
    nothingForwarded(scene),
    ownErrand(scene),
  ];
}

/** An end that spoke this shortly before a proxy's reset is what it was about, and no timer that ran out. */
const AT_THAT = 0.3 * SECOND;

/** Whether an end had broken the silence on either leg when the proxy closed this one. */
function silenceBroken(scene: Scene): Fact {
  const { before, receiver, sender, beyond, stoppedAt, uncertainty } = scene;
  const id = 'silence-broken';
  if (scene.path.mode !== 'proxy')
    return fact(id, false, 'nothing shows that the load balancer ends this connection');
  // What comes after the proxy's own FIN is an answer to that.
  const close = finOf(scene, sender) ?? stoppedAt;
  const closedAt = before.indexOf(close);
  const heard = closedAt < 0 ? before : before.slice(0, closedAt);
  const here = heard.findLast((packet) => packet.from === receiver && saysSomething(packet));
  const text = (who: string, passed: number) => () =>
    `the ${who} had broken the silence ${spell(Math.max(0, passed))} before`;
  if (here !== undefined && close.time - here.time <= AT_THAT)
    return fact(id, true, text(nameOf(receiver), close.time - here.time), [here, close]);
  const slack = 2 * uncertainty + ORDER_SLACK;
  const spoke = beyond?.timed === true ? beyond.spoke : null;
  const passed = spoke === null ? Number.POSITIVE_INFINITY : close.time - spoke.time;
  if (beyond === null || spoke === null || passed < -slack || passed > AT_THAT + slack)
    return fact(id, false, 'no end had said anything just before');
  const last = heard.findLast((packet) => packet !== close && saysSomething(packet));
  const quiet = last === undefined ? 0 : close.time - last.time;
  const byChance = Math.min(1, (AT_THAT + 2 * slack) / Math.max(quiet, AT_THAT));
  const trust = (beyond.weak ? GUESSED : 1) * (slack > AT_THAT ? 1 - byChance : 1);
  const packets = [beyondPacket(scene, spoke.segment, spoke.time), close];
  return fact(id, true, text(nameOf(sender), passed), packets, trust);
}

/**
 * A proxy that called no backend for its client, and had not said a byte to it, was waiting for the client to say more.
 * Only where the client's leg is sure to be alone: a leg beyond the proxy that cannot be told from others hides it.
 */
function nothingForwarded(scene: Scene): Fact {
  const { path, sender, watch, reset } = scene;
  const id = 'nothing-forwarded';
  const isAlone = sender === 1 && path.mode === 'proxy' && path.server === null && path.method === null;
  const isSilent = path.client?.sides?.[1].payloadBytes === 0;
  if (!isAlone || !isSilent || scene.beyond !== null)
    return fact(id, false, 'the load balancer had answered, or called a backend');
  const state = watch.trustInNoLeg(path, reset.time) === 1;
  const text = state
    ? 'the load balancer had not answered a byte, and no connection on the other side can be the one that it made for this client'
    : 'whether the load balancer had called a backend for this client does not show';
  return fact(id, state ? true : null, text, [reset]);
}

/** A leg that a proxy opened while none of its clients was there is the proxy's own: a check, not a request. */
function ownErrand({ path, watch, beyond, reset, before }: Scene): Fact {
  const isLeg = path.mode === 'proxy' && path.client === null && path.method === null && beyond === null;
  const state = isLeg && watch.isOwnErrand(path);
  const text = () =>
    state
      ? 'no client was connected when the load balancer opened this connection: it did so for itself'
      : 'nothing shows that the load balancer opened the connection for itself';
  return fact('own-errand', state, text, [before[0], reset]);
}

/** The segment with the PROXY protocol header, which comes before everything else; none where it is not kept. */
function headerOf({ path, before }: Scene): Packet | undefined {
  const isn = path.server?.isns[0] ?? null;
  return before.find(
    ({ from, seq, length }) => from === 0 && length > 0 && isn !== null && seq === seqAdd(isn, 1),
  );
}

/** Whether the end on the other leg had reset it just before: only then is this RST the proxy's way of passing it on. */
function resetBefore(scene: Scene, side: 0 | 1): Fact {
  const id = side === 0 ? 'client-reset-before' : 'backend-reset-before';
  const who = nameOf(side);
  const isThatEnd = side === 0 ? scene.path.client === null : scene.path.server === null;
  const couldBe = scene.path.mode === 'proxy' || isProxyLikely(scene);
  if (!couldBe || !isThatEnd) return fact(id, false, `no leg of the ${who} beyond a proxy`);
  const { beyond } = scene;
  if (beyond === null)
    return fact(id, null, `whether the ${who} had reset its leg shows only where that leg is known`);
  if (beyond.reset === null) {
    return beyond.ended
      ? fact(id, false, `the ${who} did not reset its leg`)
      : fact(id, null, `the capture does not show how the ${who}'s leg ended`);
  }
  const { time, segment } = beyond.reset;
  const packets = [beyondPacket(scene, segment, time), scene.reset];
  if (!beyond.timed) {
    const text = () => `the ${who} reset its own leg too; whether before shows only on a common clock`;
    return fact(id, true, text, packets, UNTIMED);
  }
  const passed = scene.reset.time - time;
  const slack = 2 * scene.uncertainty + ORDER_SLACK;
  if (Math.abs(passed) > PASSED_ON_WITHIN + slack)
    return fact(
      id,
      null,
      () => `the ${who} reset its own leg too, but not then: or the clocks moved`,
      packets,
    );
  const state = passed >= -slack;
  const leg = beyond.request === null ? 'its own leg' : 'the leg with the last request of this one';
  const words = () =>
    state
      ? `the ${who} had reset ${leg} ${spell(Math.max(0, passed))} before`
      : `the ${who} reset ${leg} only ${spell(-passed)} later`;
  const trust = beyond.weak ? GUESSED : 1;
  return fact(id, state, words, packets, state ? trust : Math.min(trust, SOON_AFTER));
}

function beyondPacket(scene: Scene, segment: Packet['client'] & object, time: number): Packet {
  const { from, seq, ack, flags, length } = segment;
  const [client, server] = scene.path.client === null ? [segment, null] : [null, segment];
  return { from, seq, ack, flags, length, client, server, time };
}
