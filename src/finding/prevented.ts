import type { EffectiveTimeout, Policy, TimedRemedy } from '../lb/model.js';
import type { JudgedFlow } from '../policy/types.js';
import type { Remedy } from '../result.js';

/** The idle time of a flow that the device ended, and whether somebody spoke after it: only then it was that long. */
interface Death {
  readonly seconds: number;
  readonly spokeAgain: boolean;
}

/** What a remedy would have prevented in these very captures: idle deaths, by the device whose timer they met. */
export class Prevented {
  readonly #byDevice = new Map<string, Death[]>();

  constructor(flows: readonly JudgedFlow[], policy: Policy) {
    for (const { class: cause, subtype, idleSeconds: seconds, triggered, kind, flow } of flows) {
      if (cause !== 'lb-idle-timeout' || subtype === 'secondary' || seconds === null) continue;
      const device = policy.resolve(flow).device ?? '';
      const death = { seconds, spokeAgain: triggered || kind === 'silent-drop' };
      this.#byDevice.set(device, [...(this.#byDevice.get(device) ?? []), death]);
    }
  }

  /** Remedies with what each would have prevented. */
  noted(remedies: readonly TimedRemedy[], { device }: EffectiveTimeout): Remedy[] {
    const deaths = this.#byDevice.get(device ?? '') ?? [];
    return remedies.map(({ everySeconds, raisedTo, ...remedy }) => {
      const note = everySeconds === undefined ? raisedNote(deaths, raisedTo) : keptNote(deaths, everySeconds);
      return note === null ? remedy : { ...remedy, text: `${remedy.text} ${note}` };
    });
  }
}

/** Something sent more often than the timer fires keeps every flow that the timer would have met. */
function keptNote(deaths: readonly Death[], everySeconds: number): string | null {
  return countNote(deaths.filter(({ seconds }) => seconds > everySeconds).length, deaths.length);
}

/** How long a flow would still have been idle is known only where somebody spoke again. */
function raisedNote(deaths: readonly Death[], raisedTo: number | undefined): string | null {
  if (raisedTo === undefined || !deaths.every(({ spokeAgain }) => spokeAgain)) return null;
  return countNote(deaths.filter(({ seconds }) => seconds < raisedTo).length, deaths.length);
}

function countNote(kept: number, of: number): string | null {
  if (of === 0) return null;
  if (of === 1)
    return kept === 1 ? 'It would have kept this connection.' : 'It would not have kept this connection.';
  return `It would have kept ${kept} of the ${of} connections that ended idle here.`;
}
