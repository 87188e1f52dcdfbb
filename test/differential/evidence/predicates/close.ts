import { ACK, FIN, RST, SYN } from '../../../support/tshark-packets.js';
import { first } from '../check.js';
import {
  ahead,
  type Cited,
  connectionOf,
  connectionsAt,
  endOf,
  has,
  isFromSame,
  names,
  near,
  numbersIn,
  type Predicate,
  packetsAt,
  type Said,
  type Sighting,
  senderOf,
  slackOf,
  timeAt,
  timeOf,
} from '../said.js';

/** The finding's first RST, and whom it came from. */
function resetOf(said: Said): { reset: Sighting; side: 'client' | 'backend' } {
  const [reset] = [...said.resets].sort((a, b) => timeAt(a, said) - timeAt(b, said));
  return { reset, side: senderOf(reset, said) };
}

function sidesIn(text: string): string[] {
  return [...text.matchAll(/\b(client|backend)\b/g)].map(([word]) => word);
}

/** The one packet that a line cites, of the side that its text names first, before the RST. */
function one(
  said: Said,
  ...conditions: ((packet: Sighting, cited: Cited) => readonly [boolean, string])[]
): string | undefined {
  if (said.cited.length !== 1) return 'cites not just one packet';
  const packet = near(said.cited[0], said);
  const { reset } = resetOf(said);
  return first(
    [timeOf(said.cited[0], said) <= timeAt(reset, said) + slackOf(said), 'came after the RST'],
    ...conditions.map((condition) => condition(packet, said.cited[0])),
  );
}

const closedBefore: Predicate = (said) =>
  one(
    said,
    (packet) => [has(packet, FIN), 'no FIN'],
    (packet) => [sidesIn(said.text)[0] === senderOf(packet, said), `a FIN of the ${senderOf(packet, said)}`],
  );

/** The last data of either side, and the FIN. */
const closedAfterIdle: Predicate = (said) => {
  if (said.cited.length !== 2) return 'cites not data and a FIN';
  const [data, fin] = said.cited.map((cited) => near(cited, said));
  const [from, to] = said.cited.map((cited) => timeOf(cited, said));
  const between = connectionOf(fin).filter(
    (packet) => packet.length > 1 && packet.frame < fin.frame && timeAt(packet, said) > from + slackOf(said),
  );
  return first(
    [has(fin, FIN) && sidesIn(said.text)[0] === senderOf(fin, said), 'no FIN of that side'],
    [data.length > 1 && between.length === 0, 'not the last data before it'],
    [names(said.text, to - from, slackOf(said)), `${(to - from) / 1e9} s lie between`],
  );
};

/** So long after its last data a host closes by one timer, in nanoseconds, and this share of it. */
const STEP_SLACK = 50e6;
const STEP_SHARE = 0.02;

/** From the last data of a side of a connection to its FIN; null for one that closed otherwise. */
function quietBeforeFin(connection: readonly Sighting[], host: string): number | null {
  const fin = connection.find((one) => has(one, FIN) && one.src === host);
  if (fin === undefined) return null;
  const data = connection.findLast((one) => one.frame < fin.frame && isFromSame(one, fin) && one.length > 0);
  return data === undefined ? null : Number(fin.time - data.time);
}

/** The last data and the FIN, and others of the same host that closed as long after theirs. */
const closedInStep: Predicate = (said) => {
  if (said.cited.length !== 2) return 'cites not data and a FIN';
  const [data, fin] = said.cited.map((cited) => near(cited, said));
  const own = connectionOf(fin);
  const last = own.findLast((one) => one.length > 1 && one.frame < fin.frame);
  const quiet = quietBeforeFin(own, fin.src) ?? Number(fin.time - data.time);
  const slack = Math.max(STEP_SLACK, STEP_SHARE * quiet);
  const alike = connectionsAt(fin.recording.vantage, said)
    .filter(([{ frame, recording }]) => frame !== own[0].frame || recording !== fin.recording)
    .map((connection) => quietBeforeFin(connection, fin.src))
    .filter((other) => other !== null && Math.abs(other - quiet) <= slack);
  const [count] = numbersIn(said.text);
  return first(
    [has(fin, FIN) && senderOf(fin, said) === resetOf(said).side, "no FIN of the RST's sender"],
    [data.frame === last?.frame, 'not the last data before it'],
    [count >= 3 && count <= alike.length, `${alike.length} other closes of ${fin.src} after that time`],
  );
};

const closedByBoth: Predicate = (said) => {
  if (said.cited.length !== 2) return 'cites not two FINs';
  const fins = said.cited.map((cited) => near(cited, said));
  const acked = fins.every((fin) =>
    connectionOf(fin).some(
      (other) => !isFromSame(other, fin) && has(other, ACK) && ahead(other.ack, endOf(fin)) >= 0,
    ),
  );
  return first(
    [fins.every((fin) => has(fin, FIN)), 'no FIN'],
    [senderOf(fins[0], said) !== senderOf(fins[1], said), 'both FINs are of one side'],
    [acked, 'a FIN is not acknowledged'],
  );
};

