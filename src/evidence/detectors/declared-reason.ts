import { type Meaning, type ReasonSource, SOURCE_WORDS } from '../../reasons/reason.js';
import { type Fact, type FactId, fact } from '../fact.js';
import { declarationOf } from '../reason.js';
import type { Scene } from '../scene.js';

/** Meanings that a rule can do something with; several have one consequence. */
const FACT_OF: Readonly<Partial<Record<Meaning, FactId>>> = {
  'idle-timeout': 'declares-idle-timeout',
  'keepalive-failure': 'declares-keepalive-failure',
  'retransmission-timeout': 'declares-keepalive-failure',
  'reset-received': 'declares-relayed-reset',
  abort: 'declares-abort',
  'unread-data': 'declares-abort',
  'data-after-close': 'declares-late-data',
  'no-socket': 'declares-no-socket',
  'unexpected-ack': 'declares-no-socket',
  rejected: 'declares-rejection',
  unreachable: 'declares-rejection',
  resources: 'declares-overload',
};

/** Formats of products that are load balancers. */
const OF_BALANCERS: readonly ReasonSource[] = ['f5', 'netscaler'];

/**
 * The cause that the RST itself gives. It is a claim of whoever built the RST, a forger included: it tells what kind of
 * reset it wants to be, and nothing about where it was made.
 */
export function declaredReason(scene: Scene): Fact[] {
  const said = declarationOf(scene);
  if (said === null) return [fact('declares-reason', false, 'the RST does not say why it was sent')];
  const { name, means, source, code, trust } = said.reason;
  const packets = [said.packet];
  const text = () =>
    `the RST claims a cause: ${name} (${SOURCE_WORDS[source]}${code === null ? '' : `, code ${code}`})`;
  const known = FACT_OF[means];
  return [
    fact('declares-reason', true, 'the RST itself says why it was sent', packets, trust),
    ...(known === undefined ? [] : [fact(known, true, text, packets, trust)]),
    ...(OF_BALANCERS.includes(source)
      ? [fact('declares-balancer', true, () => ofBalancer(source), packets, trust)]
      : []),
  ];
}

function ofBalancer(source: ReasonSource): string {
  return `the RST gives its cause as only a load balancer does (${SOURCE_WORDS[source]})`;
}
