import type { ConfigDocument } from '../document.js';
import { flattened, isObject, type JsonObject } from './json-form.js';

/** One Azure object of a document, flattened, with the way to it for messages. */
export interface Item {
  readonly kind: 'load-balancer' | 'public-ip' | 'nat-gateway';
  readonly value: JsonObject;
  /** The object as written. */
  readonly written: unknown;
  readonly file: string;
  /** The place in the file when that is a list: `[0]`; otherwise empty. */
  readonly place: string;
}

const TYPES: ReadonlyMap<string, Item['kind']> = new Map([
  ['microsoft.network/loadbalancers', 'load-balancer'],
  ['microsoft.network/publicipaddresses', 'public-ip'],
  ['microsoft.network/natgateways', 'nat-gateway'],
]);

/** The load balancers and public IPs in a document: one object, a list, or REST's list under `value`. */
export function itemsOf(document: ConfigDocument): readonly Item[] {
  const { name, value } = document;
  if (Array.isArray(value)) return listItems(name, '', value);
  if (isObject(value) && Array.isArray(value.value)) return listItems(name, 'value', value.value);
  if (isTemplate(value)) return listItems(name, 'resources', value.resources);
  return toItem(value, name, '');
}

/** An ARM template, as `az group export` and Bicep write it. */
function isTemplate(value: unknown): value is { readonly resources: readonly unknown[] } {
  return (
    isObject(value) &&
    Array.isArray(value.resources) &&
    typeof value.$schema === 'string' &&
    value.$schema.includes('deploymentTemplate')
  );
}

function listItems(name: string, prefix: string, list: readonly unknown[]): readonly Item[] {
  return list.flatMap((value, index) => toItem(value, name, `${prefix}[${index}]`));
}

function toItem(written: unknown, file: string, place: string): Item[] {
  const value = flattened(written);
  if (!isObject(value)) return [];
  const kind = typeof value.type === 'string' ? kindOfType(value.type) : kindOfShape(value);
  return kind === null ? [] : [{ kind, value, written, file, place }];
}

/** A type decides alone: an application gateway has frontend IP configurations too. */
function kindOfType(type: string): Item['kind'] | null {
  return TYPES.get(type.toLowerCase()) ?? null;
}

/** People cut dumps down before they share them, so the type may be gone. */
function kindOfShape(value: JsonObject): Item['kind'] | null {
  if ('loadBalancingRules' in value || 'inboundNatRules' in value) return 'load-balancer';
  if ('publicIPAllocationMethod' in value) return 'public-ip';
  if ('publicIpAddresses' in value && 'idleTimeoutInMinutes' in value) return 'nat-gateway';
  return 'ipAddress' in value && 'idleTimeoutInMinutes' in value ? 'public-ip' : null;
}
