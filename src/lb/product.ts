import type { Device, FlowQuery } from './model.js';
import type { Preset } from './preset.js';
import type { ProductModel } from './product-model.js';

/** A value that somebody set, with where: `listener attribute tcp.idle_timeout.seconds`, `haproxy.cfg:12`. */
export interface SetValue<T> {
  readonly value: T;
  readonly origin: string;
}

/** What was configured of a product; what is missing has its default. */
export interface Settings {
  /** Seconds by timer key; Infinity where the timer was turned off. */
  readonly timers: ReadonlyMap<string, SetValue<number>>;
  readonly switches: ReadonlyMap<string, SetValue<boolean>>;
}

/** One configured instance of a product. */
export interface Instance {
  readonly name: string;
  /** File names or the preset, as given. */
  readonly source: string;
  readonly settings: Settings;
  /** What the importer found odd, one sentence each. */
  readonly problems?: readonly string[];
  /** Whether it is on the way of a flow: its listeners, its addresses. */
  readonly covers?: (flow: FlowQuery) => boolean;
  /** See `Device.group`. */
  readonly group?: string;
  /** Words for the placeholders of the product's commands, such as `listener-arn`. */
  readonly names?: Readonly<Record<string, string>>;
}

/** What the registry knows of one product. */
export interface Product {
  readonly model: ProductModel;
  /** Keys that the preset accepts after the colon. */
  readonly presetKeys: readonly string[];
  /** @throws InputError when an option has a value that it cannot have */
  preset(preset: Preset): Device;
  /** The device of settings that an importer or a policy file read. */
  device(instance: Instance): Device;
}

/** Nothing configured: the product as it ships. */
export const NO_SETTINGS: Settings = { timers: new Map(), switches: new Map() };
