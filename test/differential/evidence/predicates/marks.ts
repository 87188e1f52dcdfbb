import { ACK, RST, SYN, type TsharkPacket } from '../../../support/tshark-packets.js';
import { first } from '../check.js';
import {
  ahead,
  connectionOf,
  endOf,
  has,
  isFromSame,
  near,
  numbersIn,
  type Predicate,
  packetsAt,
  type Said,
  type Sighting,
  senderOf,
  slackOf,
  timeAt,
} from '../said.js';

/** The last packet that a line cites, at the sighting nearest to its sender: the RST. */
function resetOf(said: Said): Sighting | null {
  const cited = said.cited.at(-1);
  const reset = cited === undefined ? null : near(cited, said);
  return reset !== null && has(reset, RST) ? reset : null;
}

/** What the RST's alleged sender had sent at that vantage, RSTs left out. */
function ownOf(reset: Sighting, said: Said): Sighting[] {
  const all = packetsAt(reset.recording.vantage, said);
  return all.filter((one) => senderOf(one, said) === senderOf(reset, said) && !has(one, RST));
}

const most = (values: readonly number[], value: number) =>
  values.filter((one) => one === value).length * 2 >= values.length;

/** The same packet, recorded once more: the tool counts it once, and goes by the first record. */
function isRecordOf(one: Sighting, other: Sighting): boolean {
  const same = one.seq === other.seq && one.ack === other.ack && one.flags === other.flags;
  return same && one.length === other.length && one.ipId === other.ipId && one.timestamp === other.timestamp;
}

/** TTLs of the packets of one address on other connections, at one vantage. */
function ttlsElsewhere(reset: Sighting): Set<number> {
  const own = new Set(connectionOf(reset).map(({ frame }) => frame));
  const others = reset.recording.packets.filter(
    (one) => one.src === reset.src && !own.has(one.frame) && !has(one, RST),
  );
  return new Set(others.map((one) => one.ttl));
}

const asHost: Predicate = (said) => {
  const reset = resetOf(said);
  if (reset === null) return 'cites no RST';
  const ttls = ttlsElsewhere(reset);
  const unlike = said.text.includes('have TTL') || said.text.includes(', unlike');
  const told = said.text.startsWith('other') ? numbersIn(said.text) : [];
  return first(
    [ttls.size > 0, 'no other connection of that address'],
    [said.text.startsWith('other') || numbersIn(said.text)[0] === reset.ttl, `the RST has TTL ${reset.ttl}`],
    [unlike || ttls.has(reset.ttl), `others have ${[...ttls]}`],
    [told.every((one) => ttls.has(one)), `others have ${[...ttls]}`],
  );
};

const ttl: Predicate = (said) => {
  if (said.text.includes('other connections')) return asHost(said);
  const reset = resetOf(said);
  if (reset === null) return 'cites no RST';
  const own = ownOf(reset, said);
  const [its, ...others] = numbersIn(said.text);
  const ofSyn = said.text.includes("'s SYN");
  const all = own.filter((one) => has(one, SYN) === ofSyn);
  const kind = all.filter((one, i) => all.findIndex((other) => isRecordOf(other, one)) === i);
  const compared = kind.map((one) => one.ttl);
  const same = said.text.includes(', as ');
  const single = said.text.includes('the one other segment');
  const expected = same ? its : others[ofSyn || single ? 0 : 1];
  const told = single ? 1 : others[0];
  const every = ofSyn || said.text.includes(' all ');
  return first(
    [reset.ttl === its, `the RST has TTL ${reset.ttl}`],
    [
      ofSyn || (told >= kind.length && told <= all.length),
      `${compared.length} segments of its sender were seen`,
    ],
    [compared.length > 0, 'nothing to compare with'],
    [
      every ? compared.every((one) => one === expected) : most(compared, expected),
      `the others had TTL ${[...new Set(compared)]}`,
    ],
  );
};

/** Two cited packets of one sender, with one number each in the text: the RST's first. */
function continues(
  numberOf: (packet: TsharkPacket) => number | null,
  fits: (step: number, said: Said) => boolean,
): Predicate {
  return (said) => {
    const reset = resetOf(said);
    if (reset === null || said.cited.length !== 2) return 'cites not one packet and the RST';
    const cited = said.cited[0];
    const before =
      [cited.client, cited.server].find((one) => one?.recording === reset.recording) ?? near(cited, said);
    const [now, then] = numbersIn(said.text);
    const step = ahead(now, then);
    return first(
      [
        isFromSame(before, reset) && before.frame < reset.frame,
        'the packet before is not of the same sender',
      ],
      [numberOf(reset) === now, `the RST has ${numberOf(reset)}`],
      [numberOf(before) === then, `the packet before has ${numberOf(before)}`],
      [said.text.includes('does not continue') !== fits(step, said), `a step of ${step}`],
    );
  };
}

const LARGEST_STEP = 256;
const ipIdContinues = continues(
  ({ ipId }) => ipId,
  (step) => (step & 0xffff) >= 1 && (step & 0xffff) <= LARGEST_STEP,
);

/** A RST in the form of an abort, which a socket numbers like its other segments. */
const ipIdForeign: Predicate = (said) => {
  const reset = resetOf(said);
  if (reset === null) return 'cites no RST';
  const differs = said.text.includes('does not continue');
  return (
    ipIdContinues(said) ??
    first(
      [has(reset, ACK) && reset.seq !== 0, 'a RST in the form of an answer'],
      [differs, 'a number of its sender'],
    )
  );
};

