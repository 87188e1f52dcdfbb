import type { Rule } from '../rule.js';
import { proxyClose } from './between-in-use.js';

/**
 * A proxy that is told to end connections ends all of one kind in one moment, the busy and the idle ones: a server goes
 * into maintenance or is marked down, an old process reaches the end of its patience after a reload (haproxy's
 * `shutdown sessions`, `on-marked-down shutdown-sessions` and `hard-stop-after`, nginx's `worker_shutdown_timeout`).
 */
const drain: Rule = {
  ...proxyClose,
  subtype: 'drain',
  title:
    'the load balancer ended many connections in one moment, busy and idle ones: a backend had to leave, or an old process of its own',
  requires: ['born-between', 'ended-together'],
  weights: {
    ...proxyClose.weights,
    'ended-together': 8,
    'several-at-once': 2,
    'others-lived': 2,
    // What a proxy had only kept for later it throws away in sweeps.
    'no-partner': -8,
    'end-reset-nearby': -8,
  },
  impact: 'harmful',
  advice: [
    "look at the load balancer's log for this time: a server put into maintenance or marked down, a reload, a stop",
    'let what leaves finish: raise the time that old processes and leaving backends are given (`hard-stop-after`, `worker_shutdown_timeout`, the deregistration delay), or let connections end by themselves before',
  ],
};

/** The same by FIN, and its kernel resets who speaks on. */
const drainedByFin: Rule = {
  ...drain,
  title:
    'the load balancer had closed many connections in one moment, busy and idle ones, and reset what spoke on: a backend had to leave, or an old process of its own',
  requires: ['born-between', 'closed-in-burst'],
  weights: {
    ...drain.weights,
    'closed-in-burst': 8,
    'closed-after-idle': 0,
    'answers-segment': 5,
  },
};

/** All that it had, and nothing lived: it stopped, or was killed. */
const stopped: Rule = {
  ...drain,
  subtype: 'mass-reset',
  title: 'the load balancer ended all its connections in one moment: it was stopped, restarted, or failed',
  weights: { ...drain.weights, 'others-lived': -6 },
  unless: { ...drain.unless, 'others-lived': 2 },
  advice: ["look at the load balancer's log for this time: a stop, a restart, a crash, a failover"],
};

/** What a full proxy does to many of its connections at once. */
export const drains: readonly Rule[] = [drain, drainedByFin, stopped];
