import { didYouMean } from '../../suggest.js';
import { azureStandard } from '../azure/product.js';
import { parseCompoundDuration } from '../duration.js';
import type { Product, SetValue } from '../product.js';
import { awsAlb } from '../products/aws-alb.js';
import { awsClb } from '../products/aws-clb.js';
import { awsNlb } from '../products/aws-nlb.js';
import { haproxy } from '../products/haproxy.js';
import { nginxHttp } from '../products/nginx-http.js';
import { annotationsOf, type Resource } from './resource.js';

const AZURE = 'service.beta.kubernetes.io/azure-load-balancer-';
const AWS = 'service.beta.kubernetes.io/aws-load-balancer-';
const ALB = 'alb.ingress.kubernetes.io/';
const NGINX = 'nginx.ingress.kubernetes.io/';
const HAPROXY = 'haproxy.org/';

type Unit = 'minutes' | 'seconds' | 'duration' | 'off-switch' | 'attributes';

/** One annotation that says something about an idle timer. */
export interface Meaning {
  readonly product: Product;
  /** Key of the timer or switch; of several for attributes. */
  readonly key: string;
  readonly unit: Unit;
}

/** Annotations of the providers' controllers, by their names. */
const MEANINGS: Readonly<Record<string, Meaning>> = {
  [`${AZURE}tcp-idle-timeout`]: { product: azureStandard, key: 'idle', unit: 'minutes' },
  [`${AZURE}disable-tcp-reset`]: { product: azureStandard, key: 'reset', unit: 'off-switch' },
  [`${AWS}connection-idle-timeout`]: { product: awsClb, key: 'idle', unit: 'seconds' },
  [`${ALB}load-balancer-attributes`]: { product: awsAlb, key: '', unit: 'attributes' },
  [`${NGINX}proxy-read-timeout`]: { product: nginxHttp, key: 'read', unit: 'seconds' },
  [`${NGINX}proxy-send-timeout`]: { product: nginxHttp, key: 'send', unit: 'seconds' },
  [`${HAPROXY}timeout-client`]: { product: haproxy, key: 'client', unit: 'duration' },
  [`${HAPROXY}timeout-server`]: { product: haproxy, key: 'server', unit: 'duration' },
  [`${HAPROXY}timeout-tunnel`]: { product: haproxy, key: 'tunnel', unit: 'duration' },
  [`${HAPROXY}timeout-http-keep-alive`]: { product: haproxy, key: 'http-keep-alive', unit: 'duration' },
};

/** Listener attributes carry the listener in the annotation's name. */
const LISTENER = `${AWS}listener-attributes.`;

/** Attributes of AWS load balancers, by the key of the timer. */
const ATTRIBUTES: Readonly<Record<string, string>> = {
  'tcp.idle_timeout.seconds': 'idle',
  'idle_timeout.timeout_seconds': 'idle',
  'client_keep_alive.seconds': 'keepalive',
};

const PREFIXES = [AZURE, AWS, ALB, NGINX, HAPROXY];
const SECONDS_PER_MINUTE = 60;

/** What annotations set of one product. */
export interface Annotated {
  readonly product: Product;
  readonly timers: ReadonlyMap<string, SetValue<number>>;
  readonly switches: ReadonlyMap<string, SetValue<boolean>>;
}

/**
 * What the annotations of an object say, by product; nothing where none is about idle timers.
 * @throws InputError with file, line, annotation and what was expected
 */
export async function readAnnotations(resource: Resource): Promise<Annotated[]> {
  const found = new Map<
    Product,
    { timers: Map<string, SetValue<number>>; switches: Map<string, SetValue<boolean>> }
  >();
  const of = (product: Product) => {
    const known = found.get(product) ?? { timers: new Map(), switches: new Map() };
    found.set(product, known);
    return known;
  };
  for (const [name] of annotationsOf(resource)) {
    const reader = resource.reader.at('metadata', 'annotations', name);
    const meaning = meaningOf(name);
    if (meaning === undefined) {
      await refuseSlip(resource, name);
      continue;
    }
    const text = await reader.text('a text in quotes');
    const origin = `annotation ${name}`;
    if (meaning.unit === 'off-switch') {
      if (text !== 'true' && text !== 'false') await reader.fail('expected "true" or "false"');
      of(meaning.product).switches.set(meaning.key, { value: text === 'false', origin });
      continue;
    }
    for (const [key, value] of await valuesOf(meaning, text, (expected) => reader.fail(expected)))
      of(meaning.product).timers.set(key, { value, origin });
  }
  return [...found].map(([product, set]) => ({ product, ...set }));
}

function meaningOf(name: string): Meaning | undefined {
  if (name.startsWith(LISTENER)) return { product: awsNlb, key: '', unit: 'attributes' };
  return Object.hasOwn(MEANINGS, name) ? MEANINGS[name] : undefined;
}

/** A slip in the name of a timeout would silently leave the default. */
async function refuseSlip(resource: Resource, name: string): Promise<void> {
  const prefix = PREFIXES.find((one) => name.startsWith(one));
  if (prefix === undefined || !/time|idle|reset/.test(name.slice(prefix.length))) return;
  const hint = didYouMean(name, Object.keys(MEANINGS));
  if (hint !== '')
    await resource.reader.at('metadata', 'annotations', name).refuse(`unknown annotation${hint}`);
}

type Fail = (expected: string) => Promise<never>;

async function valuesOf({ key, unit }: Meaning, text: string, fail: Fail): Promise<[string, number][]> {
  if (unit === 'attributes') return attributesOf(text, fail);
  if (unit === 'duration') {
    const seconds = /^\d+$/.test(text) ? Number(text) / 1000 : parseCompoundDuration(text);
    return seconds === null || seconds <= 0 ? fail('expected a duration such as 30s') : [[key, seconds]];
  }
  const digits = /^\d+s?$/.test(text) ? Number.parseInt(text, 10) : 0;
  if (digits <= 0) return fail(`expected a whole number of ${unit} in quotes`);
  return [[key, unit === 'minutes' ? digits * SECONDS_PER_MINUTE : digits]];
}

/** `idle_timeout.timeout_seconds=600,routing.http2.enabled=true` */
async function attributesOf(text: string, fail: Fail): Promise<[string, number][]> {
  const values: [string, number][] = [];
  for (const pair of text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '')) {
    const [name, value] = pair.split('=');
    if (value === undefined) return fail('expected key=value pairs with commas between them');
    if (!Object.hasOwn(ATTRIBUTES, name)) continue;
    const key = ATTRIBUTES[name];
    if (!/^\d+$/.test(value) || Number(value) <= 0)
      return fail(`expected ${name}= a whole number of seconds`);
    values.push([key, Number(value)]);
  }
  return values;
}
