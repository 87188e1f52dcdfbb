import { timelineOf } from '../evidence/timeline.js';
import { CLOSED_BY_FIN, RESET_SEEN } from '../flow/connection-flags.js';
import type { Device, FlowQuery, Policy } from '../lb/model.js';
import type { Pairing } from '../pair/path.js';
import type { ConfigCheck, Exposure } from '../policy/exposure/exposure.js';
import { habitExposure } from '../policy/exposure/habit.js';
import { CONFIG_CHECKS } from '../policy/exposure/registry.js';
import type { Finding, FindingPath, FrameRef } from '../result.js';
import { confidenceLabel } from '../words.js';
import { cite } from './cite.js';
import { displayFilters } from './display-filter.js';
import type { Draft } from './draft.js';
import { flowOf } from './judged-flow.js';
import { keepaliveHabit } from './keepalive-habit.js';
import { NO_PATH, pathOf } from './path-of.js';
import { timeAt } from './time.js';

/** A configuration says what it says; whether it is the one in effect is another matter. */
const CONFIDENCE = 0.9;
/** Flows that are looked at to learn which devices the captures concern. */
const MOST_SERVICES = 10_000;

/** What will break though it has not yet: by the configuration, and by what living connections were seen to do. */
export function exposures(pairing: Pairing, policy: Policy): Draft[] {
  return [...configured(pairing, policy), ...observed(pairing, policy)];
}

function configured(pairing: Pairing, policy: Policy): Draft[] {
  const concerned = { ...policy, devices: devicesSeen(pairing, policy) };
  return CONFIG_CHECKS.flatMap((check) =>
    check.run(concerned).map(
      (exposure): Draft => ({
        time: 0,
        frame: 0,
        make: (id) => ({
          ...finding(id, check, exposure, NO_PATH, pairing, 0),
          displayFilter: { client: null, server: null },
        }),
      }),
    ),
  );
}

/** Devices on the way of any flow in the captures. A configuration may hold a hundred listeners. */
function devicesSeen(pairing: Pairing, { devices }: Policy): Device[] {
  const flows = new Map<string, FlowQuery>();
  const note = (client: number | null, server: number | null) => {
    if (flows.size >= MOST_SERVICES) return;
    const frontend = client === null ? null : pairing.endpointOf('client', client, 1);
    const backend = server === null ? null : pairing.endpointOf('server', server, 1);
    const key = `${frontend?.ip} ${frontend?.port} ${backend?.ip} ${backend?.port}`;
    if (!flows.has(key)) flows.set(key, { direction: 'inbound', frontend, backend });
  };
  for (const { client, server } of pairing.pairs) note(client, server);
  for (const row of pairing.unpaired('client')) note(row, null);
  for (const row of pairing.unpaired('server')) note(null, row);
  return devices.filter(
    (device) => device.covers === undefined || [...flows.values()].some((flow) => device.covers?.(flow)),
  );
}

/** Living connections whose keepalives come too late, or are not counted. */
function observed(pairing: Pairing, policy: Policy): Draft[] {
  const uncertainty = pairing.clock?.uncertainty ?? 0;
  return openPaths(pairing).flatMap(({ client, server }): Draft[] => {
    const path = pairing.path(client, server, null);
    const habit = keepaliveHabit(timelineOf(path, pairing.clock));
    if (habit === null) return [];
    const flow = flowOf(path, pairing);
    const found = habitExposure(habit, policy, flow, uncertainty);
    if (found === null) return [];
    const cited = habit.frames.map((ref) => cite(ref, pairing));
    const make = (id: string): Finding => ({
      ...finding(id, found.check, found.exposure, pathOf(path), pairing, habit.lastTime, cited),
      displayFilter: displayFilters(path, cited, pairing),
      idleSeconds: habit.intervalSeconds,
    });
    return [{ time: habit.lastTime, frame: habit.frames[0]?.frame ?? 0, make }];
  });
}

/** Connections that were still open when the captures ended: of the others nothing is left to see. */
function openPaths(pairing: Pairing): { client: number | null; server: number | null }[] {
  const isOpen = (end: 'client' | 'server', row: number) => {
    const connection = pairing[end]?.log.connections.at(row);
    return (
      connection !== undefined &&
      connection.detail >= 0 &&
      (connection.flags & (CLOSED_BY_FIN | RESET_SEEN)) === 0
    );
  };
  const open: { client: number | null; server: number | null }[] = [];
  for (const { client, server } of pairing.pairs)
    if (isOpen('client', client) && isOpen('server', server)) open.push({ client, server });
  for (const row of pairing.unpaired('client'))
    if (isOpen('client', row)) open.push({ client: row, server: null });
  for (const row of pairing.unpaired('server'))
    if (isOpen('server', row)) open.push({ client: null, server: row });
  return open;
}

function finding(
  id: string,
  check: Pick<ConfigCheck, 'id' | 'level' | 'documentation'>,
  exposure: Exposure,
  path: FindingPath,
  pairing: Pairing,
  time: number,
  frames: readonly FrameRef[] = [],
): Omit<Finding, 'displayFilter'> {
  const base = pairing.client?.baseTime ?? pairing.server?.baseTime ?? 0n;
  return {
    id,
    kind: 'exposure',
    class: null,
    subtype: check.id.split('/')[1],
    originator: 'unknown',
    confidence: CONFIDENCE,
    confidenceLabel: confidenceLabel(CONFIDENCE),
    impact: 'unknown',
    time: timeAt(base, time),
    path,
    idleSeconds: null,
    resets: [],
    evidence:
      frames.length === 0
        ? []
        : [
            {
              id: 'keepalive-interval',
              effect: 'supports',
              weight: 0,
              text: `${exposure.observed} were seen`,
              frames: [...frames],
            },
          ],
    alternatives: [],
    policyCheck: {
      status: 'not-covered',
      rule: check.id,
      expected: exposure.expected,
      observed: exposure.observed,
      text: exposure.text,
      check: check.id,
      level: check.level,
      effectiveTimeout: { seconds: null, settings: [], source: { ...exposure.source } },
      documentation: check.documentation,
    },
    remedy: [...exposure.remedy],
  };
}
