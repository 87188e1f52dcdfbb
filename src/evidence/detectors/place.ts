import { type Fact, fact, nameOf } from '../fact.js';
import { stillForwarded } from '../forwarded.js';
import { hopsBetween, isUnrouted } from '../hops.js';
import type { Scene } from '../scene.js';

/** With so many routers between the captures, the one next to the client is hardly the balancer; the less so, the more there are. */
const MANY_HOPS = 3;
const TRUST_IN_MANY = 0.7;
const TRUST_PER_HOP = 0.15;
/** What a filter did to others at that moment and in that place it did to this one too. */
const TRUST_IN_OTHERS = 0.8;

/** Which of the boxes between the captures made the RST, as far as distances and what was forwarded after it tell. */
export function place(scene: Scene): Fact[] {
  const isBetween = scene.event.origin.possible.includes('between');
  const hops = isBetween ? hopsBetween(scene.path) : null;
  return [onlyRouter(scene, hops), firstRouter(scene, hops), ...otherPlace(scene), forwarded(scene)];
}

/** One router between the captures: whoever resets what it forwards can only be it. */
function onlyRouter({ reset }: Scene, hops: number | null): Fact {
  if (hops === null)
    return fact('only-router', null, 'how many routers stand between the captures does not show');
  const text = () =>
    hops === 1
      ? 'TTLs fall by one between the captures: a single router stands between them'
      : `TTLs fall by ${hops} between the captures`;
  return fact('only-router', hops === 1, text, [reset]);
}

/** The RST reached the client's own machine with the TTL that it was sent with: from its first router. */
function firstRouter({ path, seen, seenAt, reset }: Scene, hops: number | null): Fact {
  const own = path.client?.sides?.[0];
  if (hops === null || seenAt !== 'client' || own === undefined || own.ttlSamples === 0)
    return fact('first-router', null, 'how far from the client the RST was made does not show');
  const state = hops >= MANY_HOPS && isUnrouted(own.ttl) && isUnrouted(seen.ttl);
  const text = () =>
    state
      ? `TTL ${seen.ttl}, untouched: the RST came from the client's own network, and ${hops} routers stand between the captures`
      : 'the RST was not made by one of many routers, right next to the client';
  const trust = state ? Math.min(1, TRUST_IN_MANY + TRUST_PER_HOP * (hops - MANY_HOPS)) : 1;
  return fact('first-router', state, text, [reset], trust);
}

/**
 * Two places between the captures where connections are reset: no more than one of them is the balancer. Of two boxes that
 * reset idle connections it may be either; one that does so leaves little reason to take another one for it.
 */
function otherPlace({ crowd, reset }: Scene): Fact[] {
  const elsewhere = crowd.elsewhere();
  const text = () =>
    elsewhere === null
      ? 'no idle connection of this client was reset in another place'
      : `by its TTL this RST was made ${routers(elsewhere.own)} from the client; ${elsewhere.count} other idle connections of this client were reset ${routers(elsewhere.other)} from it`;
  return [
    fact('other-place', elsewhere?.alsoHere === true, text, [reset]),
    fact('idle-elsewhere', elsewhere?.alsoHere === false, text, [reset]),
  ];
}

function routers(count: number): string {
  return `${count} router${count === 1 ? '' : 's'}`;
}

/** A balancer that resets a connection, or has forgotten it, forwards no more of it; a packet filter answers what it rejects. */
function forwarded(scene: Scene): Fact {
  const own = stillForwarded(scene);
  const others = own === undefined && scene.crowd.forwardedOn > 0;
  const who = nameOf(scene.sender);
  if (own !== undefined) {
    const text = () =>
      `segments of the ${who} went on crossing after "its" RST: the connection was still forwarded`;
    return fact('still-forwarded', true, text, [scene.reset, own]);
  }
  const text = () =>
    others
      ? `${scene.crowd.forwardedOn} other connections that were reset in the same place within a second were still forwarded`
      : `nothing more of the ${who} crossed after the RST`;
  return fact('still-forwarded', others, text, [scene.reset], others ? TRUST_IN_OTHERS : 1);
}
