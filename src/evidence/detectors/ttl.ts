import { ACK } from '../../wire/tcp-flags.js';
import { type Fact, fact, nameOf } from '../fact.js';
import type { Scene } from '../scene.js';

/** Fewer segments than this are no baseline to accuse anyone by. */
const LEAST_SAMPLES = 3;
/** Samples at which a baseline is half as good as one of very many (weight n / (n + this)). */
const HALF_TRUST_SAMPLES = 5;
/** A listener, or a proxy for it, may answer a SYN with another TTL than the connection has later. */
const TRUST_IN_SYN = 0.5;
/** Other connections of the same address may be another machine's: a balancer has many behind one. */
const TRUST_IN_HOST = 0.5;

/** Time to live against what the alleged sender's own segments had at this vantage, and its other connections. */
export function ttl(scene: Scene): Fact[] {
  const asHost = likeHost(scene);
  return [...likeSender(scene, asHost), asHost];
}

function likeSender(scene: Scene, asHost: Fact): Fact[] {
  const { habits, seen } = scene;
  const who = nameOf(scene.sender);
  if (habits === null || (habits.ttlSamples === 0 && habits.synTtl === null)) return byHost(scene, asHost);
  if (habits.ttlSamples === 0) return bySyn(scene, habits.synTtl as number, asHost);
  const same = seen.ttl === habits.ttl;
  // A proxy's address is its own; behind another one several hosts may stand, or one that is seen from two sides.
  const foreign = scene.path.mode === 'proxy' && asHost.state === false;
  const steady = habits.ttlLowest === habits.ttlHighest && (habits.ttlSamples >= LEAST_SAMPLES || foreign);
  const own = habits.ttlSamples / (habits.ttlSamples + HALF_TRUST_SAMPLES);
  const quality = !same && foreign ? Math.max(own, TRUST_IN_HOST) : own;
  const of =
    habits.ttlSamples === 1
      ? 'the one other segment'
      : `${steady ? 'all' : 'most of'} ${habits.ttlSamples} segments`;
  const text = () =>
    `TTL ${seen.ttl}, ${same ? 'as in' : 'against'} ${of} of the ${who} here${same ? '' : ` (${habits.ttl})`}`;
  const packets = [scene.reset];
  return [
    fact('ttl-as-sender', same, text, packets, quality),
    // Equality needs no baseline: whoever it was stood as far away.
    same
      ? fact('ttl-unlike-sender', false, text, packets)
      : unlike(scene, steady ? true : null, text, quality * trustInOwn(scene, habits.ttl), asHost),
  ];
}

function bySyn(scene: Scene, expected: number, asHost: Fact): Fact[] {
  const same = scene.seen.ttl === expected;
  const what = scene.sender === 0 ? 'SYN' : 'SYN-ACK';
  const text = () =>
    `TTL ${scene.seen.ttl}, ${same ? 'as' : 'against'} ${same ? 'that' : expected} of the ${nameOf(scene.sender)}'s ${what} here`;
  const packets = [scene.reset];
  return [
    fact('ttl-as-sender', same, text, packets, TRUST_IN_SYN),
    same
      ? fact('ttl-unlike-sender', false, text, packets)
      : unlike(scene, true, text, TRUST_IN_SYN * trustInOwn(scene, expected), asHost),
  ];
}

function byHost(scene: Scene, asHost: Fact): Fact[] {
  const same = asHost.state;
  const text = () =>
    same === null
      ? `no other segments of the ${nameOf(scene.sender)} to compare the TTL (${scene.seen.ttl}) with`
      : `TTL ${scene.seen.ttl}, ${same ? 'as' : 'unlike'} other connections of the ${nameOf(scene.sender)} here`;
  const packets = [scene.reset];
  return [
    fact('ttl-as-sender', same, text, packets, TRUST_IN_HOST),
    fact('ttl-unlike-sender', same === null ? null : !same, text, packets, same ? 1 : TRUST_IN_HOST),
  ];
}

/**
 * A kernel that answers a segment for which it has no socket takes its own TTL, not the one that an application had set
 * (net/ipv4/tcp_ipv4.c, tcp_v4_send_reset): then other connections of the host have it too.
 */
function unlike(
  scene: Scene,
  state: boolean | null,
  text: () => string,
  quality: number,
  asHost: Fact,
): Fact {
  const isReply = (scene.reset.flags & ACK) === 0;
  if (isReply && asHost.state === true) return fact('ttl-unlike-sender', false, asHost.text, asHost.packets);
  return fact('ttl-unlike-sender', state, text, [scene.reset], quality);
}

/** TTLs that stacks begin with, and the hops that a path has at most: a path of more is an application's own TTL. */
const INITIAL_TTLS: readonly number[] = [32, 64, 128, 255];
const MOST_HOPS = 20;
const TRUST_IN_ODD_TTL = 0.25;

/** A reply says little against a sender whose application chose its own TTL. */
function trustInOwn({ reset }: Scene, expected: number): number {
  const initial = INITIAL_TTLS.find((one) => one >= expected) ?? expected;
  const isOdd = initial - expected > MOST_HOPS;
  return isOdd && (reset.flags & ACK) === 0 ? TRUST_IN_ODD_TTL : 1;
}

/** Whether other connections of the alleged sender's address had the TTL of the RST at this vantage. */
function likeHost({ path, seenAt, sender, seen, watch, reset }: Scene): Fact {
  const connection = path[seenAt];
  const ttls = connection === null ? [] : watch.ttlsOfHost(seenAt, connection, sender);
  if (ttls.length === 0)
    return fact('ttl-as-host', null, () => `no other connection of the ${nameOf(sender)}'s address here`);
  const state = ttls.includes(seen.ttl);
  const text = () =>
    `other connections of the ${nameOf(sender)}'s address ${state ? 'have that TTL here' : `have TTL ${ttls.join(', ')} here`}`;
  return fact('ttl-as-host', state, text, [reset]);
}
