import { InputError } from '../../errors.js';
import type { ConfigDocument } from '../document.js';
import { isJsonObject } from '../json-shape.js';
import { type Reader, readerOf } from '../reader.js';

/** Which object of Elastic Load Balancing a list of attributes was printed for. */
export type AttributeOwner = 'load-balancer' | 'listener' | 'target-group';

/** The object that each attribute belongs to, by the beginning of its key; the AWS CLI prints them all alike. */
const OWNERS: readonly (readonly [string, AttributeOwner])[] = [
  ['tcp.idle_timeout.', 'listener'],
  ['routing.http.response.', 'listener'],
  ['routing.http.request.', 'listener'],
  ['deregistration_delay.', 'target-group'],
  ['target_failover.', 'target-group'],
  ['target_health_state.', 'target-group'],
  ['target_group_health.', 'target-group'],
  ['preserve_client_ip.', 'target-group'],
  ['proxy_protocol_v2.', 'target-group'],
  ['stickiness.', 'target-group'],
  ['slow_start.', 'target-group'],
  ['load_balancing.algorithm.', 'target-group'],
  ['load_balancing.cross_zone.enabled', 'load-balancer'],
  ['idle_timeout.', 'load-balancer'],
  ['client_keep_alive.', 'load-balancer'],
  ['deletion_protection.', 'load-balancer'],
  ['access_logs.', 'load-balancer'],
  ['routing.http2.', 'load-balancer'],
  ['routing.http.', 'load-balancer'],
  ['zonal_shift.', 'load-balancer'],
  ['dns_record.', 'load-balancer'],
  ['connection_logs.', 'load-balancer'],
  ['ipv6.', 'load-balancer'],
  ['waf.', 'load-balancer'],
];

/** The output of one `describe-…-attributes`. */
export interface Attributes {
  readonly file: string;
  readonly owner: AttributeOwner;
  readonly values: ReadonlyMap<string, string>;
}

/** Whether a document is a list of attributes. */
export function isAttributes({ value }: ConfigDocument): boolean {
  return (
    isJsonObject(value) &&
    Array.isArray(value.Attributes) &&
    value.Attributes.every((item) => isJsonObject(item) && 'Key' in item)
  );
}

/**
 * Reads a list of attributes: pairs of texts.
 * @throws InputError when a pair is no pair of texts, or when the attributes belong to different objects
 */
export async function readAttributes(document: ConfigDocument): Promise<Attributes> {
  const values = new Map<string, string>();
  for (const item of await readerOf(document).at('Attributes').items('attributes')) {
    const key = await item.at('Key').text('a text');
    values.set(key, await textOf(item.at('Value')));
  }
  return { file: document.name, owner: ownerOf(document.name, [...values.keys()]), values };
}

/** A value may be empty; a number means that the document was not printed by the AWS CLI. */
async function textOf(reader: Reader): Promise<string> {
  return typeof reader.value === 'string'
    ? reader.value
    : reader.fail('expected a text, as aws prints every attribute');
}

function ownerOf(file: string, keys: readonly string[]): AttributeOwner {
  const owners = new Map<AttributeOwner, string>();
  for (const key of keys) {
    const owner = OWNERS.find(([begin]) => key.startsWith(begin))?.[1];
    if (owner !== undefined && !owners.has(owner)) owners.set(owner, key);
  }
  // Cross-zone balancing is an attribute of load balancers and of target groups alike.
  if (owners.size > 1 && owners.get('load-balancer') === 'load_balancing.cross_zone.enabled')
    owners.delete('load-balancer');
  const [first, second] = owners;
  if (first === undefined)
    throw new InputError(
      `${file}: Attributes: none of ${keys.slice(0, 3).join(', ')} is an attribute of a load balancer, listener or target group that is known`,
    );
  if (second === undefined) return first[0];
  throw new InputError(
    `${file}: Attributes: ${first[1]} belongs to a ${spoken(first[0])}, ${second[1]} to a ${spoken(second[0])}; give each describe command's own output`,
  );
}

function spoken(owner: AttributeOwner): string {
  return owner.replace('-', ' ');
}

/**
 * Seconds of an attribute; null where it is not there.
 * @throws InputError unless it is a whole number above 0
 */
export function secondsOf({ file, values }: Attributes, key: string): number | null {
  const text = values.get(key);
  if (text === undefined) return null;
  const seconds = /^\d+$/.test(text) ? Number(text) : 0;
  if (seconds > 0) return seconds;
  throw new InputError(`${file}: ${key}: expected a whole number of seconds above 0, got "${text}"`);
}
