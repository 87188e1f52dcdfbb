import { ACK, FIN, RST, SYN } from '../../../support/tshark-packets.js';
import { first } from '../check.js';
import {
  at,
  connectionOf,
  connectionsAt,
  durationsIn,
  has,
  isFromSame,
  near,
  numbersIn,
  type Predicate,
  type Said,
  type Sighting,
  senderOf,
  slackOf,
  timeAt,
  vantageOf,
} from '../said.js';
import { citesReset, resetOf } from './around.js';
import { idleBeforeReset } from './silences.js';

const SECOND = 1e9;
/** A connection that was silent for less is in use. */
const IN_USE = 5 * SECOND;
const LEAST_MASS = 3;

/** All other connections at the vantage of a packet. */
function others(packet: Sighting, said: Said): Sighting[][] {
  const own = new Set(connectionOf(packet).map(({ frame }) => frame));
  return connectionsAt(packet.recording.vantage, said).filter(
    ([{ frame, recording }]) => recording !== packet.recording || !own.has(frame),
  );
}

/** Who opened a connection: the sender of its SYN, or whoever is not the service that others call. */
export function isOfOpener(packet: Sighting, connection: readonly Sighting[]): boolean | null {
  const syn = connection.find((one) => has(one, SYN));
  return syn === undefined ? null : isFromSame(syn, packet) !== has(syn, ACK);
}

/** RSTs of other connections, in use or of any, from one time to another, that can have been made where it was. */
function resetsLike(
  reset: Sighting,
  said: Said,
  [from, to]: readonly [number, number],
  inUse: boolean,
): number {
  const direction = isOfOpener(reset, connectionOf(reset));
  const ways = new Set(said.resets.map((one) => senderOf(one, said))).size;
  const cited = said.cited.at(-1) ?? { client: null, server: null };
  const madeBetween = ways === 1 && at(cited, vantageOf(senderOf(reset, said))) === null;
  return others(reset, said).filter((connection) => {
    const found = connection.filter(
      (one) => has(one, RST) && timeAt(one, said) >= from && timeAt(one, said) <= to,
    );
    const idle = idleBeforeReset(connection) ?? 0;
    return (
      (!inUse || idle < IN_USE + slackOf(said)) &&
      found.some((one) => {
        const own = isOfOpener(one, connection);
        const sameWay = ways > 1 || own === null || direction === null || own === direction;
        return sameWay && (!madeBetween || one.ttl === reset.ttl);
      })
    );
  }).length;
}

/** From so long before a packet to so long after it. */
function around(packet: Sighting, within: number, said: Said): [number, number] {
  const [time, slack] = [timeAt(packet, said), within + slackOf(said)];
  return [time - slack, time + slack];
}

const massReset: Predicate = (said) => {
  const [count] = numbersIn(said.text);
  const reset = near(said.cited[0], said);
  const most = resetsLike(reset, said, around(reset, SECOND, said), true);
  return first(citesReset(said), [
    count >= LEAST_MASS && count <= most,
    `${most} other connections were reset like this`,
  ]);
};

/** Heard this long before a moment and this long after it: came through. */
const AROUND = 1 * SECOND;

const othersLived: Predicate = (said) => {
  const [count] = numbersIn(said.text);
  const reset = near(said.cited[0], said);
  const moment = timeAt(reset, said);
  const through = (connection: readonly Sighting[], slack: number) => {
    const times = connection.map((one) => timeAt(one, said));
    return (
      !connection.some((one) => has(one, RST)) &&
      Math.min(...times) <= moment - AROUND + slack &&
      Math.max(...times) >= moment + AROUND - slack
    );
  };
  const most = connectionsAt('client', said).filter((one) => through(one, slackOf(said)));
  const there = new Set(
    connectionsAt('server', said)
      .filter((one) => through(one, -slackOf(said)))
      .flatMap((one) => one.filter((packet) => has(packet, SYN)).map(({ seq }) => seq)),
  );
  const least = most.filter((one) => one.some((packet) => has(packet, SYN) && there.has(packet.seq)));
  if (said.text.startsWith('no crowd'))
    return first(citesReset(said), [least.length < 2, `${least.length} others surely came through`]);
  return first(
    citesReset(said),
    [count >= 2 && count <= most.length, `${most.length} others came through`],
    [count >= least.length, `${least.length} others surely came through`],
  );
};

/** Two neighbouring twentieths of a second on each side are one moment for resets, in nanoseconds. */
const SWEEP = 0.1 * SECOND;

const endedTogether: Predicate = (said) => {
  const [count] = numbersIn(said.text);
  const reset = near(said.cited[0], said);
  const most = resetsLike(reset, said, around(reset, SWEEP, said), false);
  return first(citesReset(said), [
    count >= LEAST_MASS && count <= most,
    `${most} other connections were reset in that moment`,
  ]);
};

/** What got across last, the RST, and the crowd that was reset between them. */
const massResetSince: Predicate = (said) => {
  const [crossing, last] = said.cited;
  const reset = near(last, said);
  const [since] = durationsIn(said.text);
  const began = timeAt(reset, said) - since.value;
  const slack = since.half + slackOf(said);
  const crowd = resetsLike(reset, said, [began - slack, began + SECOND + slack], true);
  return first(
    [said.cited.length === 2 && has(reset, RST), 'does not cite the RST last'],
    [timeAt(near(crossing, said), said) <= began + slack, 'the crowd was reset before what it cites'],
    [crowd >= LEAST_MASS, `${crowd} other connections were reset then`],
  );
};

/** Two neighbouring hundredths of a second on each side are one moment, in nanoseconds. */
const MOMENT = 20e6;

/** A FIN, and others of the same host at that moment. */
const closedInBurst: Predicate = (said) => {
  if (said.cited.length !== 1) return 'cites not just a FIN';
  const fin = near(said.cited[0], said);
  const [count] = numbersIn(said.text);
  const closes = others(fin, said).filter((connection) =>
    connection.some(
      (one) =>
        has(one, FIN) && one.src === fin.src && Math.abs(timeAt(one, said) - timeAt(fin, said)) <= MOMENT,
    ),
  );
  return first(
    [has(fin, FIN) && senderOf(fin, said) === senderOf(resetOf(said), said), "no FIN of the RST's sender"],
    [count >= 3 && count <= closes.length, `${closes.length} other closes of ${fin.src}`],
  );
};

export const crowd: Readonly<Record<string, Predicate>> = {
  'mass-reset': massReset,
  'others-lived': othersLived,
  'ended-together': endedTogether,
  'mass-reset-since': massResetSince,
  'closed-in-burst': closedInBurst,
};
