import { BACKEND, CLIENT, type EndOfPath, OWN_HOST, type Rule } from '../rule.js';
import { ABORT_SHAPE, CLAIMED_ABORT } from './claims.js';
import { ABORT_FITS, ORIGIN_SEEN, SEQUENCE_FITS } from './weights.js';

function abort(end: EndOfPath): Omit<Rule, 'subtype' | 'title' | 'advice'> {
  return {
    class: end.class,
    originator: end.name,
    requires: [end.born],
    excludes: ['answers-syn', 'unanswered-probes', 'form-passive', 'closed-by-both', 'vanished-before'],
    weights: {
      ...OWN_HOST,
      ...ABORT_SHAPE,
      ...CLAIMED_ABORT,
      'timestamp-missing': -12,
      'ip-id-foreign': -6,
      // Probes or data that went unanswered would have been seen by nobody.
      'history-unseen': -8,
      // A FIN and a RST of one socket: a proxy's way of closing toward a server; an end would rather do one or the other.
      'sender-closed-before': -4,
      [end.born]: ORIGIN_SEEN,
      'form-active': ABORT_FITS,
      'sequence-exact': SEQUENCE_FITS,
    },
    // A socket that aborts stamps, counts and numbers like itself.
    unless: { 'ip-id-continues': -5, 'sequence-exact': -6 },
    impact: 'harmful',
  };
}

/** An application closed its socket with SO_LINGER 0, or its connection was killed by an administrator. */
function linger(end: EndOfPath): Rule {
  const base = abort(end);
  return {
    ...base,
    subtype: 'abort-linger',
    title: `the ${end.name} aborted the connection`,
    weights: { ...base.weights, 'unread-data': -3, 'several-at-once': -3 },
    advice: [
      `look at the ${end.name}'s application for this time: it closed the socket hard (SO_LINGER 0) or was told to`,
    ],
  };
}

/** An application closed its socket while bytes it had not read were waiting. */
function unread(end: EndOfPath): Rule {
  const base = abort(end);
  return {
    ...base,
    subtype: 'abort-unread-data',
    title: `the ${end.name} closed the connection without having read all it was sent`,
    weights: { ...base.weights, 'unread-data': 3, 'several-at-once': -3 },
    unless: { ...base.unless, 'unread-data': -8 },
    advice: [
      `let the ${end.name}'s application read to the end before it closes, or find out why it gave up`,
    ],
  };
}

/** A process ends, or closes its listener, with connections it had not accepted. */
function exit(end: EndOfPath): Rule {
  const base = abort(end);
  return {
    ...base,
    subtype: 'process-exit',
    title: `a process of the ${end.name} ended and the kernel reset its connections`,
    requires: [end.born, 'several-at-once'],
    weights: { ...base.weights, 'several-at-once': 3, 'sender-sent-no-data': 6 },
    unless: { ...base.unless, 'sender-sent-no-data': -10 },
    advice: [`find out why the process on the ${end.name} ended or restarted at this time`],
  };
}

/** A backend that ends kept connections after an idle time of its own, with a RST instead of a FIN. */
function idleClose(end: EndOfPath): Rule {
  const base = abort(end);
  return {
    ...base,
    subtype: 'idle-close-by-reset',
    title: `the ${end.name} closed the idle connection with a reset, by a timer of its own`,
    requires: [end.born, 'idle-before'],
    excludes: [...base.excludes, 'request-outstanding', 'data-in-flight'],
    weights: {
      ...base.weights,
      'idle-long-before': 1,
      'idle-cluster': 4,
      'several-at-once': -8,
      'sender-sent-no-data': -4,
    },
    advice: [
      `let the ${end.name} keep idle connections longer than the load balancer and the other end do, and close them with FIN`,
    ],
  };
}

export const aborts: readonly Rule[] = [
  ...[CLIENT, BACKEND].flatMap((end) => [linger(end), unread(end), exit(end)]),
  idleClose(BACKEND),
];
