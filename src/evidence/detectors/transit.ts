import type { Origin } from '../event.js';
import { type Fact, type FactId, fact, nameOf } from '../fact.js';
import { areBothLegsKnown } from '../proxy.js';
import type { ClosedBy } from '../proxy-legs.js';
import { isProxyLikely, type Scene } from '../scene.js';
import { endOf, isReset } from '../timeline.js';

const FACT_OF: Readonly<Record<Origin, FactId>> = {
  'client-side': 'born-client-side',
  between: 'born-between',
  'server-side': 'born-server-side',
};

/** Where the RST was made: seen near its alleged sender, or only near its receiver. */
export function transit(scene: Scene): Fact[] {
  const facts = (Object.keys(FACT_OF) as Origin[]).map((origin) => bornAt(origin, scene));
  const both = scene.event.bothEnds;
  const text = both
    ? 'a RST arrived at each end within moments, and neither end sent one'
    : 'RSTs travelled one way only';
  return [
    ...facts,
    fact('both-ends', both, text, scene.event.packets.slice(0, 4)),
    noPartner(scene),
    ...otherLegs(scene),
    bothLegs(scene),
    barelySeen(scene),
    onlyResets(scene),
    bothSides(scene),
    forwarded(scene),
    proxyLikely(scene),
  ];
}

/** An absence that is trusted less leaves room for a RST which its sender's side did send. */
const SURE_ABSENCE = 0.9;

function bornAt(origin: Origin, scene: Scene): Fact {
  const { possible, trust } = scene.event.origin;
  const isOnly = possible.length === 1 && possible[0] === origin;
  const isRuledOut = !possible.includes(origin) && (!isAbsent(origin, scene) || trust >= SURE_ABSENCE);
  const state = isOnly ? true : isRuledOut ? false : null;
  return fact(
    FACT_OF[origin],
    state,
    () => words(origin, state, scene),
    [scene.reset],
    state === null ? 1 : trust,
  );
}

/** Whether only the absence of the RST speaks against an origin, and not its direction. */
function isAbsent(origin: Origin, { path, sender, reset }: Scene): boolean {
  const near = endOf(sender);
  return (
    path.mode !== 'proxy' &&
    reset[near] === null &&
    origin === (near === 'client' ? 'client-side' : 'server-side')
  );
}

function words(origin: Origin, state: boolean | null, scene: Scene): string {
  const near = endOf(scene.sender);
  const far = near === 'client' ? 'server' : 'client';
  if (origin === 'between') return betweenWords(state, scene, near, far);
  const who = origin === 'client-side' ? 'client' : 'backend';
  if (state === true && scene.reset[far] !== null)
    return `the RST left the ${who}'s side and arrived at the other end`;
  if (state === true)
    return `the RST came from the ${who}'s side${scene.path[far] === null ? '' : ' and did not get across'}`;
  return `whether the RST came from the ${who}'s side shows only in a capture taken there`;
}

function betweenWords(state: boolean | null, scene: Scene, near: string, far: string): string {
  if (state === true && scene.path.mode === 'proxy')
    return `the RST came from the load balancer's address on the ${far} side: what it ends does not pass it`;
  if (state === true && scene.path[endOf(scene.sender)] === null) {
    return `the RST arrived on the ${far} side, and the ${near} capture has no such connection`;
  }
  if (state === true)
    return `the RST arrived on the ${far} side but is absent from the ${near} capture: made in between`;
  return `whether the RST was made in between shows only in the ${near} capture`;
}

const CLOSED: readonly (readonly [FactId, ClosedBy, one: string, several: string])[] = [
  ['end-reset-nearby', 'end by RST', 'reset by its end', 'reset by their ends'],
  ['end-closed-nearby', 'end by FIN', 'closed by its end', 'closed by their ends'],
  ['proxy-closed-nearby', 'proxy', 'closed by the load balancer', 'closed by the load balancer'],
];

/** How the legs that may be this one's other one were closed just then: a proxy passes on what an end does to it. */
function otherLegs({ crowd, path, beyond, reset }: Scene): Fact[] {
  if (areBothLegsKnown(path, beyond))
    return CLOSED.map(([id]) => fact(id, null, 'the other leg of this connection is known'));
  const closed = crowd.otherLegsClosed();
  if (closed === null)
    return CLOSED.map(([id]) => fact(id, null, 'when what can be the other leg ended does not show'));
  const { counts, trust } = closed;
  // Where times alone tell the other leg, they have told already when that one ended.
  const otherwise = path.method === null && beyond === null ? false : null;
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  if (all === 0)
    return CLOSED.map(([id]) => fact(id, otherwise, 'nothing that can be the other leg ended just then'));
  return CLOSED.map(([id, by, one, several]) => {
    const text =
      all === 1
        ? `the only connection on the other side that can be the other leg, and ended just then, was ${one}`
        : `of ${all} connections on the other side that can be the other leg, and ended just then, ${counts[by]} were ${several}`;
    if (counts[by] === 0) return fact(id, otherwise, text);
    return fact(id, true, text, [closed.closing(by), reset], trust[by]);
  });
}

