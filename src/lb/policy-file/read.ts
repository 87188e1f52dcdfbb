import { isAddress, sameAddress } from '../addresses.js';
import type { ConfigDocument } from '../document.js';
import type { Imported } from '../importer.js';
import type { Device, EffectiveTimeout, EndModel, FlowQuery } from '../model.js';
import type { Product, SetValue } from '../product.js';
import { type Reader, readerOf } from '../reader.js';
import { productIds, productOf } from '../registry.js';
import { DEVICE_KEYS, END_KEYS, POLICY_VERSION, TOP_KEYS, VERSION_KEY } from './format.js';

const LARGEST_PORT = 65_535;

/**
 * The devices of a policy file, in the order of the path, and its ends.
 * @throws InputError with file, line, key, what was expected and the nearest known word
 */
export async function readPolicyFile(document: ConfigDocument): Promise<Imported> {
  const root = readerOf(document);
  await root.keys(TOP_KEYS, 'a policy file');
  await root.at(VERSION_KEY).integer(POLICY_VERSION, POLICY_VERSION, 'a version');
  const devices: Device[] = [];
  for (const item of await root.at('path').items('devices'))
    devices.push(await readDevice(item, document, devices));
  const ends = { client: await readEnd(root.at('client')), backend: await readEnd(root.at('backend')) };
  return { devices, ends };
}

async function readEnd(reader: Reader): Promise<EndModel> {
  if (reader.missing) return {};
  const end: { -readonly [Key in keyof EndModel]: EndModel[Key] } = {};
  for (const key of await reader.keys(END_KEYS, 'an end of the path'))
    end[key as keyof EndModel] = await reader.at(key).duration();
  return end;
}

async function readDevice(
  reader: Reader,
  document: ConfigDocument,
  before: readonly Device[],
): Promise<Device> {
  if (reader.at('product').missing) await reader.keys(DEVICE_KEYS, 'a device');
  const id = await reader.at('product').word(productIds(), 'a product; "rst-analyze lb list" shows them');
  const product = productOf(id) as Product;
  const known = [...DEVICE_KEYS, ...product.presetKeys];
  const keys = await reader.keys(known, id);
  const timers = new Map<string, SetValue<number>>();
  const switches = new Map<string, SetValue<boolean>>();
  for (const key of keys.filter((one) => product.presetKeys.includes(one))) {
    const origin = document.name;
    const isSwitch = product.model.switches?.some((one) => one.key === key) === true;
    if (isSwitch) switches.set(key, { value: await reader.at(key).onOff(), origin });
    else timers.set(key, { value: await reader.at(key).duration(), origin });
  }
  const given = reader.at('name').missing ? id : await reader.at('name').text('a name');
  const name = before.some((other) => other.name === given) ? `${given} (${before.length + 1})` : given;
  const covers = await coverage(reader);
  const device = product.device({
    name,
    source: document.name,
    settings: { timers, switches },
    ...(covers === null ? {} : { covers }),
  });
  return reader.at('since').missing ? device : validSince(device, await sinceOf(reader.at('since')));
}

/** Which flows pass the device, by address and port; null where all do. */
async function coverage(reader: Reader): Promise<((flow: FlowQuery) => boolean) | null> {
  const addresses: string[] = [];
  const ports: number[] = [];
  if (!reader.at('addresses').missing)
    for (const item of await reader.at('addresses').items('addresses')) addresses.push(await addressOf(item));
  if (!reader.at('ports').missing)
    for (const item of await reader.at('ports').items('ports'))
      ports.push(await item.integer(1, LARGEST_PORT, 'a port'));
  if (addresses.length === 0 && ports.length === 0) return null;
  return ({ frontend, backend }) =>
    [frontend, backend].some(
      (end) =>
        end !== null &&
        (addresses.length === 0 || addresses.some((address) => sameAddress(address, end.ip))) &&
        (ports.length === 0 || ports.includes(end.port)),
    );
}

async function addressOf(reader: Reader): Promise<string> {
  const text = await reader.text('an IP address');
  return isAddress(text) ? text : reader.fail('expected an IP address');
}

/** Milliseconds since 1970. */
async function sinceOf(reader: Reader): Promise<number> {
  const time = Date.parse(await reader.text('a time such as 2026-03-01T12:00:00Z'));
  return Number.isNaN(time) ? reader.fail('expected a time such as 2026-03-01T12:00:00Z') : time;
}

/** A device whose configuration changed: what it gives to older flows is in doubt. */
function validSince(device: Device, since: number): Device {
  const resolve = (flow: FlowQuery): EffectiveTimeout => {
    const effective = device.resolve(flow);
    if (flow.openedAt === undefined || flow.openedAt >= since) return effective;
    const doubt = `The flow was opened before ${new Date(since).toISOString()}, when the configuration of ${device.name} became valid: its timeout may not apply to this flow.`;
    return { ...effective, doubts: [...effective.doubts, doubt] };
  };
  return { ...device, resolve };
}
