import { idleGap } from '../evidence/detectors/idle.js';
import type { FactId } from '../evidence/fact.js';
import type { Scene } from '../evidence/scene.js';
import { nearSender, type Packet } from '../evidence/timeline.js';
import { SYN_SEEN } from '../flow/connection-flags.js';
import type { FlowQuery } from '../lb/model.js';
import type { End, Pairing, Path } from '../pair/path.js';
import type { CauseMark, JudgedFlow } from '../policy/types.js';
import { isPrintable } from '../reasons/readable.js';
import type { Verdict } from '../verdict/verdict.js';
import { legClose, proxyLegOf } from './leg-close.js';

const SECOND = 1e9;

/** Seconds without activity at the balancer before a verdict's first event; null when nothing was seen before it. */
export function idleSecondsOf(verdict: Verdict): number | null {
  const gap = verdict.drop === null ? sceneGap(verdict) : verdict.drop.gap;
  return gap === null ? null : Math.max(0, gap / SECOND);
}

function sceneGap(verdict: Verdict): number | null {
  const first = verdict.scenes[0];
  return first === undefined ? null : idleGap(first.scene);
}

/**
 * The idle time that a verdict is about: of one that the sender of the reset had ended by FIN, up to that close, as what
 * came after it (the other end's late word, its answer) says nothing of what went before.
 */
export function quietSecondsOf(verdict: Verdict): number | null {
  const first = verdict.scenes[0];
  const isAboutClose =
    first !== undefined && verdict.kind === 'reset' && CLOSED_IDLE.some((id) => isShown(id, verdict));
  return (isAboutClose ? legClose(first.scene).idleSeconds : null) ?? idleSecondsOf(verdict);
}

/** What a verdict tells where it is about a close after an idle time. */
const CLOSED_IDLE: readonly FactId[] = ['close-crossed', 'closed-after-idle'];

function isShown(id: FactId, { evidence }: Verdict): boolean {
  return evidence.some((line) => line.id === id && line.effect === 'supports' && line.weight > 0);
}

const MILLISECOND = 1e6;

/** When the connection of a row at the client's vantage was opened, in milliseconds since 1970; null if not seen. */
export function openedAt({ client }: Pairing, row: number): number | null {
  if (client === null || client.baseTime === null) return null;
  const { flags, synTime } = client.log.connections.at(row);
  if ((flags & SYN_SEEN) === 0) return null;
  return Number(client.baseTime / BigInt(MILLISECOND)) + synTime / MILLISECOND;
}

/** The flow of a path as a load balancer's configuration is asked about it. */
export function flowOf(path: Path, pairing: Pairing): FlowQuery {
  const opened = path.client === null ? null : openedAt(pairing, path.client.row);
  const leg = path.server === null ? 'client' : path.client === null ? 'server' : null;
  return {
    direction: 'inbound',
    frontend: path.client?.endpoints[1] ?? null,
    backend: path.server?.endpoints[1] ?? null,
    lbPeer: path.server?.endpoints[0] ?? null,
    ...(leg === null ? {} : { leg }),
    ...(leg === null && path.mode !== 'proxy' ? { unbroken: true } : {}),
    ...(opened === null ? {} : { openedAt: opened }),
  };
}

/** A verdict as the policy stage wants it: no packets. */
export function judgedFlow(verdict: Verdict, pairing: Pairing): JudgedFlow {
  const { path } = verdict.evidenceOf;
  const first = verdict.scenes[0]?.scene;
  const leg = first === undefined || verdict.kind !== 'reset' ? null : proxyLegOf(first);
  const packets = verdict.scenes.flatMap(({ scene }) => scene.event.packets);
  const toward = (side: 0 | 1): boolean | null => {
    if ((side === 0 ? path.client : path.server) === null) return null;
    return packets.some((packet) => packet.from !== side);
  };
  return {
    kind: verdict.kind,
    class: verdict.class,
    subtype: verdict.subtype,
    originator: verdict.originator,
    confidence: verdict.confidence,
    flow: {
      ...flowOf(path, pairing),
      ...(leg === null ? {} : { leg }),
      ...(verdict.scenes[0]?.facts.get('data-in-flight')?.state === true ? { dataInFlight: true } : {}),
    },
    established: establishedBefore(verdict, path),
    idleSeconds: idleSecondsOf(verdict),
    idleUncertaintySeconds: (pairing.clock?.uncertainty ?? 0) / SECOND,
    resetTowardClient: toward(0),
    resetTowardBackend: toward(1),
    marks: packets.map(markOf),
    triggered: verdict.scenes[0]?.facts.get('answers-segment')?.state === true,
    ...(leg === null || first === undefined ? {} : proxyClose(leg, first)),
    ...(verdict.drop === null ? {} : { spokeAfter: verdict.drop.sender === 0 ? 'client' : 'backend' }),
  };
}

/** Handshake complete, no FIN before; null when the captures began after the handshake. */
function establishedBefore(verdict: Verdict, path: Path): boolean | null {
  const known = [path.client, path.server].filter((connection) => connection !== null);
  const facts = verdict.scenes[0]?.facts;
  const closing =
    facts?.get('sender-closed-before')?.state === true || facts?.get('peer-closed-before')?.state === true;
  if (closing) return false;
  if (known.some((connection) => connection.established)) return true;
  return known.every((connection) => connection.midStream) ? null : false;
}

function proxyClose(proxyLeg: End, scene: Scene) {
  const { idleSeconds, answered } = legClose(scene);
  return { proxyLeg, closeIdleSeconds: idleSeconds, answered };
}

/** Payload of a reset as text: what is not ASCII is left out, as it only has to be recognised. */
function markOf(packet: Packet): CauseMark {
  const { window, payload } = nearSender(packet).segment;
  return { window, payload: payload === null ? null : String.fromCharCode(...payload.filter(isPrintable)) };
}
