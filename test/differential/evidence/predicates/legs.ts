import { FIN, RST, SYN } from '../../../support/tshark-packets.js';
import { first } from '../check.js';
import {
  connectionOf,
  connectionsAt,
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
  type Vantage,
} from '../said.js';
import { citesReset, resetOf } from './around.js';
import { isOfOpener } from './crowd.js';

/** A proxy passes the end of one leg on to the other within this, in nanoseconds. */
const PASSED_ON = 5e6;
/** Of an orderly close only the end may be known, so much later at most. */
const CLOSES_WITHIN = 50e6;
/** A proxy that closes one leg closes the other one within this. */
const CLOSED_TOGETHER = 1e9;

/** Who closed a leg, as a text has it. */
type ClosedBy = 'by their ends' | 'by the load balancer';

/** How a connection of the other vantage was ended first. */
interface Ended {
  readonly first: Sighting;
  readonly last: Sighting;
  /** Null where the capture does not show who had called. */
  readonly by: ClosedBy | null;
}

const isSameFrame = (one: Sighting, other: Sighting) =>
  one.frame === other.frame && one.recording === other.recording;

const isClose = (packet: Sighting) => has(packet, FIN) || has(packet, RST);

function otherVantage(said: Said): Vantage {
  return resetOf(said).recording.vantage === 'client' ? 'server' : 'client';
}

/** How a leg was ended; null for one that was not, and for a call that was refused. */
function endOfLeg(leg: readonly Sighting[]): Ended | null {
  const closes = leg.find(isClose);
  if (closes === undefined) return null;
  const called = isOfOpener(closes, leg);
  const isRefusal =
    has(closes, RST) && called === false && !leg.some((one) => one.length > 0) && leg.length <= 2;
  if (isRefusal) return null;
  const byCaller = closes.recording.vantage === 'client' ? 'by their ends' : 'by the load balancer';
  const byCalled = closes.recording.vantage === 'client' ? 'by the load balancer' : 'by their ends';
  const last = leg.at(-1) as Sighting;
  return { first: closes, last, by: called === null ? null : called ? byCaller : byCalled };
}

/** From the SYN of a leg at the client's vantage to its answer: so long a close is on its way to the proxy. */
function tripOf(leg: readonly Sighting[], said: Said): number {
  const [syn, answer] = leg.filter((one) => has(one, SYN));
  const isSeen = syn?.recording.vantage === 'client' && answer !== undefined && !isFromSame(syn, answer);
  return isSeen ? timeAt(answer, said) - timeAt(syn, said) : 0;
}

/** A proxy calls the backend for a client that has called it; what was joined midway may have begun at any time. */
function couldBelong(leg: readonly Sighting[], own: readonly Sighting[], said: Said): boolean {
  const [caller, called] = own[0].recording.vantage === 'client' ? [own, leg] : [leg, own];
  const isJoined = ![own, leg].every((one) => has(one[0], SYN));
  return isJoined || timeAt(caller[0], said) <= timeAt(called[0], said) + slackOf(said);
}

/** Within a slack of a moment; of an orderly close the end of it may be all that is known, some round trips later. */
function endedThen({ first: began, last }: Ended, moment: number, slack: number, said: Said): boolean {
  const [from, to] = [began, last].map((one) => timeAt(one, said) - moment);
  const isOrderly = !connectionOf(began).some((one) => has(one, RST));
  return Math.abs(from) <= slack || (isOrderly && to >= -slack && to <= slack + CLOSES_WITHIN);
}

/** Of the connections at the other vantage that ended just then so many were closed as is told, the others otherwise. */
function closedThen(by: ClosedBy, ...flags: number[]): Predicate {
  return (said) => {
    const reset = resetOf(said);
    const own = connectionOf(reset);
    const closed = own.find((one) => has(one, FIN) && isFromSame(one, reset) && one.frame < reset.frame);
    const moment = timeAt(closed ?? reset, said);
    const ended = connectionsAt(otherVantage(said), said).flatMap((leg) => {
      const end = couldBelong(leg, own, said) ? endOfLeg(leg) : null;
      if (end === null) return [];
      const slack = slackOf(said) + PASSED_ON + Math.max(tripOf(own, said), tripOf(leg, said));
      return endedThen(end, moment, slack, said) ? [end] : [];
    });
    const alike = ended.filter(
      (one) => one.by === null || (one.by === by && flags.some((flag) => has(one.first, flag))),
    );
    const shown = said.cited
      .map((cited) => near(cited, said))
      .filter((one) => !said.resets.some((own) => isSameFrame(own, one)));
    const [all, count] = said.text.startsWith('the only') ? [1, 1] : numbersIn(said.text);
    return first(
      [shown.length === said.cited.length - 1 && shown.length <= 1, 'cites not just a close and the RST'],
      [shown.every((one) => alike.some((end) => isSameFrame(end.first, one))), 'the close is none of those'],
      [count >= 1 && count <= alike.length, `${alike.length} were closed so`],
      [count <= all && all <= ended.length, `${ended.length} ended just then`],
    );
  };
}

/** The SYN of whoever reset the connection, and the RST; a client that was connected then is another connection's. */
const ownErrand: Predicate = (said) => {
  const [syn, reset] = said.cited.map((cited) => near(cited, said));
  if (syn === undefined || reset === undefined) return 'cites not the SYN and the RST';
  const own = connectionOf(reset);
  return first(
    [syn.recording.vantage === 'server' && syn.frame === own[0].frame, "not the connection's first packet"],
    [has(syn, SYN) && isFromSame(syn, reset) && has(reset, RST), 'opened by another host than reset it'],
  );
};

/** The proxy had said nothing on the client's leg; whatever it called for anybody at the time was called for others. */
const nothingForwarded: Predicate = (said) => {
  const reset = resetOf(said);
  const own = connectionOf(reset);
  const [began, ended] = [timeAt(own[0], said), timeAt(reset, said)];
  const words = own.filter((one) => isFromSame(one, reset) && one.length > 0);
  const isThen = (leg: readonly Sighting[], from: number, to: number) =>
    timeAt(leg[0], said) >= from && timeAt(leg.at(-1) as Sighting, said) >= to;
  const calls = connectionsAt('server', said).filter((leg) =>
    isThen(leg, began - slackOf(said), ended - CLOSED_TOGETHER),
  );
  const served = connectionsAt('client', said).filter((leg) =>
    leg.some((one) => one.length > 0 && isOfOpener(one, leg) !== true),
  );
  return first(
    citesReset(said),
    [
      senderOf(reset, said) === 'backend' && reset.recording.vantage === 'client',
      "not the proxy's to a client",
    ],
    [words.length === 0, `the proxy had said ${words.length} things`],
    [calls.length <= served.length, `${calls.length} calls of a backend, ${served.length} for other clients`],
  );
};

export const legs: Readonly<Record<string, Predicate>> = {
  'end-reset-nearby': closedThen('by their ends', RST),
  'end-closed-nearby': closedThen('by their ends', FIN),
  'proxy-closed-nearby': closedThen('by the load balancer', RST, FIN),
  'own-errand': ownErrand,
  'nothing-forwarded': nothingForwarded,
};
