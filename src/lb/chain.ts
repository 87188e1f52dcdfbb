import { formatDuration } from './duration.js';
import { countsKeepalives, safeInterval } from './keepalive.js';
import type { Device, EffectiveTimeout, FlowQuery, Policy } from './model.js';
import { EXPIRY_WORDS } from './summary.js';

/** One device of the chain with the timer that it gives flows. */
export interface ChainLink {
  readonly device: string;
  readonly product: string;
  /** Null where it is not known, or where it never fires. */
  readonly seconds: number | null;
  readonly atExpiry: string;
  readonly countsKeepalives: boolean | null;
}

export interface Chain {
  readonly devices: readonly ChainLink[];
  /** Who fires first, what is then seen, and where a keepalive belongs: one sentence each. */
  readonly text: readonly string[];
}

const ANY_FLOW: FlowQuery = { direction: 'inbound', frontend: null, backend: null };

/** The devices in a row with their timers, and what follows from their order. */
export function chainOf({ devices }: Policy, flow: FlowQuery = ANY_FLOW): Chain {
  const row = devices.filter((device) => device.covers?.(flow) ?? true);
  const links = row.map((device) => ({ device, effective: device.resolve(flow) }));
  return { devices: links.map(linkOf), text: textOf(links) };
}

interface Link {
  readonly device: Device;
  readonly effective: EffectiveTimeout;
}

function linkOf({ device, effective }: Link): ChainLink {
  const { seconds, action, activity } = effective;
  return {
    device: device.name,
    product: device.product.name,
    seconds: seconds === Number.POSITIVE_INFINITY ? null : seconds,
    atExpiry: seconds === Number.POSITIVE_INFINITY ? 'never fires' : EXPIRY_WORDS[action],
    countsKeepalives: countsKeepalives(activity),
  };
}

function textOf(links: readonly Link[]): string[] {
  const proxy = links.findIndex(({ device }) => device.product.kind === 'proxy');
  const firing = links.filter(
    ({ effective }) => effective.seconds !== null && Number.isFinite(effective.seconds),
  );
  if (firing.length === 0) return ['No device on this path has an idle timer that is known.'];
  const first = firing.reduce((a, b) => (secondsOf(b) < secondsOf(a) ? b : a));
  return [
    `${first.device.name} fires first, after ${formatDuration(secondsOf(first))}: ${EXPIRY_WORDS[first.effective.action]}.`,
    ...openText(links),
    ...keepaliveText(links, proxy),
  ];
}

function secondsOf({ effective }: Link): number {
  return effective.seconds ?? Number.POSITIVE_INFINITY;
}

function openText(links: readonly Link[]): string[] {
  return links
    .filter(({ effective }) => effective.seconds === null)
    .map(({ device }) => `The timer of ${device.name} is not known and may be shorter.`);
}

/** A keepalive ends at the first proxy: each side of it needs its own, or data that crosses it. */
function keepaliveText(links: readonly Link[], proxy: number): string[] {
  if (proxy < 0) return [sideText('Either end', links)];
  const before = links.slice(0, proxy + 1);
  const behind = links.slice(proxy);
  return [sideText('The client', before), sideText('The backend', behind)];
}

function sideText(end: string, links: readonly Link[]): string {
  const timers = links.filter((link) => Number.isFinite(secondsOf(link)));
  const deaf = timers.filter(({ effective }) => countsKeepalives(effective.activity) === false);
  const hearing = timers.filter(({ effective }) => countsKeepalives(effective.activity) !== false);
  const parts = [
    ...(hearing.length === 0
      ? []
      : [`keepalives at most every ${formatDuration(safeInterval(Math.min(...hearing.map(secondsOf))))}`]),
    ...(deaf.length === 0
      ? []
      : [
          `application data at least every ${formatDuration(safeInterval(Math.min(...deaf.map(secondsOf))))}, as ${deaf.map(({ device }) => device.name).join(', ')} ${deaf.length === 1 ? 'does' : 'do'} not count keepalives`,
        ]),
  ];
  return parts.length === 0 ? `${end} needs no keepalive.` : `${end} has to send ${parts.join(', and ')}.`;
}