/** Clocks of a tick a millisecond at most, and some slack (RFC 7323, 5.4). */
const TICK_SLACK = 1000;
const timestampContinues = continues(
  ({ timestamp }) => timestamp,
  (step, said) => {
    const [before, reset] = said.cited.map((one) => near(one, said).time);
    return step >= 0 && step <= Math.abs(Number(reset - before)) / 1e6 + TICK_SLACK;
  },
);

const timestampMissing: Predicate = (said) => {
  const reset = resetOf(said);
  if (reset === null || said.cited.length !== 2) return 'cites not one packet and the RST';
  const before = near(said.cited[0], said);
  return first(
    [reset.timestamp === null, 'the RST has timestamps'],
    [
      isFromSame(before, reset) && before.timestamp !== null,
      'the packet before has no timestamps of the same sender',
    ],
  );
};

const mirrors: Predicate = (said) => {
  const reset = resetOf(said);
  if (reset === null || said.cited.length !== 2) return 'cites not one packet and the RST';
  const before = near(said.cited[0], said);
  const [id] = numbersIn(said.text);
  return first(
    [reset.ipId === id && before.ipId === id && id !== 0, `IP IDs ${before.ipId} and ${reset.ipId}`],
    [before.frame !== reset.frame || before.recording !== reset.recording, 'cites the RST as its own model'],
    [
      !said.text.includes('copied') || said.text.endsWith(senderOf(before, said)),
      `the packet is of the ${senderOf(before, said)}`,
    ],
    [
      said.text.includes('copied') || senderOf(before, said) !== senderOf(reset, said),
      'the packet is of the same sender',
    ],
  );
};

/** The other side's last word has what the RST has: the IP ID, or in IPv6 the window. */
const turnedAround: Predicate = (said) => {
  if (!said.text.includes('window')) return mirrors(said);
  const reset = resetOf(said);
  if (reset === null || said.cited.length !== 2) return 'cites not one packet and the RST';
  const model = near(said.cited[0], said);
  const [told] = numbersIn(said.text);
  return first(
    [
      reset.window === told && model.window === told && told !== 0,
      `windows ${model.window} and ${reset.window}`,
    ],
    [senderOf(model, said) !== senderOf(reset, said), 'the packet is of the same sender'],
  );
};

/** How soon after a RST its sender's packets may still come although it sent the RST itself. */
const STILL_ON_ITS_WAY = 0.2e9;

const isSighting = (one: Sighting, other: Sighting) =>
  one.frame === other.frame && one.recording === other.recording;

const forgery: Predicate = (said) => {
  const packets = said.cited.map((one) => near(one, said));
  const resets = packets.filter((one) => has(one, RST));
  const reset = resets.find((one) => said.resets.some((other) => isSighting(one, other)));
  if (reset === undefined) return 'cites no RST of the finding';
  const own = packets.filter((one) => !has(one, RST) && senderOf(one, said) === senderOf(reset, said));
  const copied = packets.some((one) => one !== reset && one.ipId === reset.ipId && one.ipId !== 0);
  const unstamped = reset.timestamp === null && own.some(({ timestamp }) => timestamp !== null);
  const later = own.some((one) => timeAt(one, said) - timeAt(reset, said) > STILL_ON_ITS_WAY - slackOf(said));
  return first([copied || unstamped || later, 'no mark of a forgery']);
};

const recognised: Predicate = (said) => {
  const reset = said.cited.map((one) => near(one, said)).find((one) => has(one, RST));
  if (reset === undefined)
    return said.cited.length === 0 && said.text.startsWith('nothing') ? undefined : 'cites no RST';
  const own = ownOf(reset, said);
  const last = own.findLast(({ frame }) => frame < reset.frame);
  const alike = own.some((one) => one.ttl === reset.ttl);
  const counted = last?.ipId != null && reset.ipId !== null && reset.ipId > last.ipId;
  return first([alike || counted || reset.timestamp !== null, 'no mark of its sender']);
};

/** RSTs in one name, each with a number beyond all that was sent, or acknowledged, in that name before. */
const guessed: Predicate = (said) => {
  const resets = said.cited.map((one) => near(one, said));
  const [earliest] = resets;
  if (earliest === undefined) return 'cites no RST';
  const before = packetsAt(earliest.recording.vantage, said).filter(
    (one) => !has(one, RST) && one.frame <= Math.max(...resets.map(({ frame }) => frame)),
  );
  const known = before.map((one) => (isFromSame(one, earliest) ? endOf(one) : one.ack));
  return first(
    [resets.length > 1 && resets.every((one) => has(one, RST)), 'cites not several RSTs'],
    [resets.every((one) => isFromSame(one, earliest)), 'the RSTs are in different names'],
    [new Set(resets.map(({ seq }) => seq)).size === resets.length, 'two have one number'],
    [
      resets.every(({ seq }) => known.every((number) => ahead(seq, number) > 0)),
      'a number was reached before',
    ],
    [numbersIn(said.text)[0] === resets.length, `${resets.length} RSTs are cited`],
  );
};

export const marks: Readonly<Record<string, Predicate>> = {
  'numbers-guessed': guessed,
  'ttl-as-sender': ttl,
  'ttl-unlike-sender': ttl,
  'ip-id-continues': ipIdContinues,
  'ip-id-foreign': ipIdForeign,
  'ip-id-mirrors-trigger': mirrors,
  'ip-id-turned-around': turnedAround,
  'timestamp-continues': timestampContinues,
  'ttl-as-host': asHost,
  'timestamp-missing': timestampMissing,
  'forgery-marks': forgery,
  'sender-recognised': recognised,
};
