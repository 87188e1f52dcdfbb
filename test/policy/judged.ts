import type { JudgedFlow } from '#src/policy/types.js';
import { inbound } from '../lb/fixtures/load.js';

/** A reset of the load balancer's idle timer, both ways at 240 s; `over` is what a test is about. */
export function reset(over: Partial<JudgedFlow> = {}): JudgedFlow {
  return {
    kind: 'reset',
    class: 'lb-idle-timeout',
    subtype: 'bidirectional-at-timer',
    originator: 'load-balancer',
    confidence: 0.97,
    flow: inbound(),
    established: true,
    idleSeconds: 240,
    idleUncertaintySeconds: 0.01,
    resetTowardClient: true,
    resetTowardBackend: true,
    triggered: false,
    ...over,
  };
}

/** A flow that the load balancer dropped without a word, noticed 300 s after its last activity. */
export function silence(over: Partial<JudgedFlow> = {}): JudgedFlow {
  return reset({
    kind: 'silent-drop',
    subtype: 'silent-expiry',
    idleSeconds: 300,
    resetTowardClient: false,
    resetTowardBackend: false,
    ...over,
  });
}

/** A flow that was still alive after 300 s without activity. */
export function survival(over: Partial<JudgedFlow> = {}): JudgedFlow {
  return reset({
    kind: 'survived-timeout',
    class: null,
    subtype: null,
    idleSeconds: 300,
    resetTowardClient: false,
    resetTowardBackend: false,
    ...over,
  });
}
