import { BACKEND, CLIENT, type EndOfPath, OWN_HOST, type Rule } from '../rule.js';
import { CLAIMED_NO_SOCKET } from './claims.js';
import { ANSWER_FITS, FORM_FITS, ORIGIN_SEEN } from './weights.js';

/** Data arrives at an end that has closed: its kernel has nobody to give it to. */
function late(end: EndOfPath): Rule {
  return {
    class: end.class,
    subtype: 'data-after-close',
    originator: end.name,
    title: `the ${end.name} had closed, and reset the connection when more data came`,
    requires: [end.born, 'data-after-close'],
    excludes: ['answers-syn', 'after-earlier-reset', 'closed-by-both'],
    weights: {
      ...OWN_HOST,
      [end.born]: ORIGIN_SEEN,
      'data-after-close': 13,
      'declares-late-data': 6,
      'form-passive': FORM_FITS,
      'trigger-never-crossed': -20,
    },
    impact: 'harmful',
    advice: [
      `let the other end stop sending when the ${end.name} closes, or the ${end.name} close only when nothing is to come`,
    ],
  };
}

/**
 * The backend closes its idle connections, and a request that was on its way then finds the door shut: neither end did
 * anything wrong, but the backend's patience is shorter than that of whoever keeps the connection.
 */
function race(end: EndOfPath): Rule {
  const base = late(end);
  return {
    ...base,
    subtype: 'idle-close-race',
    title: `the ${end.name} closed the idle connection while a request was on its way to it`,
    requires: [...base.requires, 'close-crossed'],
    weights: { ...base.weights, 'close-crossed': 4 },
    advice: [
      `let the ${end.name} keep idle connections longer than the load balancer and the other end do`,
      'let the other end repeat a request on a new connection when a kept one closes without an answer',
    ],
  };
}

/** The accept queue is full, and the kernel was told to reset what it has no room for. */
const overflow: Rule = {
  class: BACKEND.class,
  subtype: 'listen-overflow',
  originator: BACKEND.name,
  title: 'the backend had answered the SYN, but had no room for the connection when the handshake was done',
  requires: [BACKEND.born, 'answers-final-ack', 'form-passive'],
  excludes: ['trigger-never-crossed', 'proxy-leg', 'after-earlier-reset'],
  weights: {
    ...OWN_HOST,
    [BACKEND.born]: ORIGIN_SEEN,
    'answers-final-ack': 8,
    'form-passive': FORM_FITS,
  },
  impact: 'harmful',
  advice: [
    'let the service accept faster or raise its backlog (listen() and net.core.somaxconn); net.ipv4.tcp_abort_on_overflow is on',
  ],
};

/** A bare reply has no mark of its sender but its TTL: without that to compare, any box nearby could have sent it. */
const UNRECOGNISED = -8;

/** A segment of a live connection arrives at a host that knows nothing of it: restarted, or not the one that had it. */
function stranger(end: EndOfPath): Rule {
  return {
    class: end.class,
    subtype: 'no-socket',
    originator: end.name,
    title: `the ${end.name} no longer knew the connection: it was restarted, or another host got its packets`,
    requires: [end.born, 'answers-segment', 'form-passive'],
    excludes: [
      'answers-syn',
      'sender-closed-before',
      'after-earlier-reset',
      'handshake-incomplete',
      'answers-final-ack',
    ],
    weights: {
      ...OWN_HOST,
      ...CLAIMED_NO_SOCKET,
      'form-filter-reject': -10,
      [end.born]: ORIGIN_SEEN,
      'answers-segment': ANSWER_FITS + 3,
      'form-passive': FORM_FITS,
      'trigger-crossed': 3,
      // A RST that was seen to leave answers something that came, whether or not the capture has it.
      'trigger-never-crossed': -12,
    },
    unless: { 'sender-recognised': UNRECOGNISED },
    impact: 'harmful',
    advice: [
      `find out what happened to the ${end.name} since the last packet: restart, failover, another host behind the same address`,
    ],
  };
}

/** A client that gives up before or right after the handshake. */
const abandoned: Rule = {
  class: CLIENT.class,
  subtype: 'handshake-abandoned',
  originator: CLIENT.name,
  title: 'the client broke the handshake off',
  requires: [CLIENT.born, 'handshake-incomplete'],
  excludes: ['unanswered-probes', 'answers-old-connection'],
  weights: { ...OWN_HOST, [CLIENT.born]: ORIGIN_SEEN, 'handshake-incomplete': 8 },
  impact: 'unknown',
  advice: [
    'usually a port scan, or a client that tried several addresses at once; look only if users complain',
  ],
};

/** A client's SYN met a socket that an earlier connection had left half open, and its RST clears the way. */
const cleanup: Rule = {
  class: CLIENT.class,
  subtype: 'half-open-cleanup',
  originator: CLIENT.name,
  title:
    'the client cleared away an earlier connection of the same port that the backend still had half open',
  requires: [CLIENT.born, 'answers-old-connection'],
  excludes: [],
  weights: {
    ...OWN_HOST,
    [CLIENT.born]: ORIGIN_SEEN,
    'answers-old-connection': 15,
    'form-passive': FORM_FITS,
  },
  impact: 'harmless',
  advice: [
    'harmless where the next SYN succeeds; look for what ended the earlier connection without telling the backend',
  ],
};

/** A reset after both ends had closed ends nothing. */
function afterClose(end: EndOfPath): Rule {
  return {
    class: end.class,
    subtype: 'after-close',
    originator: end.name,
    title: `the ${end.name} reset a connection that both ends had already closed`,
    requires: [end.born, 'closed-by-both'],
    excludes: ['answers-syn'],
    weights: { ...OWN_HOST, [end.born]: ORIGIN_SEEN, 'closed-by-both': 10 },
    impact: 'harmless',
    advice: ['nothing was lost; no action is needed'],
  };
}

/** An end that closed first waits for the other's close for a time only, and then knows the connection no more. */
function forgotten(end: EndOfPath): Rule {
  return {
    class: end.class,
    subtype: 'after-close',
    originator: end.name,
    title: `the ${end.name} had closed, waited, and forgotten the connection when the other end still spoke or closed at last`,
    requires: [end.born, 'answers-segment', 'form-passive', 'sender-closed-before'],
    excludes: ['answers-syn', 'closed-by-both', 'data-after-close', 'after-earlier-reset'],
    weights: {
      ...OWN_HOST,
      ...CLAIMED_NO_SOCKET,
      [end.born]: ORIGIN_SEEN,
      'answers-segment': ANSWER_FITS,
      'form-passive': FORM_FITS,
      'sender-closed-before': 6,
      'trigger-never-crossed': -12,
    },
    unless: { 'sender-recognised': UNRECOGNISED },
    impact: 'harmless',
    advice: [
      `nothing was lost; let the other end close when the ${end.name} does (Linux forgets after net.ipv4.tcp_fin_timeout)`,
    ],
  };
}

export const replies: readonly Rule[] = [
  ...[CLIENT, BACKEND].flatMap((end) => [late(end), stranger(end), afterClose(end), forgotten(end)]),
  race(BACKEND),
  overflow,
  abandoned,
  cleanup,
];
