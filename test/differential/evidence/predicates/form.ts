import { ACK, RST, SYN } from '../../../support/tshark-packets.js';
import { first } from '../check.js';
import {
  ahead,
  at,
  endOf,
  furthest,
  has,
  near,
  numbersIn,
  type Predicate,
  packetsAt,
  type Said,
  type Sighting,
  senderOf,
  vantageOf,
} from '../said.js';

/** Bytes of a TCP header without options (RFC 9293, 3.1). */
const PLAIN_HEADER = 20;

function form(...conditions: ((reset: Sighting, said: Said) => [boolean, string])[]): Predicate {
  return (said) => {
    if (said.cited.length !== 1) return 'cites not just one packet';
    const reset = near(said.cited[0], said);
    return first([has(reset, RST), 'cites no RST'], ...conditions.map((condition) => condition(reset, said)));
  };
}

const isBare = (reset: Sighting): [boolean, string] => [
  reset.window === 0 && reset.headerLength === PLAIN_HEADER && reset.length === 0,
  `window ${reset.window}, header of ${reset.headerLength} bytes, ${reset.length} bytes of data`,
];

/** What the other side had reached before a RST, at the vantage where that was seen. */
function reachedByPeer(reset: Sighting, said: Said): number | null {
  const before = packetsAt(reset.recording.vantage, said).filter(
    (one) => one.frame < reset.frame && senderOf(one, said) !== senderOf(reset, said) && !has(one, RST),
  );
  return furthest(before.map(endOf));
}

const active = form(
  (reset) => [has(reset, ACK) && reset.seq !== 0, 'no ACK'],
  (reset) => [reset.length === 0, 'the RST has data'],
  (reset, said) => [
    reset.ack === reachedByPeer(reset, said),
    `acknowledges ${reset.ack}, the other side had reached ${reachedByPeer(reset, said)}`,
  ],
);

const passive = form(
  (reset) => [!has(reset, ACK) && reset.ack === 0, 'ACK, or an acknowledgement number'],
  isBare,
);

const refusal = form((reset) => [has(reset, ACK) && reset.seq === 0, `number ${reset.seq}`], isBare);

/** A RST that its alleged sender did not send, with the timestamp of a segment of either end. */
const copied: Predicate = (said) => {
  if (said.cited.length !== 1) return 'cites not just one packet';
  const reset = near(said.cited[0], said);
  const sender = vantageOf(senderOf(reset, said));
  const seen = (['client', 'server'] as const).map((vantage) => packetsAt(vantage, said));
  const [stamp] = numbersIn(said.text);
  return first(
    [has(reset, RST), 'cites no RST'],
    [reset.timestamp !== null && reset.timestamp === stamp, `the timestamp is ${reset.timestamp}`],
    [at(said.cited[0], sender) === null, `was seen near the ${senderOf(reset, said)}`],
    [seen.every((packets) => packets.length > 0), 'the connection is in one capture only'],
    said.text.includes('toward the other end')
      ? [
          seen.every((packets) => packets.some((one) => has(one, RST) && one.timestamp !== null)),
          'not both ends got a RST with a timestamp',
        ]
      : [
          seen.flat().some((one) => !has(one, RST) && one.timestamp === stamp),
          'no segment of either end has that timestamp',
        ],
  );
};

/** The number that the RST's sender had reached, told by the sighting nearest to it. */
const exact: Predicate = (said) => {
  const reset = near(said.cited[0] ?? { client: null, server: null }, said);
  const own = packetsAt(reset.recording.vantage, said).filter(
    (one) => one.frame < reset.frame && senderOf(one, said) === senderOf(reset, said) && !has(one, RST),
  );
  const next = furthest(own.map(endOf));
  const acked = furthest(
    packetsAt(reset.recording.vantage, said)
      .filter(
        (one) => one.frame < reset.frame && senderOf(one, said) !== senderOf(reset, said) && has(one, ACK),
      )
      .map(({ ack }) => ack),
  );
  if (next === null && acked === null) return 'nothing to compare with';
  const offs = [next, acked].filter((one) => one !== null).map((one) => ahead(reset.seq, one));
  if (said.text.startsWith('exactly'))
    return first([offs.includes(0), `the number is off by ${offs.join(' or ')}`]);
  const [off] = numbersIn(said.text);
  const sign = said.text.includes('above') ? 1 : -1;
  return first([offs.includes(sign * off), `the number is off by ${offs.join(' or ')}`]);
};

const handshakeIncomplete: Predicate = (said) => {
  const seen = said.resets[0] === undefined ? [] : packetsAt(said.resets[0].recording.vantage, said);
  const answered = seen.some((one) => has(one, SYN | ACK));
  const plain = seen.filter(
    (one) => senderOf(one, said) === 'client' && !has(one, SYN) && !has(one, RST) && has(one, ACK),
  );
  return first(
    [said.text !== 'the SYN was never answered' || !answered, 'a SYN-ACK was seen'],
    [
      said.text !== 'the handshake was not finished' || (answered && plain.length === 0),
      'the handshake was finished',
    ],
    [
      said.cited.length > 0 && said.cited.every((one) => has(near(one, said), SYN)),
      'does not cite the handshake as far as it came',
    ],
  );
};

export const shape: Readonly<Record<string, Predicate>> = {
  'form-copied': copied,
  'form-active': active,
  'form-passive': passive,
  'form-refusal': refusal,
  'sequence-exact': exact,
  'handshake-incomplete': handshakeIncomplete,
};
