import { InputError } from '../../errors.js';
import type { ConfigDocument } from '../document.js';
import { listAt, textAt } from '../json-shape.js';
import type { Device, FlowQuery } from '../model.js';
import type { Product, SetValue } from '../product.js';
import { awsAlb } from '../products/aws-alb.js';
import { awsGwlb } from '../products/aws-gwlb.js';
import { awsNlb } from '../products/aws-nlb.js';
import { awsNlbTls } from '../products/aws-nlb-tls.js';
import { readerOf } from '../reader.js';
import { type Attributes, isAttributes, readAttributes, secondsOf } from './attributes.js';

const TCP_IDLE = 'tcp.idle_timeout.seconds';
const ALB_IDLE = 'idle_timeout.timeout_seconds';
const ALB_KEEP_ALIVE = 'client_keep_alive.seconds';

/** Load balancer types of the API, and what each is. */
const TYPES: Readonly<Record<string, Product>> = {
  network: awsNlb,
  application: awsAlb,
  gateway: awsGwlb,
};

/** One load balancer with what was said about it. */
interface Named {
  readonly name: string;
  readonly arn: string | null;
  readonly product: Product;
}

/** Whether a document was printed by one of the `aws elbv2 describe-…` commands. */
export function isElbv2(document: ConfigDocument): boolean {
  const { value } = document;
  return (
    isAttributes(document) ||
    listAt(value, 'LoadBalancers').some((item) => textAt(item, 'LoadBalancerArn') !== null) ||
    listAt(value, 'Listeners').some((item) => textAt(item, 'ListenerArn') !== null)
  );
}

/**
 * The load balancer of `aws elbv2 describe-load-balancers`, `-listeners` and the attributes of its objects.
 * @throws InputError when there is more than one, or an attribute of an object that it does not have
 */
export async function elbv2Devices(documents: readonly ConfigDocument[]): Promise<Device[]> {
  const attributes: Attributes[] = [];
  for (const document of documents)
    if (isAttributes(document)) attributes.push(await readAttributes(document));
  const named = await onlyBalancer(documents);
  const product = named?.product ?? productByAttributes(attributes, documents);
  const listeners = await listenersOf(documents);
  const source = documents.map(({ name }) => name).join(', ');
  const timers = timersOf(attributes, product);
  const base = {
    name: named?.name ?? product.model.name,
    source,
    problems: problemsOf(attributes, product),
    names: namesOf(named, listeners),
  };
  const settings = { timers, switches: new Map() };
  if (product !== awsNlb || listeners.length === 0) return [product.device({ ...base, settings })];
  return listeners.map(({ port, protocol }) =>
    (protocol === 'TLS' ? awsNlbTls : awsNlb).device({
      ...base,
      name: `${base.name} port ${port}`,
      settings: protocol === 'TLS' ? { timers: new Map(), switches: new Map() } : settings,
      group: source,
      covers: ({ frontend }: FlowQuery) => frontend === null || frontend.port === port,
    }),
  );
}

async function onlyBalancer(documents: readonly ConfigDocument[]): Promise<Named | null> {
  const found: Named[] = [];
  for (const document of documents) {
    for (const [index] of listAt(document.value, 'LoadBalancers').entries()) {
      const item = readerOf(document).at('LoadBalancers', index);
      const type = await item
        .at('Type')
        .word(Object.keys(TYPES), `a type (${Object.keys(TYPES).join(', ')})`);
      const name = await item.at('LoadBalancerName').text('a name');
      found.push({ name, arn: textAt(item.value, 'LoadBalancerArn'), product: TYPES[type] });
    }
  }
  if (found.length < 2) return found[0] ?? null;
  const names = found.map(({ name }) => name).join(', ');
  throw new InputError(`more than one load balancer: ${names}; give the one in the captures (--names)`);
}

interface Listener {
  readonly port: number;
  readonly protocol: string;
  readonly arn: string | null;
}

async function listenersOf(documents: readonly ConfigDocument[]): Promise<Listener[]> {
  const listeners: Listener[] = [];
  for (const document of documents) {
    for (const [index, raw] of listAt(document.value, 'Listeners').entries()) {
      const item = readerOf(document).at('Listeners', index);
      const protocol = await item.at('Protocol').text('a protocol');
      const port = await item.at('Port').integer(1, 65_535, 'a port');
      if (protocol !== 'UDP') listeners.push({ port, protocol, arn: textAt(raw, 'ListenerArn') });
    }
  }
  return listeners;
}

/** Without the load balancer itself its attributes tell what it is. */
function productByAttributes(
  attributes: readonly Attributes[],
  documents: readonly ConfigDocument[],
): Product {
  const has = (key: string) => attributes.some(({ values }) => values.has(key));
  if (has(ALB_IDLE) || has(ALB_KEEP_ALIVE)) return awsAlb;
  if (has('target_failover.on_unhealthy') || has('target_failover.on_deregistration')) return awsGwlb;
  if (has(TCP_IDLE) || documents.some(({ value }) => listAt(value, 'Listeners').length > 0)) return awsNlb;
  throw new InputError(
    `${documents[0].name} does not tell what the load balancer is: add the output of "aws elbv2 describe-load-balancers" or "describe-listener-attributes"`,
  );
}

function timersOf(attributes: readonly Attributes[], product: Product): Map<string, SetValue<number>> {
  const timers = new Map<string, SetValue<number>>();
  const wanted: readonly (readonly [string, string])[] =
    product === awsAlb
      ? [
          ['idle', ALB_IDLE],
          ['keepalive', ALB_KEEP_ALIVE],
        ]
      : [['idle', TCP_IDLE]];
  for (const [key, attribute] of wanted) {
    for (const one of attributes) {
      const seconds = secondsOf(one, attribute);
      if (seconds === null) continue;
      const before = timers.get(key);
      if (before !== undefined && before.value !== seconds)
        throw new InputError(
          `${attribute} is given twice, with ${before.value} and with ${seconds}: give the listener in the captures`,
        );
      timers.set(key, { value: seconds, origin: one.file });
    }
  }
  return timers;
}

/** What does not fit, or changes what the captures may show. */
function problemsOf(attributes: readonly Attributes[], product: Product): string[] {
  const { name } = product.model;
  const misplaced = attributes.flatMap(({ file, values }) => {
    const foreign = product === awsAlb ? TCP_IDLE : ALB_IDLE;
    return values.has(foreign) ? [`${file}: ${foreign} is no setting of ${name} and was not used.`] : [];
  });
  const unhealthy = attributes.some(
    ({ values }) => values.get('target_health_state.unhealthy.connection_termination.enabled') === 'true',
  );
  const termination =
    unhealthy && product === awsNlb
      ? ['Clients of an unhealthy target are answered with a reset, idle or not: look at its health first.']
      : [];
  return [...misplaced, ...termination];
}

function namesOf(named: Named | null, listeners: readonly Listener[]): Readonly<Record<string, string>> {
  const listener = listeners.length === 1 ? listeners[0].arn : null;
  return {
    ...(named?.arn == null ? {} : { 'load-balancer-arn': named.arn }),
    ...(listener === null ? {} : { 'listener-arn': listener }),
  };
}
