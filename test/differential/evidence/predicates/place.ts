import { RST, SYN } from '../../../support/tshark-packets.js';
import { first } from '../check.js';
import {
  connectionOf,
  connectionsAt,
  has,
  near,
  numbersIn,
  type Predicate,
  packetsAt,
  type Said,
  type Sighting,
  senderOf,
  slackOf,
  timeAt,
  type Vantage,
} from '../said.js';
import { citesReset } from './around.js';
import { idleBeforeReset } from './silences.js';

/** TTLs of what one end sent, as they were at a vantage. */
function ttlsOf(end: 'client' | 'backend', vantage: Vantage, said: Said): Set<number> {
  const own = packetsAt(vantage, said).filter(
    (one) => !has(one, RST) && !has(one, SYN) && senderOf(one, said) === end,
  );
  return new Set(own.map(({ ttl }) => ttl));
}

/** What the routers between the captures take off the TTL, for each end whose TTL is steady at both. */
function routersBetween(said: Said): number[] {
  return (['client', 'backend'] as const).flatMap((end) => {
    const [here, there] = [ttlsOf(end, 'client', said), ttlsOf(end, 'server', said)];
    if (here.size !== 1 || there.size !== 1) return [];
    const fell = [...here][0] - [...there][0];
    return [end === 'client' ? fell : -fell];
  });
}

const onlyRouter: Predicate = (said) => {
  const routers = routersBetween(said);
  return first(citesReset(said), [
    routers.length > 0 && routers.every((one) => one === 1),
    `TTLs fall by ${routers}`,
  ]);
};

/** TTLs that stacks send with. */
const UNTOUCHED = [64, 128, 255];

const firstRouter: Predicate = (said) => {
  const reset = near(said.cited[0], said);
  const [ttl, count] = numbersIn(said.text);
  const routers = routersBetween(said);
  return first(
    citesReset(said),
    [reset.recording.vantage === 'client' && reset.ttl === ttl, `TTL ${reset.ttl} at the client's`],
    [UNTOUCHED.includes(ttl), 'a router had it'],
    [count >= 3 && routers.includes(count), `${routers} routers between`],
    [[...ttlsOf('client', 'client', said)].every((one) => UNTOUCHED.includes(one)), 'not at the client'],
  );
};

/** Routers between the client's vantage and whoever made a RST that was seen there, or at the server's. */
function routersTo(reset: Sighting, between: readonly number[]): number[] {
  const passed = Math.min(...UNTOUCHED.filter((ttl) => ttl >= reset.ttl)) - reset.ttl;
  return reset.recording.vantage === 'client' ? [passed] : between.map((all) => all - 1 - passed);
}

/** A connection that was silent for less is in use, in nanoseconds. */
const IDLE = 5e9;

/** Other connections of the client that ended with a RST after a silence, made so many routers away. */
function resetAt(place: number, said: Said): number {
  const { client, lbPeer } = said.finding.path;
  const own = new Set(said.resets.map((one) => connectionOf(one)[0].frame));
  const count = (vantage: Vantage, ip: string | undefined) =>
    connectionsAt(vantage, said).filter((connection) => {
      const reset = connection.find((one) => has(one, RST));
      const isOfClient = connection[0].src === ip || connection[0].dst === ip;
      const isIdle = (idleBeforeReset(connection) ?? 0) >= IDLE - slackOf(said);
      return (
        reset !== undefined &&
        isOfClient &&
        isIdle &&
        !own.has(connection[0].frame) &&
        routersTo(reset, routersBetween(said)).includes(place)
      );
    }).length;
  return count('client', client?.ip) + count('server', lbPeer?.ip);
}

const otherPlace: Predicate = (said) => {
  const [own, others, other] = numbersIn(said.text);
  const reset = near(said.cited[0], said);
  const found = resetAt(other, said);
  return first(
    citesReset(said),
    [own !== other, 'the same place'],
    [routersTo(reset, routersBetween(said)).includes(own), `TTL ${reset.ttl}`],
    [others >= 2 && others <= found, `${found} idle connections were reset there`],
  );
};

const stillForwarded: Predicate = (said) => {
  if (said.text.includes('other connections')) return first(citesReset(said));
  const [reset, later] = said.cited;
  const made = near(reset, said);
  const crossed: Sighting[] = [later?.client, later?.server].flatMap((one) => one ?? []);
  return first(
    [has(made, RST), 'the first is no RST'],
    [crossed.length === 2 && crossed.every((one) => !has(one, RST)), 'the second did not cross'],
    [crossed.every((one) => senderOf(one, said) === senderOf(made, said)), 'of another sender'],
    [crossed.every((one) => timeAt(one, said) > timeAt(made, said) - slackOf(said)), 'not after the RST'],
  );
};

export const place: Readonly<Record<string, Predicate>> = {
  'only-router': onlyRouter,
  'first-router': firstRouter,
  'other-place': otherPlace,
  'still-forwarded': stillForwarded,
};
