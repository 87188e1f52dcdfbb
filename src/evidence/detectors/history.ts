import type { Crossing } from '../crossings.js';
import { type Fact, fact, nameOf } from '../fact.js';
import { beganTooLate, isProbe, type Scene, trustInLoss } from '../scene.js';
import { crossed } from '../timeline.js';
import { idleGap, LEAST_IDLE } from './idle.js';

/** Lost segments that make a dead path rather than one lost packet. */
const LEAST_LOST = 2;

/** What each kind of crossing is worth. */
const ALIVE = {
  meanwhile: { text: 'other connections of the same hosts got across meanwhile: the path was up', trust: 1 },
  'of-others': {
    text: 'connections of other hosts got across meanwhile: the path was up for them',
    trust: 0.7,
  },
  later: { text: 'connections of the same hosts got across later: the path was up by then', trust: 0.3 },
} as const;

/** What had happened to the connection before this event. */
export function history(scene: Scene): Fact[] {
  return [unseen(scene), earlierReset(scene), ...vanished(scene), unanswered(scene), untranslated(scene)];
}

/** What the RST's sender had done before may have been seen by nobody: it need not have arrived anywhere else. */
function unseen(scene: Scene): Fact {
  const state = beganTooLate(scene);
  const text = () =>
    state
      ? `the capture near the ${nameOf(scene.sender)} shows nothing of this connection before its RST`
      : 'the capture near the RST shows what came before it';
  return fact('history-unseen', state, text, [scene.reset]);
}

/** An earlier reset that reached this RST's sender had already ended its side of the connection. */
function earlierReset(scene: Scene): Fact {
  const reached = scene.earlier.find((event) => event.packets.some((packet) => packet.from !== scene.sender));
  const who = nameOf(scene.sender);
  const text = () =>
    reached
      ? `an earlier reset had already ended the ${who}'s side`
      : `no earlier reset had reached the ${who}`;
  return fact('after-earlier-reset', reached !== undefined, text, [reached?.packets[0]]);
}

/** Segments of the RST's sender that left it and never arrived, after an idle time. */
function vanished(scene: Scene): Fact[] {
  const from = scene.before.indexOf(scene.stoppedAt);
  const after = from < 0 ? [] : scene.before.slice(from).filter((packet) => packet.from === scene.sender);
  const data = after.filter(
    (packet) => !isProbe(packet, scene.before.slice(0, scene.before.indexOf(packet))),
  );
  const trust = trustInLoss(data, scene);
  const state = data.length >= LEAST_LOST && trust > 0 && (idleGap(scene) ?? 0) >= LEAST_IDLE;
  const who = nameOf(scene.sender);
  const text = () =>
    state
      ? `${data.length} segments of the ${who} left it after the idle time and never arrived`
      : `nothing of the ${who} had vanished after an idle time`;
  const since = data[0] ?? scene.stoppedAt;
  return [
    fact('vanished-before', state, text, data.slice(0, 4), state ? trust : 1),
    pathAlive(scene.crowd.crossedAround(since.time, scene.reset.time)),
  ];
}

/** Whether the path was up while packets vanished, by what of other connections got across. */
export function pathAlive(crossing: Crossing): Fact {
  if (crossing === null)
    return fact('path-alive', null, 'no other connection of the same hosts shows that the path was up');
  return fact('path-alive', true, ALIVE[crossing].text, [], ALIVE[crossing].trust);
}

/**
 * The RST's sender had repeated its data in vain, and nothing shows that any of it arrived: whether the peer, the path
 * or the balancer was dead does not show, and the RST only ends what had ended already.
 */
function unanswered(scene: Scene): Fact {
  const lastAnswer = scene.before.findLastIndex((packet) => packet.from !== scene.sender);
  const waiting = scene.before.slice(lastAnswer + 1).filter((packet) => packet.length > 1);
  const repeated = waiting.length - new Set(waiting.map(({ seq }) => seq)).size;
  const state = repeated > 0 && !waiting.some(crossed);
  const text = () =>
    `the ${nameOf(scene.sender)} had repeated data ${repeated} time${repeated === 1 ? '' : 's'} without any answer`;
  return fact('sender-unanswered', state, text, waiting.slice(0, 4));
}

/** The other end's segment arrived without its translation: the balancer had forgotten the connection. */
function untranslated(scene: Scene): Fact {
  const trigger = [scene.trigger, scene.reset].find((packet) => packet?.client?.tuple !== undefined) ?? null;
  const text = trigger
    ? "the backend's segment reached the client under the backend's own address: the translation was gone"
    : 'no segment arrived without its translation';
  return fact('trigger-untranslated', trigger !== null, text, [trigger, scene.reset]);
}
