import type { Policy } from '../lb/model.js';
import type { Pairing } from '../pair/path.js';

/** Connections that are looked at; so many agree or something is wrong. */
const ENOUGH = 3;

/** What the captures show that the declared devices cannot do: then it is not them that stand on the path. */
export function mismatches({ devices }: Policy, pairing: Pairing): string[] {
  const { client, server, pairs } = pairing;
  if (client === null || server === null) return [];
  let byNumbers = 0;
  for (const { method } of pairs) if (method === 'isn') byNumbers += 1;
  const proxy = devices.find(({ product }) => product.preserves.sequence === 'no');
  if (proxy !== undefined && byNumbers >= ENOUGH)
    return [
      `${proxy.product.name} ends TCP on both sides, yet ${byNumbers} connections have the same sequence numbers in both captures: it does not stand between these captures.`,
    ];
  const forwards = devices.every(({ product }) => product.preserves.sequence === 'yes');
  const unmatched = Math.min([...pairing.unpaired('client')].length, [...pairing.unpaired('server')].length);
  if (devices.length === 0 || !forwards || pairs.forwarded > 0) return [];
  if (pairs.length >= ENOUGH)
    return [
      `${named(devices)} would forward connections as they are, yet ${pairs.length} of them go on as other TCP connections: a full proxy stands between the captures.`,
    ];
  if (unmatched < ENOUGH) return [];
  return [
    `${named(devices)} would forward connections as they are, yet none of the client's side has the sequence numbers of any on the server's: a proxy stands between the captures, or they belong to different flows.`,
  ];
}

function named(devices: Policy['devices']): string {
  return devices.map(({ product }) => product.name).join(' and ');
}
