import type { Device, EffectiveTimeout, FlowQuery } from './model.js';
import type { Preset } from './preset.js';
import { presetSettings } from './preset-settings.js';
import type { Instance, Product, Settings } from './product.js';
import type { ProductModel } from './product-model.js';
import { rangeProblems } from './ranges.js';
import { genericRemedies } from './remedies.js';
import { resolveByModel } from './resolve.js';

/** A product whose precedence needs more than "the shortest timer of the leg": what it makes of its settings. */
export type Resolver = (instance: Instance, flow: FlowQuery) => EffectiveTimeout;

export interface Definition {
  readonly model: ProductModel;
  readonly resolve?: Resolver;
}

/** A product out of its data; only an unusual precedence needs code. */
export function defineProduct({ model, resolve }: Definition): Product {
  const device = (instance: Instance) => deviceOf(model, instance, resolve);
  return {
    model,
    presetKeys: [...settable(model), ...(model.switches ?? []).map(({ key }) => key)],
    preset: (preset: Preset) => device(instanceOf(preset, presetSettings(preset, model))),
    device,
  };
}

function settable(model: ProductModel): string[] {
  return model.timers.filter(({ configurable }) => configurable).map(({ key }) => key);
}

function instanceOf(preset: Preset, settings: Settings): Instance {
  return { name: preset.text, source: preset.text, settings };
}

function deviceOf(model: ProductModel, instance: Instance, resolve: Resolver | undefined): Device {
  return {
    model: model.id,
    name: instance.name,
    source: instance.source,
    product: model,
    problems: [...(instance.problems ?? []), ...rangeProblems(model, instance)],
    ...(instance.covers === undefined ? {} : { covers: instance.covers }),
    ...(instance.group === undefined ? {} : { group: instance.group }),
    resolve: (flow) =>
      resolve === undefined ? resolveByModel(model, instance, flow) : resolve(instance, flow),
    remedies: (effective, needed) => genericRemedies(model, instance, effective, needed),
  };
}
