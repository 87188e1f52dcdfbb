import { ACK, FIN, RST, SYN } from '../../../support/tshark-packets.js';
import { first } from '../check.js';
import {
  ahead,
  endOf,
  furthest,
  has,
  isFromSame,
  type Predicate,
  type Said,
  type Sighting,
  timeAt,
} from '../said.js';

type Ends = Pick<Sighting, 'src' | 'sport' | 'dst' | 'dport'>;

/** The ends that a text names: `address:port → address:port`. */
function endsIn(text: string): Ends | null {
  const found = /(\S+):(\d+) → (\S+):(\d+)/.exec(text);
  if (found === null) return null;
  const [, src, sport, dst, dport] = found;
  const bare = (address: string) => address.replace(/^\[|\]$/g, '');
  return { src: bare(src), sport: Number(sport), dst: bare(dst), dport: Number(dport) };
}

function hasEnds(packet: Ends, { src, sport, dst, dport }: Ends): boolean {
  return packet.src === src && packet.sport === sport && packet.dst === dst && packet.dport === dport;
}

/** The ends of the finding's own connection, as a SYN has them at one vantage. */
function ownEnds(vantage: 'client' | 'server', { finding: { path } }: Said): Ends | null {
  const [from, to] = vantage === 'client' ? [path.client, path.frontend] : [path.lbPeer, path.backend];
  if (from === null || to === null) return null;
  return { src: from.ip, sport: from.port, dst: to.ip, dport: to.port };
}

/** What was sent under the ends of a packet before it, in either direction. */
function earlierOnTuple(packet: Sighting): Sighting[] {
  const { src, sport, dst, dport } = packet;
  const back = { src: dst, sport: dport, dst: src, dport: sport };
  return packet.recording.packets
    .filter((one) => one.frame < packet.frame && (hasEnds(one, packet) || hasEnds(one, back)))
    .map((one) => ({ ...one, recording: packet.recording }));
}

/** Whether a vantage shows that someone opened a connection of these ends, with another number than the SYN's. */
function openedWithOtherNumber(ends: Ends, syn: Sighting, { recordings }: Said): boolean {
  return recordings
    .filter(({ vantage }) => vantage === 'client')
    .some(({ packets }) => packets.some((one) => has(one, SYN) && hasEnds(one, ends) && one.seq !== syn.seq));
}

/**
 * The SYN met another connection of the same ends at the backend, whose numbers it has not, and which the backend answers
 * for: with an acknowledgement of how far that one's client had come.
 */
