import type { JudgedFlow } from '../policy/types.js';

/** Idle times of one timer agree to this share, or to the slack for short ones. */
const SHARE = 0.02;
const SLACK_SECONDS = 0.25;
/** Shorter than this is a pause or a health check, not idleness (see the idle detector). */
const LEAST_IDLE_SECONDS = 5;

/** Notes on each flow that a box closed how many others of the same service it closed after the same idle time. */
export function countAlike(flows: readonly JudgedFlow[]): JudgedFlow[] {
  const idleByService = new Map<string, number[]>();
  for (const flow of flows) {
    const idle = flow.closeIdleSeconds ?? null;
    if (idle === null || idle < LEAST_IDLE_SECONDS) continue;
    const key = serviceOf(flow);
    idleByService.set(key, [...(idleByService.get(key) ?? []), idle]);
  }
  for (const times of idleByService.values()) times.sort((a, b) => a - b);
  return flows.map((flow) => {
    const idle = flow.closeIdleSeconds ?? null;
    if (idle === null || idle < LEAST_IDLE_SECONDS) return flow;
    const slack = Math.max(SLACK_SECONDS, SHARE * idle);
    const times = idleByService.get(serviceOf(flow)) ?? [];
    return { ...flow, alike: countWithin(times, idle - slack, idle + slack) - 1 };
  });
}

function serviceOf({ flow, proxyLeg }: JudgedFlow): string {
  const end = proxyLeg === 'server' ? flow.backend : flow.frontend;
  return `${proxyLeg} ${end?.ip} ${end?.port}`;
}

function countWithin(sorted: readonly number[], from: number, to: number): number {
  return indexOfFirst(sorted, (value) => value > to) - indexOfFirst(sorted, (value) => value >= from);
}

/** Where the first value stands that fits; the length where none does. Values that fit come after those that do not. */
function indexOfFirst(sorted: readonly number[], fits: (value: number) => boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (fits(sorted[middle])) high = middle;
    else low = middle + 1;
  }
  return low;
}
