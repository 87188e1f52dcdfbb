import { RST, SYN } from '../../../support/tshark-packets.js';
import { first } from '../check.js';
import {
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
  'still-forwarded': stillForwarded,
};
