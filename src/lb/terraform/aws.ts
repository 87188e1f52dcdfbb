import { textAt } from '../json-shape.js';
import type { Device, FlowQuery } from '../model.js';
import type { Product, SetValue } from '../product.js';
import { awsAlb } from '../products/aws-alb.js';
import { awsClb } from '../products/aws-clb.js';
import { awsGwlb } from '../products/aws-gwlb.js';
import { awsNatGateway } from '../products/aws-nat-gateway.js';
import { awsNlb } from '../products/aws-nlb.js';
import { awsNlbTls } from '../products/aws-nlb-tls.js';
import type { TerraformResource } from './resources.js';

const TYPES: Readonly<Record<string, Product>> = {
  network: awsNlb,
  application: awsAlb,
  gateway: awsGwlb,
};
const LARGEST_PORT = 65_535;

/**
 * The devices of a plan's or state's AWS resources.
 * @throws InputError with file, line and attribute
 */
export async function awsDevices(file: string, resources: readonly TerraformResource[]): Promise<Device[]> {
  const devices: Device[] = [];
  const of = (...types: readonly string[]) => resources.filter(({ type }) => types.includes(type));
  for (const gateway of of('aws_nat_gateway'))
    devices.push(
      awsNatGateway.device({ name: gateway.address, source: file, settings: await settings(gateway, []) }),
    );
  const listeners = of('aws_lb_listener', 'aws_alb_listener');
  for (const lb of of('aws_lb', 'aws_alb')) devices.push(...(await balancerDevices(file, lb, listeners)));
  for (const lb of of('aws_elb'))
    devices.push(
      awsClb.device({
        name: lb.address,
        source: file,
        settings: await settings(lb, [['idle', 'idle_timeout']]),
      }),
    );
  return devices;
}

async function balancerDevices(
  file: string,
  lb: TerraformResource,
  listeners: readonly TerraformResource[],
): Promise<Device[]> {
  const kind = lb.values.at('load_balancer_type');
  const type = kind.missing
    ? 'application'
    : await kind.word(Object.keys(TYPES), 'network, application or gateway');
  const product = TYPES[type];
  const base = { name: lb.address, source: file };
  if (product === awsAlb)
    return [
      product.device({
        ...base,
        settings: await settings(lb, [
          ['idle', 'idle_timeout'],
          ['keepalive', 'client_keep_alive'],
        ]),
      }),
    ];
  const own = listeners.filter((one) => belongs(one, lb));
  if (own.length === 0) return [product.device({ ...base, settings: await settings(lb, []) })];
  const devices: Device[] = [];
  for (const listener of own) devices.push(await listenerDevice(file, product, listener));
  return devices;
}

/** Before a plan is applied a listener does not name its load balancer. */
function belongs({ values }: TerraformResource, lb: TerraformResource): boolean {
  const of = textAt(values.value, 'load_balancer_arn');
  const arn = textAt(lb.values.value, 'arn');
  return of === null || arn === null || of === arn;
}

async function listenerDevice(file: string, product: Product, listener: TerraformResource): Promise<Device> {
  const port = listener.values.at('port').missing
    ? null
    : await listener.values.at('port').integer(1, LARGEST_PORT, 'a port');
  const isTls = product === awsNlb && textAt(listener.values.value, 'protocol') === 'TLS';
  const timers: [string, string][] = isTls ? [] : [['idle', 'tcp_idle_timeout_seconds']];
  return (isTls ? awsNlbTls : product).device({
    name: listener.address,
    source: file,
    group: file,
    settings: await settings(listener, timers),
    ...(port === null
      ? {}
      : { covers: ({ frontend }: FlowQuery) => frontend === null || frontend.port === port }),
  });
}

async function settings(
  { address, values }: TerraformResource,
  wanted: readonly (readonly [string, string])[],
) {
  const timers = new Map<string, SetValue<number>>();
  for (const [key, attribute] of wanted) {
    const seconds = await values.at(attribute).seconds();
    if (seconds !== null) timers.set(key, { value: seconds, origin: `${address}.${attribute}` });
  }
  return { timers, switches: new Map<string, SetValue<boolean>>() };
}
