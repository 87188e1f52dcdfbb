import type { Device, EffectiveTimeout, FlowQuery, Policy, Source } from '../../lb/model.js';
import type { Remedy } from '../../result.js';
import type { CheckLevel } from '../../words.js';

/** What will break though it has not yet: a setting, or a habit seen in the captures, against a timer on the path. */
export interface Exposure {
  /** What the timer demands, short enough for a table cell. */
  readonly expected: string;
  /** What is set or seen, as short. */
  readonly observed: string;
  readonly text: string;
  readonly source: Source;
  readonly remedy: readonly Remedy[];
}

/** One check of the configuration alone. */
export interface ConfigCheck {
  /** Id that a finding cites, such as `keepalive/not-below-timeout`. */
  readonly id: string;
  readonly level: CheckLevel;
  /** What it finds and why that matters, for a reader. */
  readonly documentation: string;
  run(policy: Policy): readonly Exposure[];
}

const ANY_FLOW: FlowQuery = { direction: 'inbound', frontend: null, backend: null };

/** A device with the timeout that it gives flows of one leg. */
export interface Timed {
  readonly device: Device;
  readonly effective: EffectiveTimeout;
  /** Seconds; finite. */
  readonly seconds: number;
}

/** The devices that an end of the path talks through, with their timers: up to and including the next proxy. */
export function timersFor(end: 'client' | 'backend', { devices }: Policy): Timed[] {
  const proxy = (device: Device) => device.product.kind === 'proxy';
  const first = devices.findIndex(proxy);
  const last = devices.findLastIndex(proxy);
  const seen =
    first < 0
      ? devices
      : devices.filter((device, at) =>
          end === 'client'
            ? at <= first || (device.group !== undefined && device.group === devices[first].group)
            : at >= last || (device.group !== undefined && device.group === devices[last].group),
        );
  const leg = end === 'client' ? 'client' : 'server';
  return seen.flatMap((device) => timed(device, { ...ANY_FLOW, leg }));
}

/** A device with its timer on a leg; nothing where it has none, or where it is not known. */
export function timed(device: Device, flow: FlowQuery = ANY_FLOW): Timed[] {
  const effective = device.resolve(flow);
  const { seconds } = effective;
  return seconds === null || !Number.isFinite(seconds) ? [] : [{ device, effective, seconds }];
}