/** What became of a proxy's other leg shows only where that one is known, and by more than times. */
function bothLegs({ path, beyond }: Scene): Fact {
  const state = areBothLegsKnown(path, beyond);
  const text = state
    ? "both of the proxy's legs are known"
    : 'which leg on the other side of the load balancer belongs to this one is not known for certain';
  return fact('both-legs-known', state, text);
}

/** Segments of a connection that was joined midway: fewer tell nothing of what it was. */
const LEAST_SEEN = 3;

/** A few stray segments of what may belong to another connection. */
function barelySeen({ path, before }: Scene): Fact {
  const alone = path.client === null || path.server === null;
  const connection = path.client ?? path.server;
  const state = alone && connection?.midStream === true && before.length < LEAST_SEEN;
  const text = state
    ? 'hardly anything of this connection was captured'
    : 'enough of this connection was captured to know it';
  return fact('barely-seen', state, text);
}

/** A capture that was filtered for resets shows neither what led to one nor whom it can be compared with. */
function onlyResets({ path, timeline }: Scene): Fact {
  const joined = [path.client, path.server].every((one) => one === null || one.midStream);
  const state = joined && timeline.every(isReset);
  const text = state
    ? 'nothing but resets of this connection was captured'
    : 'more of this connection than its resets was captured';
  return fact('only-resets-seen', state, text);
}

/** Whoever is an end of this connection in a capture of the balancer's own may be the balancer. */
function bothSides({ watch }: Scene): Fact {
  const state = watch.showsBothSides;
  const text = state
    ? 'a capture shows both sides of the load balancer: which host is an end does not show'
    : 'each capture shows one side of the load balancer';
  return fact('both-sides-captured', state, text);
}

/** A connection that only one of two captures shows ended, or began, at the box in between. */
function noPartner(scene: Scene): Fact {
  const { client, server } = scene.path;
  if (scene.path.mode === 'proxy') return noOtherLeg(scene);
  const missing = client === null ? 'client' : server === null ? 'server' : null;
  if (missing === null) return fact('no-partner', false, 'both captures show this connection');
  const own = scene.path[missing === 'client' ? 'server' : 'client'];
  const trust = Math.max(
    scene.watch.trust(missing, scene.reset.time, scene.path),
    missing === 'client' && own !== null ? scene.watch.trustInStranger(own) : 0,
  );
  if (trust === 0) return fact('no-partner', null, () => `no ${missing} capture covers this connection`);
  const text = () =>
    `the ${missing} capture, which pairs other connections, has none for this one (${nameOf(scene.sender)} side only)`;
  return fact('no-partner', true, text, [scene.reset], trust);
}

function noOtherLeg(scene: Scene): Fact {
  const { method, announcement } = scene.path;
  if (method !== null) return fact('no-partner', false, 'both legs of this connection are known');
  if (scene.beyond !== null)
    return fact('no-partner', false, 'the leg that carried its last request on the other side is known');
  const text = 'no leg on the other side of the load balancer belongs to this one';
  const trust = announcement?.own === true ? 1 : scene.watch.trustInNoLeg(scene.path, scene.reset.time);
  return fact('no-partner', true, text, [scene.reset], trust);
}

/** The same sequence numbers on both sides: the box in between forwards packets and owns no socket of this connection. */
function forwarded({ path, watch }: Scene): Fact {
  if (path.mode === 'proxy')
    return fact(
      'forwarded-connection',
      false,
      'the load balancer has a TCP connection of its own on each side',
    );
  const both = (path.client !== null && path.server !== null) || watch.forwards;
  return fact(
    'forwarded-connection',
    both ? true : null,
    both
      ? 'both captures show the same TCP connections: the load balancer forwards them'
      : 'whether the load balancer forwards the connection or ends it shows only with both captures',
  );
}

/**
 * Two captures that have no connection in common: the box between them probably ends connections and makes new ones.
 * Then the other party of each connection is that box, whatever address it uses.
 */
function proxyLikely(scene: Scene): Fact {
  if (scene.path.mode === 'proxy')
    return fact(
      'proxy-likely',
      scene.path[endOf(scene.sender)] === null,
      'the other party of this connection is the load balancer',
    );
  const state = isProxyLikely(scene);
  const text = state
    ? 'the two captures have no connection in common: the box in between seems to make its own'
    : 'nothing suggests that the load balancer ends connections itself';
  return fact('proxy-likely', state, text);
}