const folded: Predicate = (said) => {
  if (/^the (load balancer chose|connection's address and port)/.test(said.text))
    return ofEarlierTenant(said);
  const seen = said.cited.flatMap(({ client, server }) => [client, server]).filter((one) => one !== null);
  const syns = seen.filter((one) => has(one, SYN) && !has(one, ACK));
  const vanished =
    said.finding.kind === 'silent-drop' ? seen.filter((one) => isVanished(one, said)).slice(-1) : [];
  const answers = seen.filter(
    (one) => (one.flags & (SYN | RST)) === 0 && has(one, ACK) && !vanished.includes(one),
  );
  const resets = seen.filter((one) => has(one, RST));
  const syn = syns.find(({ recording }) => recording.vantage === 'server');
  const named = endsIn(said.text);
  const backendEnds = ownEnds('server', said);
  if (syn === undefined || named === null || backendEnds === null)
    return 'cites no SYN that came to the backend';
  const isLater = said.text.startsWith('the SYN reached');
  const caller = isLater ? ownEnds('client', said) : named;
  const before = earlierOnTuple(syn);
  const reached = furthest(before.filter((one) => isFromSame(one, syn) && !has(one, RST)).map(endOf));
  const acknowledges = (number: number | null) =>
    answers.length > 0 && answers.every(({ ack }) => ack === number);
  return first(
    [
      syns.length + answers.length + resets.length + vanished.length === seen.length,
      'cites other packets than SYN, answer and RST, or what vanished',
    ],
    [hasEnds(syn, backendEnds), 'the SYN has other ends at the backend'],
    [
      syns.every((one) => one === syn || (caller !== null && hasEnds(one, caller))),
      'the SYN was sent by another one than told',
    ],
    [before.length > 0 && !before.some((one) => has(one, SYN) && one.seq === syn.seq), 'the ends were free'],
    [!isLater || openedWithOtherNumber(named, syn, said), 'the connection that is named was not opened'],
    [
      said.text.includes('the backend answered') === answers.length > 0,
      'an answer is told of and not cited, or the other way round',
    ],
    [
      answers.every(
        (one) => one.recording.vantage === 'client' || (!isFromSame(one, syn) && one.frame > syn.frame),
      ),
      'what is cited is no answer of the backend',
    ],
    [
      answers.length === 0 || answersWith(answers, reached, syn),
      `the answer acknowledges ${answers.map(({ ack }) => ack)}, the earlier one had reached ${reached}`,
    ],
    [
      resets.length + vanished.length > 0 &&
        resets.every((one) =>
          said.resets.some((own) => own.frame === one.frame && own.recording === one.recording),
        ),
      'cites no RST of the finding, nor what vanished of it',
    ],
    [
      !isLater || !acknowledges(reached) || resets.some((one) => answers.some(({ ack }) => ack === one.seq)),
      'the RST does not answer the answer',
    ],
    [resets.every((one) => timeAt(one, said) >= timeAt(syn, said) - 1e9), 'the RST came before the SYN'],
  );
};

/**
 * The SYN, the backend's answer with the numbers of an earlier connection of these ends, and the RST with which its client
 * answers that: the ends were given anew by the box in between, or had been those of the client that is named.
 */
const ofEarlierTenant: Predicate = (said) => {
  const { client, lbPeer, mode } = said.finding.path;
  const backendEnds = ownEnds('server', said);
  const [syn, answer, reset] = said.cited.map((one) => one.server ?? one.client);
  if (!syn || !answer || !reset || said.cited.length !== 3)
    return 'cites not the SYN, its answer and the RST';
  const before = earlierOnTuple(syn);
  const reached = furthest(before.filter((one) => isFromSame(one, syn) && !has(one, RST)).map(endOf));
  return first(
    [
      has(syn, SYN) && !has(syn, ACK) && backendEnds !== null && hasEnds(syn, backendEnds),
      'no SYN of its own',
    ],
    [
      !isFromSame(answer, syn) && (answer.flags & (SYN | RST)) === 0 && has(answer, ACK),
      'no answer of the backend that knows the connection',
    ],
    [answer.ack !== endOf(syn), 'the answer is one to the SYN'],
    [
      reached === null || ahead(answer.ack, reached) === 0,
      `the answer acknowledges ${answer.ack}, the earlier one had reached ${reached}`,
    ],
    [has(reset, RST) && isFromSame(reset, syn) && reset.seq === answer.ack, 'the RST does not answer that'],
    said.text.includes('chose port')
      ? [
          mode === 'snat' &&
            lbPeer?.port !== client?.port &&
            said.text.includes(`port ${lbPeer?.port} `) &&
            said.text.endsWith(` is ${client?.port}`),
          `mode ${mode}, port ${lbPeer?.port} for ${client?.port}`,
        ]
      : [wasTenant(said, before), 'the connection before was not of that client'],
  );
};

/** Whether the client that is named, another one, opened the connection that had the ends before. */
function wasTenant({ text, finding, recordings }: Said, before: readonly Sighting[]): boolean {
  const [, ip, port] = /just been \[?([^\s\]]+)\]?:(\d+)'s/.exec(text) ?? [];
  const { client } = finding.path;
  const numbers = new Set(before.filter((one) => has(one, SYN)).map(({ seq }) => seq));
  const isOther = ip !== client?.ip || Number(port) !== client?.port;
  return (
    isOther &&
    recordings
      .filter(({ vantage }) => vantage === 'client')
      .some(({ packets }) =>
        packets.some(
          (one) => has(one, SYN) && one.src === ip && one.sport === Number(port) && numbers.has(one.seq),
        ),
      )
  );
}

/** Something that an end of the finding's own connection had to say, at the vantage near it. */
function isVanished(packet: Sighting, said: Said): boolean {
  const own = ownEnds(packet.recording.vantage, said);
  if (own === null || (packet.flags & (SYN | RST)) !== 0) return false;
  const { src, sport, dst, dport } = packet;
  const isEnds = hasEnds(packet, own) || hasEnds({ src: dst, sport: dport, dst: src, dport: sport }, own);
  return isEnds && (packet.length > 0 || has(packet, FIN));
}

/** What came from the backend's own capture tells; a box may have shifted the numbers at the client's. */
function answersWith(answers: readonly Sighting[], reached: number | null, syn: Sighting): boolean {
  const there = answers.filter(({ recording }) => recording === syn.recording);
  return there.length > 0 && there.every(({ ack }) => ack === reached && ack !== endOf(syn));
}

export const fold: Readonly<Record<string, Predicate>> = { 'tuple-folded': folded };
