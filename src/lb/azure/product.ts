import { presetSettings } from '../preset-settings.js';
import type { Product } from '../product.js';
import { AZURE_STANDARD_MODEL } from './model.js';
import { PRESET_KEYS, settingsDevice } from './preset.js';

/** Azure's Standard Load Balancer. */
export const azureStandard: Product = {
  model: AZURE_STANDARD_MODEL,
  presetKeys: PRESET_KEYS,
  preset: (preset) =>
    settingsDevice({
      name: `preset ${preset.text}`,
      source: preset.text,
      settings: presetSettings(preset, AZURE_STANDARD_MODEL),
    }),
  device: settingsDevice,
};
