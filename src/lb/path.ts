import { formatDuration } from './duration.js';
import type {
  ConsideredSetting,
  Device,
  EffectiveTimeout,
  Ends,
  FlowQuery,
  Policy,
  TimedRemedy,
} from './model.js';

/** The policy of the devices on a path: for each flow the shortest timer wins, and is named. */
export function pathPolicy(devices: readonly Device[], ends: Ends, source: string): Policy {
  return {
    model: [...new Set(devices.map(({ model }) => model))].join(' + '),
    source,
    devices,
    ends,
    problems: devices.flatMap(({ problems }) => problems),
    resolve: (flow) => resolvePath(devices, flow),
    each: (flow) => answersOf(devices, flow).map(({ effective }) => effective),
    remedies: (effective, needed) => remediesOf(devices, effective, needed),
  };
}

/** One device's answer for a flow. */
interface Answer {
  readonly device: Device;
  readonly effective: EffectiveTimeout;
}

function resolvePath(devices: readonly Device[], flow: FlowQuery): EffectiveTimeout {
  const answers = answersOf(devices, flow);
  if (answers.length === 0) return nobody(devices);
  const known = answers.filter(({ effective }) => effective.seconds !== null);
  if (known.length === 0) return answers[0].effective;
  const winner = known.reduce((a, b) => (secondsOf(b) < secondsOf(a) ? b : a));
  const others = answers.filter((answer) => answer !== winner);
  const mine = winner.effective;
  if (others.length === 0) return mine;
  return {
    ...mine,
    considered: [...mine.considered, ...others.map((other) => loser(other))],
    text: `${mine.text} Of the timers on the path it is the shortest: ${others.map(brief).join(', ')}.`,
    doubts: [...mine.doubts, ...others.flatMap((other) => openDoubts(other))],
    device: winner.device.name,
  };
}

/** What each device on the way of a flow gives it. */
function answersOf(devices: readonly Device[], flow: FlowQuery): readonly Answer[] {
  const passed = onTheWay(devices, flow);
  return besideEachOther(
    passed.map((device) => ({ device, effective: { ...device.resolve(flow), device: device.name } })),
  );
}

/**
 * Devices that a flow, or the captured leg of one, passes. A proxy ends TCP: what stands before it sees the client
 * leg only, what stands behind it the server leg.
 */
export function onTheWay(devices: readonly Device[], flow: FlowQuery): readonly Device[] {
  const covering = devices.filter((device) => device.covers?.(flow) ?? true);
  const forwarding = covering.filter((device) => !isProxy(device));
  // A proxy does not stand between two captures of one connection; it may stand before or behind both.
  const own = flow.unbroken === true && forwarding.length > 0 ? forwarding : covering;
  const first = own.findIndex(isProxy);
  if (flow.leg === undefined || first < 0) return own;
  const last = own.findLastIndex(isProxy);
  const { group } = own[first];
  const sameBox = (device: Device, at: number) =>
    at === first || (group !== undefined && device.group === group);
  return own.filter(
    (device, at) =>
      sameBox(device, at) ||
      (flow.leg === 'client' ? at < first : at > last || (isProxy(device) && at === last)),
  );
}

function isProxy({ product }: Device): boolean {
  return product.kind === 'proxy';
}

/** Of devices that stand beside one another only one took the flow: where they disagree, it is not known which. */
function besideEachOther(answers: readonly Answer[]): readonly Answer[] {
  const rows: Answer[] = [];
  const seen = new Set<string>();
  for (const answer of answers) {
    const { group } = answer.device;
    if (group === undefined) rows.push(answer);
    else if (!seen.has(group)) {
      seen.add(group);
      rows.push(oneOf(answers.filter(({ device }) => device.group === group)));
    }
  }
  return rows;
}

function oneOf(answers: readonly Answer[]): Answer {
  const [first] = answers;
  const agree = answers.every(
    ({ effective }) =>
      effective.seconds === first.effective.seconds && effective.action === first.effective.action,
  );
  if (agree) return first;
  const values = answers.map(brief).join(', ');
  return {
    device: first.device,
    effective: {
      ...first.effective,
      seconds: null,
      action: 'unknown',
      considered: answers.map(loser),
      text: `Several sections can have taken this flow and disagree: ${values}.`,
      doubts: [
        'Which section took this flow is not known: a capture of the other side, or its port, would tell.',
      ],
    },
  };
}

function nobody(devices: readonly Device[]): EffectiveTimeout {
  const [first] = devices;
  const names = devices.map(({ name }) => name).join(', ');
  return {
    seconds: null,
    action: 'unknown',
    rule: 'path/no-device',
    considered: [],
    text: `None of ${names} takes this flow.`,
    source: first.product.timers[0].source,
    doubts: ['The configuration holds nothing for this flow: is this the load balancer on its path?'],
  };
}

function secondsOf({ effective }: Answer): number {
  return effective.seconds ?? Number.POSITIVE_INFINITY;
}

function loser({ device, effective }: Answer): ConsideredSetting {
  const open = effective.seconds === null;
  return {
    name: device.name,
    seconds: effective.seconds,
    won: false,
    because: open ? 'its timeout is not known' : 'it fires later',
  };
}

function brief({ device, effective }: Answer): string {
  const value = effective.seconds === null ? 'not known' : formatDuration(effective.seconds);
  return `${device.name} ${value}`;
}

function openDoubts({ device, effective }: Answer): string[] {
  return effective.seconds === null ? [`The timeout of ${device.name} is not known and may be shorter.`] : [];
}

function remediesOf(
  devices: readonly Device[],
  effective: EffectiveTimeout,
  needed: number | null,
): readonly TimedRemedy[] {
  const device = devices.find(({ name }) => name === effective.device) ?? devices[0];
  return device.remedies(effective, needed);
}
