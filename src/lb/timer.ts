import type { TimerModel } from './product-model.js';

type Given = Pick<TimerModel, 'setting' | 'default' | 'activity' | 'onExpiry' | 'source'> &
  Partial<TimerModel>;

/** A timer of a product; what is not said is what most have: key `idle`, seconds, configurable, established flows. */
export function timer(given: Given): TimerModel {
  return {
    key: 'idle',
    unit: 's',
    configurable: true,
    scope: 'flow',
    states: 'established',
    confidence: 'documented',
    ...given,
  };
}
