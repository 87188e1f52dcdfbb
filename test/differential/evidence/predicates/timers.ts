import { RST } from '../../../support/tshark-packets.js';
import { first } from '../check.js';
import {
  connectionOf,
  connectionsAt,
  durationsIn,
  has,
  near,
  numbersIn,
  type Predicate,
  slackOf,
  timeAt,
} from '../said.js';
import { citesReset } from './around.js';
import { idleBeforeReset } from './silences.js';

const SECOND = 1e9;
/** Two neighbouring twentieths of a second on each side are one moment, in nanoseconds. */
const MOMENT = 0.1 * SECOND;
/** Idle times of one timer differ by this share at most. */
const SHARE = 0.05;

/** So many others were reset in that moment, at either vantage, after the idle time that is told. */
const inStep: Predicate = (said) => {
  const reset = near(said.cited[0], said);
  const [count] = numbersIn(said.text);
  const [gap] = durationsIn(said.text);
  const own = connectionOf(reset)[0];
  const others = (['client', 'server'] as const)
    .flatMap((vantage) => connectionsAt(vantage, said))
    .filter(([one]) => one.frame !== own.frame || one.recording !== own.recording)
    .filter((connection) => {
      const idle = idleBeforeReset(connection);
      const ended = connection.find((one) => has(one, RST));
      const within = MOMENT + slackOf(said);
      return (
        idle !== null &&
        ended !== undefined &&
        Math.abs(timeAt(ended, said) - timeAt(reset, said)) <= within &&
        Math.abs(idle - gap.value) <= SHARE * gap.value + gap.half + slackOf(said)
      );
    });
  return first(citesReset(said), [
    count >= 1 && count <= others.length,
    `${others.length} others ended then after that idle time`,
  ]);
};

export const timers: Readonly<Record<string, Predicate>> = {
  'idle-in-step': inStep,
};
