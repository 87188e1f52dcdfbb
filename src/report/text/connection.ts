import type { Endpoint, FindingPath } from '../../result.js';
import type { Group } from './alike.js';
import { address, count } from './units.js';

/** Who talked to whom, as far as the captures show it. */
interface Ends {
  readonly from: Endpoint | null;
  readonly to: Endpoint | null;
}

/** The client in a group's rows: its address, or how many there are. */
export function clientOf({ first, members }: Group): string {
  const { from } = endsOf(first.path);
  if (from === null) return '?';
  const all = new Set(members.flatMap(({ path }) => endsOf(path).from ?? []).map(address));
  if (all.size <= 1) return address(from);
  const ips = new Set(members.flatMap(({ path }) => endsOf(path).from?.ip ?? []));
  return ips.size === 1 ? `${from.ip}, ${count(all.size)} ports` : `${count(ips.size)} clients`;
}

/** What the client talked to. */
export function frontendOf({ first }: Group): string {
  const { to } = endsOf(first.path);
  return to === null ? '?' : address(to);
}

/** What stands behind the load balancer, null when that is not known or nothing new. */
export function backendOf(path: FindingPath): string | null {
  const { frontend, backend } = path;
  return frontend && backend && !same(frontend, backend) ? address(backend) : null;
}

/** The whole path in full, both legs where they differ. */
export function pathSentence(path: FindingPath, symbols: { readonly arrow: string }): string {
  const { from, to } = endsOf(path);
  if (!from && !to) return 'the whole path';
  const hops = [from, to].map((end) => (end ? address(end) : '?'));
  const backend = backendOf(path);
  const ownLeg =
    backend !== null && path.lbPeer !== null && path.client !== null && !same(path.lbPeer, path.client);
  if (backend !== null && !ownLeg) hops.push(backend);
  const first = hops.join(` ${symbols.arrow} `);
  const second = ownLeg && path.lbPeer ? `, then ${address(path.lbPeer)} ${symbols.arrow} ${backend}` : '';
  return `${first}${second}${path.mode === 'unknown' ? '' : ` (${path.mode})`}`;
}

/** The client side where it was seen, else what the server side saw of the same connection. */
function endsOf({ client, frontend, lbPeer, backend }: FindingPath): Ends {
  return { from: client ?? lbPeer, to: frontend ?? backend };
}

function same(a: Endpoint, b: Endpoint): boolean {
  return a.ip === b.ip && a.port === b.port;
}
