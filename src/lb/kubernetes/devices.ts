import { InputError } from '../../errors.js';
import { azureStandard } from '../azure/product.js';
import type { ConfigDocument } from '../document.js';
import { parseCompoundDuration } from '../duration.js';
import { isJsonObject, listAt } from '../json-shape.js';
import type { Device, FlowQuery } from '../model.js';
import type { Instance, Product, SetValue } from '../product.js';
import { awsNlb } from '../products/aws-nlb.js';
import { cilium } from '../products/cilium.js';
import { kubeProxy } from '../products/nf-conntrack.js';
import { nginxHttp } from '../products/nginx-http.js';
import type { Reader } from '../reader.js';
import { readAnnotations } from './annotations.js';
import { annotationsOf, type Resource, resourcesOf } from './resource.js';

const AWS_TYPE = 'service.beta.kubernetes.io/aws-load-balancer-type';
const NLB_TYPES = ['nlb', 'nlb-ip', 'external'];

/**
 * The devices that Kubernetes objects describe: load balancers by the annotations of their Services and Ingresses,
 * kube-proxy and Cilium by their configuration.
 * @throws InputError in one line with file, line and key
 */
export async function kubernetesDevices(documents: readonly ConfigDocument[]): Promise<Device[]> {
  const devices: Device[] = [];
  const resources = documents.flatMap(resourcesOf);
  for (const resource of resources) devices.push(...(await devicesOf(resource)));
  if (devices.length > 0) return devices;
  const kinds = [...new Set(resources.map(({ kind, name }) => `${kind} ${name}`))].join(', ');
  throw new InputError(
    `${documents[0].name}: ${kinds}: no annotation or setting here is about an idle timer; give the provider's own configuration`,
  );
}

async function devicesOf(resource: Resource): Promise<Device[]> {
  if (resource.kind === 'KubeProxyConfiguration') return [await kubeProxyDevice(resource)];
  if (resource.kind === 'ConfigMap') return configMapDevices(resource);
  if (resource.kind !== 'Service' && resource.kind !== 'Ingress') return [];
  const annotated = await readAnnotations(resource);
  const devices = annotated.map(({ product, timers, switches }) =>
    product.device({
      ...base(resource, product),
      settings: { timers, switches: withDefaults(product, switches) },
    }),
  );
  const hasNlb = annotated.some(({ product }) => product === awsNlb);
  const type = annotationsOf(resource).get(AWS_TYPE);
  if (!hasNlb && typeof type === 'string' && NLB_TYPES.includes(type))
    devices.push(awsNlb.device({ ...base(resource, awsNlb), settings: settings([]) }));
  return devices;
}

/** The cloud controller turns TCP reset on for every rule that it makes, unless it is told otherwise. */
function withDefaults(product: Product, switches: ReadonlyMap<string, SetValue<boolean>>) {
  if (product !== azureStandard || switches.has('reset')) return switches;
  return new Map([
    ...switches,
    ['reset', { value: true, origin: 'default of the cloud controller' }] as const,
  ]);
}

function base(resource: Resource, product: Product): Omit<Instance, 'settings'> {
  const ports = listAt(resource.reader.at('spec').value, 'ports').flatMap((port) =>
    isJsonObject(port) && typeof port.port === 'number' ? [port.port] : [],
  );
  return {
    name: `${resource.kind} ${resource.name} (${product.model.name})`,
    source: resource.file,
    ...(ports.length === 0
      ? {}
      : {
          // Services stand beside one another: a flow is of one of them.
          group: `services of ${resource.file}`,
          covers: ({ frontend }: FlowQuery) => frontend === null || ports.includes(frontend.port),
        }),
  };
}

async function kubeProxyDevice(resource: Resource): Promise<Device> {
  const conntrack = resource.reader.at('conntrack');
  return kubeProxy.device({
    ...base(resource, kubeProxy),
    settings: settings([
      ['idle', await durationOf(conntrack.at('tcpEstablishedTimeout'), resource.file)],
      ['close-wait', await durationOf(conntrack.at('tcpCloseWaitTimeout'), resource.file)],
    ]),
  });
}

/** The ConfigMaps of Cilium and of the nginx ingress controller; any other is none of ours. */
async function configMapDevices(resource: Resource): Promise<Device[]> {
  const data = resource.reader.at('data');
  if (!isJsonObject(data.value)) return [];
  if ('bpf-ct-timeout-service-tcp' in data.value || 'bpf-ct-timeout-regular-tcp' in data.value)
    return [
      cilium.device({
        ...base(resource, cilium),
        settings: settings([
          ['idle', await durationOf(data.at('bpf-ct-timeout-service-tcp'), resource.file)],
          ['regular', await durationOf(data.at('bpf-ct-timeout-regular-tcp'), resource.file)],
        ]),
      }),
    ];
  if (!('keep-alive' in data.value || 'upstream-keepalive-timeout' in data.value)) return [];
  return [
    nginxHttp.device({
      ...base(resource, nginxHttp),
      settings: settings([
        ['keepalive', await digitsOf(data.at('keep-alive'), resource.file)],
        ['upstream-keepalive', await digitsOf(data.at('upstream-keepalive-timeout'), resource.file)],
      ]),
    }),
  ];
}

/** Go's durations: `24h0m0s`. */
async function durationOf(reader: Reader, origin: string): Promise<SetValue<number> | null> {
  if (reader.missing) return null;
  const seconds = typeof reader.value === 'string' ? parseCompoundDuration(reader.value) : null;
  return seconds === null || seconds <= 0
    ? reader.fail('expected a duration such as 24h0m0s')
    : { value: seconds, origin };
}

async function digitsOf(reader: Reader, origin: string): Promise<SetValue<number> | null> {
  if (reader.missing) return null;
  const text = String(reader.value);
  return /^\d+$/.test(text) && Number(text) > 0
    ? { value: Number(text), origin }
    : reader.fail('expected a whole number of seconds in quotes');
}

function settings(values: readonly (readonly [string, SetValue<number> | null])[]) {
  const set = values.flatMap(([key, value]) => (value === null ? [] : [[key, value] as const]));
  return { timers: new Map(set), switches: new Map() };
}
