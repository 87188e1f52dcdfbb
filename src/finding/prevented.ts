import type { EffectiveTimeout, Policy, TimedRemedy } from '../lb/model.js';
import type { JudgedFlow } from '../policy/types.js';
import type { Remedy } from '../result.js';

/** What a remedy would have prevented in these very captures: idle deaths, by the device whose timer they met. */
export class Prevented {
  readonly #idleByDevice = new Map<string, number[]>();

  constructor(flows: readonly JudgedFlow[], policy: Policy) {
    for (const flow of flows) {
      if (flow.class !== 'lb-idle-timeout' || flow.subtype === 'secondary' || flow.idleSeconds === null)
        continue;
      const device = policy.resolve(flow.flow).device ?? '';
      const idle = this.#idleByDevice.get(device) ?? [];
      this.#idleByDevice.set(device, [...idle, flow.idleSeconds]);
    }
  }

  /** Remedies with what each would have prevented, where it sends something at an interval. */
  noted(remedies: readonly TimedRemedy[], { device }: EffectiveTimeout): Remedy[] {
    const idle = this.#idleByDevice.get(device ?? '') ?? [];
    return remedies.map(({ everySeconds, ...remedy }) => {
      if (everySeconds === undefined || idle.length === 0) return remedy;
      const kept = idle.filter((seconds) => seconds > everySeconds).length;
      return { ...remedy, text: `${remedy.text} ${keptText(kept, idle.length)}` };
    });
  }
}

function keptText(kept: number, of: number): string {
  if (of === 1)
    return kept === 1 ? 'It would have kept this connection.' : 'It would not have kept this connection.';
  return `It would have kept ${kept} of the ${of} connections that ended idle here.`;
}
