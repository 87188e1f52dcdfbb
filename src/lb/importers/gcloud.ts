import { InputError } from '../../errors.js';
import type { ConfigDocument } from '../document.js';
import type { Importer } from '../importer.js';
import { isJsonObject, type JsonObject, textAt } from '../json-shape.js';
import type { Device } from '../model.js';
import type { Product, SetValue } from '../product.js';
import { gcpApplication, gcpApplicationRegional } from '../products/gcp-application.js';
import { gcpCloudNat } from '../products/gcp-cloud-nat.js';
import { gcpExternalPassthrough, gcpInternalPassthrough } from '../products/gcp-passthrough.js';
import { gcpProxy } from '../products/gcp-proxy.js';
import { readerOf } from '../reader.js';

type Kind = 'backend-service' | 'target-proxy' | 'nat';

const HTTP_PROTOCOLS = ['HTTP', 'HTTPS', 'HTTP2', 'H2C', 'GRPC'];
const SCHEMES = ['EXTERNAL', 'EXTERNAL_MANAGED', 'INTERNAL', 'INTERNAL_MANAGED', 'INTERNAL_SELF_MANAGED'];

/** `gcloud compute … describe`. */
export const gcloud: Importer = {
  id: 'gcloud',
  understands: [
    'gcloud compute backend-services describe, target-http(s)-proxies describe and routers nats describe (YAML or --format=json)',
  ],
  recognises: ({ value }) => kindOf(value) !== null,
  build,
};

function kindOf(value: unknown): Kind | null {
  if (!isJsonObject(value)) return null;
  const kind = textAt(value, 'kind') ?? '';
  if (/^compute#(?:region)?backendService$/i.test(kind)) return 'backend-service';
  if (/^compute#target(?:Http|Https|Tcp|Ssl)Proxy$/.test(kind)) return 'target-proxy';
  if ('loadBalancingScheme' in value && ('backends' in value || 'protocol' in value))
    return 'backend-service';
  if ('natIpAllocateOption' in value || 'sourceSubnetworkIpRangesToNat' in value) return 'nat';
  return null;
}

async function build(documents: readonly ConfigDocument[]): Promise<{ devices: Device[] }> {
  const of = (kind: Kind) => documents.filter(({ value }) => kindOf(value) === kind);
  const devices: Device[] = [];
  for (const document of of('nat')) devices.push(await natDevice(document));
  const services = of('backend-service');
  const proxies = of('target-proxy');
  if (services.length > 1)
    throw new InputError(
      `more than one backend service: ${services.map(({ name }) => name).join(', ')}; give the one in the captures`,
    );
  if (services.length === 1) devices.push(await serviceDevice(services[0], proxies));
  else if (proxies.length > 0) devices.push(await proxyDevice(proxies));
  return { devices };
}

async function natDevice(document: ConfigDocument): Promise<Device> {
  const root = readerOf(document);
  return gcpCloudNat.device({
    name: textAt(document.value, 'name') ?? gcpCloudNat.model.name,
    source: document.name,
    settings: settings([
      ['idle', await root.at('tcpEstablishedIdleTimeoutSec').seconds(), document.name],
      ['transitory', await root.at('tcpTransitoryIdleTimeoutSec').seconds(), document.name],
      ['time-wait', await root.at('tcpTimeWaitTimeoutSec').seconds(), document.name],
    ]),
    names: namesOf('nat', document.value),
  });
}

async function serviceDevice(document: ConfigDocument, proxies: readonly ConfigDocument[]): Promise<Device> {
  const root = readerOf(document);
  const scheme = (
    await root.at('loadBalancingScheme').word(lower(SCHEMES), `a scheme (${SCHEMES.join(', ')})`)
  ).toUpperCase();
  const protocol = (textAt(document.value, 'protocol') ?? 'TCP').toUpperCase();
  const product = productOf(scheme, protocol, isRegional(document.value));
  const file = document.name;
  const tracking = await root.at('connectionTrackingPolicy', 'idleTimeoutSec').seconds();
  const timeout = await root.at('timeoutSec').seconds();
  return product.device({
    name: textAt(document.value, 'name') ?? product.model.name,
    source: [document, ...proxies].map(({ name }) => name).join(', '),
    settings: settings([
      ['idle', product === gcpProxy ? timeout : product === gcpInternalPassthrough ? tracking : null, file],
      ['response', HTTP_PROTOCOLS.includes(protocol) ? timeout : null, file],
      ...(await keepAlives(proxies)),
    ]),
    problems: trackingProblems(document, tracking),
    names: namesOf('backend-service', document.value),
  });
}

function productOf(scheme: string, protocol: string, regional: boolean): Product {
  if (HTTP_PROTOCOLS.includes(protocol)) return regional ? gcpApplicationRegional : gcpApplication;
  if (scheme === 'INTERNAL') return gcpInternalPassthrough;
  return scheme === 'EXTERNAL' && regional ? gcpExternalPassthrough : gcpProxy;
}

function isRegional(value: unknown): boolean {
  return textAt(value, 'region') !== null;
}

/** The value is accepted in any mode, and used in one only. */
function trackingProblems({ name, value }: ConfigDocument, idle: number | null): string[] {
  const policy = isJsonObject(value) ? value.connectionTrackingPolicy : undefined;
  if (idle === null || textAt(policy, 'trackingMode') === 'PER_SESSION') return [];
  return [
    `${name}: connectionTrackingPolicy.idleTimeoutSec has no effect unless trackingMode is PER_SESSION (https://cloud.google.com/load-balancing/docs/internal).`,
  ];
}

/** A target proxy alone: the client's timer is all that is known. */
async function proxyDevice(proxies: readonly ConfigDocument[]): Promise<Device> {
  const [first] = proxies;
  const kind = textAt(first.value, 'kind') ?? '';
  const product = /Tcp|Ssl/.test(kind)
    ? gcpProxy
    : isRegional(first.value)
      ? gcpApplicationRegional
      : gcpApplication;
  return product.device({
    name: textAt(first.value, 'name') ?? product.model.name,
    source: proxies.map(({ name }) => name).join(', '),
    settings: settings(await keepAlives(proxies)),
    names: namesOf('target-proxy', first.value),
  });
}

async function keepAlives(proxies: readonly ConfigDocument[]): Promise<[string, number | null, string][]> {
  const values: [string, number | null, string][] = [];
  for (const proxy of proxies)
    values.push(['client', await readerOf(proxy).at('httpKeepAliveTimeoutSec').seconds(), proxy.name]);
  return values;
}

function settings(values: readonly (readonly [string, number | null, string])[]) {
  const set = values.flatMap(([key, value, origin]): [string, SetValue<number>][] =>
    value === null ? [] : [[key, { value, origin }]],
  );
  return { timers: new Map(set), switches: new Map() };
}

function namesOf(placeholder: string, value: unknown): Readonly<Record<string, string>> {
  const name = textAt(value, 'name');
  const region = textAt(value as JsonObject, 'region')
    ?.split('/')
    .at(-1);
  return { ...(name === null ? {} : { [placeholder]: name }), ...(region === undefined ? {} : { region }) };
}

function lower(words: readonly string[]): string[] {
  return words.map((word) => word.toLowerCase());
}