/** A FIN of the RST's sender, then data of the other side. */
function finAndData(
  said: Said,
  ...conditions: ((fin: Sighting, data: Sighting) => readonly [boolean, string])[]
): string | undefined {
  if (said.cited.length !== 2) return 'cites not a FIN and data';
  const [fin, data] = said.cited.map((cited) => near(cited, said));
  const { side } = resetOf(said);
  return first(
    [has(fin, FIN) && senderOf(fin, said) === side, 'no FIN of the sender of the RST'],
    [data.length > 0 && senderOf(data, said) !== side, 'no data of the other side'],
    [numbersIn(said.text)[0] === data.length, `${data.length} bytes`],
    ...conditions.map((condition) => condition(fin, data)),
  );
}

const dataAfterClose: Predicate = (said) =>
  finAndData(said, () => {
    const [fin, data] = said.cited.map((cited) => timeOf(cited, said));
    return [data > fin - slackOf(said), 'the data came before the FIN'];
  });

const closeCrossed: Predicate = (said) =>
  finAndData(
    said,
    (fin, data) => [fin.length > 0 || position(data, fin), 'the data acknowledges the FIN'],
    (_, data) => {
      const quiet = connectionOf(data)
        .filter((packet) => packet.length > 1 && packet.frame < data.frame && packet.seq !== data.seq)
        .map((packet) => timeAt(data, said) - timeAt(packet, said));
      return [
        quiet.some((silence) => names(said.text, silence, slackOf(said))),
        `${Math.min(...quiet) / 1e9} s without data`,
      ];
    },
  );

/** The data acknowledges all up to the FIN and not the FIN, at a vantage that shows both. */
function position(data: Sighting, fin: Sighting): boolean {
  const there = connectionOf(data).find((packet) => has(packet, FIN) && !isFromSame(packet, data));
  return data.ack === (there ?? fin).seq;
}

const unreadData: Predicate = (said) =>
  one(
    said,
    (packet) => [numbersIn(said.text)[0] === packet.length, `${packet.length} bytes`],
    (packet) => [senderOf(packet, said) !== resetOf(said).side, 'is of the sender of the RST'],
    () => [sidesIn(said.text)[0] === resetOf(said).side, 'names the other side'],
    (_, cited) => {
      const acked = [cited.client, cited.server].some(
        (seen) =>
          seen !== null &&
          connectionOf(seen).some(
            (other) => !isFromSame(other, seen) && has(other, ACK) && ahead(other.ack, endOf(seen)) >= 0,
          ),
      );
      return [!said.text.includes('acknowledged') || acked, 'is not acknowledged'];
    },
  );

const outstanding: Predicate = (said) =>
  one(
    said,
    (packet) => [packet.length > 1, 'no data'],
    (packet) => [
      (senderOf(packet, said) === 'client') === said.text.includes('an answer was owed'),
      'is of the other side',
    ],
    (packet) => [
      !said.text.includes('bytes') || numbersIn(said.text)[0] === packet.length,
      `${packet.length} bytes`,
    ],
  );

/** Nothing is cited: that a side sent no data, all of its packets show. */
const sentNoData: Predicate = (said) => {
  const { reset, side } = resetOf(said);
  const own = packetsAt(reset.recording.vantage, said).filter(
    (packet) => senderOf(packet, said) === side && !has(packet, RST),
  );
  const sent = own.reduce((sum, { length }) => sum + length, 0);
  const header = said.finding.path.mode === 'proxy' && side === 'client';
  return first(
    [said.cited.length === 0, 'cites packets for what is not there'],
    [said.text.includes('not sent') === (sent === 0 || header), `${sent} bytes`],
  );
};

/** The SYN, where it is kept, and the RST. */
const opened: Predicate = (said) => {
  const { reset, side } = resetOf(said);
  const byOpener = said.text.startsWith('whoever opened');
  const syns = said.cited.map((cited) => near(cited, said)).filter((packet) => has(packet, SYN));
  return first(
    [said.cited.length - syns.length === 1, 'cites other packets than a SYN and the RST'],
    [
      syns.every((syn) => (senderOf(syn, said) === senderOf(reset, said)) === byOpener),
      'the SYN is of the other side',
    ],
    [(side === 'client') === byOpener, `the RST is the ${side}'s`],
  );
};

const nothingSaid: Predicate = (said) => {
  const { reset } = resetOf(said);
  const data = packetsAt(reset.recording.vantage, said).filter(
    (packet) => packet.frame < reset.frame && !has(packet, RST) && (packet.length > 1 || has(packet, FIN)),
  );
  return first([said.text.startsWith('neither') === (data.length === 0), `${data.length} packets with data`]);
};

export const closing: Readonly<Record<string, Predicate>> = {
  'sender-closed-before': closedBefore,
  'peer-closed-before': closedBefore,
  'closed-after-idle': closedAfterIdle,
  'closed-in-step': closedInStep,
  'closed-by-both': closedByBoth,
  'data-after-close': dataAfterClose,
  'close-crossed': closeCrossed,
  'unread-data': unreadData,
  'request-outstanding': outstanding,
  'sender-sent-no-data': sentNoData,
  'sender-opened': opened,
  'nothing-said': nothingSaid,
};
