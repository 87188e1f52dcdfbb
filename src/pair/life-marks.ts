import type { Moment } from './life-moments.js';
import { isOver, isRefused, type Life } from './lives.js';

/** A moment that two legs have in common. */
export interface Mark {
  /** What is alike in all of one kind, and as `detail` more closely in some of them. */
  readonly kind: string;
  readonly detail?: string;
  /** Which moment of the server's leg it is, and how much later that was than the client's, in nanoseconds. */
  readonly moment: Moment;
  readonly later: number;
}

/** What two lives have in common: a moment, with the ways in which a proxy may bring it about, of which one is enough. */
export interface Common {
  /** Share of the connections on whose legs it happens together, before any are known. */
  readonly share: number;
  readonly ways: readonly Mark[];
}

/** A proxy opens, and as a rule carries on, one leg for the other; how it ends one need not be how and when it ends the other. */
const SEEN_TO = 0.8;
const ENDED_ALIKE = 0.5;

/** What two lives have in common if they are those of two legs of one connection. */
export function commonOf(client: Life, server: Life): Common[] {
  const [fellSilent, wentOn] = pauses(client, server);
  return [
    { share: SEEN_TO, ways: openings(client, server) },
    { share: SEEN_TO, ways: fellSilent },
    { share: SEEN_TO, ways: [...wentOn, ...lastWords(client, server)] },
    { share: ENDED_ALIKE, ways: endings(client, server) },
  ].filter(({ ways }) => ways.length > 0);
}

/** How the server's leg was opened after the client's, and after what its client first said: a proxy may wait for that. */
function openings(client: Life, server: Life): Mark[] {
  const { begin } = server;
  if (begin === null) return [];
  const after = (kind: string, time: number | null): Mark[] =>
    time === null ? [] : [{ kind, moment: 'begin', later: begin - time }];
  return [...after('opened', client.begin), ...after('opened when asked', client.asked)];
}

/** Beginning and end of the longest pause, where both had one; who ended it decides which way its end travelled. */
function pauses({ pause: here }: Life, { pause: there }: Life): [Mark[], Mark[]] {
  if (here === null || there === null) return [[], []];
  return [
    [{ kind: 'fell silent', moment: 'fell silent', later: there.begin - here.begin }],
    [{ kind: `went on by ${here.ender} ${there.ender}`, moment: 'went on', later: there.end - here.end }],
  ];
}

/** One leg ended when the other one's pause did: what a proxy ends by a RST there, it ends by FIN here. */
function lastWords(client: Life, server: Life): Mark[] {
  const marks: Mark[] = [];
  if (client.pause !== null && isOver(server))
    marks.push({
      kind: 'gone when the client went on',
      moment: 'end',
      later: server.end - client.pause.end,
    });
  if (server.pause !== null && isOver(client))
    marks.push({
      kind: 'gone when the server went on',
      moment: 'went on',
      later: server.pause.end - client.end,
    });
  return marks;
}

/** How the legs ended. */
function endings(client: Life, server: Life): Mark[] {
  const ended: Mark = {
    kind: 'ended',
    detail: `${client.ending} ${server.ending}`,
    moment: 'end',
    later: server.end - client.end,
  };
  if (!isRefused(server) || client.answered === null) return [ended];
  return [ended, { kind: 'apology', moment: 'end', later: server.end - client.answered }];
}
