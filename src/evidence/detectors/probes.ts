import { seqAdd } from '../../wire/seq.js';
import { ACK } from '../../wire/tcp-flags.js';
import { type Fact, fact, nameOf, spell } from '../fact.js';
import { beganTooLate, type Scene } from '../scene.js';
import { endOf, nearSender, type Packet } from '../timeline.js';

/**
 * Linux timers fire late by up to an eighth of their length, measured in coarse steps (kernel/time/timer.c); a
 * little more covers the step itself.
 */
const LATE_SHARE = 0.15;
const TIMER_SLACK = 0.1e9;

/**
 * Keepalive probes of the RST's sender that nobody answered. The kernel gives up one interval after the last probe
 * and resets with the number after the probes' (net/ipv4/tcp_timer.c, tcp_keepalive_timer).
 */
export function probes(scene: Scene): Fact[] {
  const run = unansweredProbes(scene);
  const who = nameOf(scene.sender);
  if (run.length === 0) {
    const answered = answeredHere(scene);
    if (answered !== null) return answered;
    if (beganTooLate(scene)) {
      const text = () => `whether the ${who} had probed before does not show: its capture began only then`;
      return [fact('unanswered-probes', null, text), fact('probe-spacing', null, text)];
    }
    return [
      fact('unanswered-probes', false, () => `the ${who} sent no keepalive probe that went unanswered`),
      fact('probe-spacing', false, 'no probes'),
    ];
  }
  const packets = [...run, scene.reset];
  const count = () => `${run.length} keepalive probe${run.length === 1 ? '' : 's'}`;
  return [
    fact('unanswered-probes', true, () => `${count()} of the ${who} went unanswered before its RST`, packets),
    spacing(scene, run),
  ];
}

/**
 * The run of probes right before the RST, as the sender's own side saw it, after which its peer said nothing. Told by
 * the RST's number, which is the next after theirs: that works for connections seen from the middle on too.
 */
export function unansweredProbes(scene: Scene): Packet[] {
  const { before, sender, seenAt } = scene;
  const seenHere = before.filter((packet) => packet[seenAt] !== null);
  const start =
    seenHere.findLastIndex((packet) => packet.from !== sender || !couldBeProbe(packet, scene.reset)) + 1;
  const peer = seenHere.findLast((packet) => packet.from !== sender);
  const windowOpen = peer === undefined || nearSender(peer).segment.window > 0;
  return windowOpen ? seenHere.slice(start) : [];
}

function couldBeProbe(packet: Packet, reset: Packet): boolean {
  return packet.flags === ACK && packet.length <= 1 && packet.seq === seqAdd(reset.seq, -1);
}

/** Trust in "the answers got lost further on", where they were seen to leave for a prober that was not captured. */
const LOST_FURTHER_ON = 0.5;

/** Probes seen far from their sender: they were answered here, yet the RST came just when the next one was due. */
function answeredHere(scene: Scene): Fact[] | null {
  if (scene.path[endOf(scene.sender)] !== null) return null;
  const probes = scene.before.filter(
    (packet) => packet.from === scene.sender && couldBeProbe(packet, scene.reset),
  );
  const run = probes.slice(-LEAST_RHYTHM);
  if (run.length < LEAST_RHYTHM) return null;
  const rhythm = spacing(scene, run);
  if (rhythm.state !== true) return null;
  const text = () =>
    `the ${nameOf(scene.sender)} reset when its next keepalive probe was due; the answers seen here may not have reached it`;
  return [fact('unanswered-probes', true, text, [...run, scene.reset], LOST_FURTHER_ON), rhythm];
}

/** Probes and the RST in even steps: fewer are no rhythm. */
const LEAST_RHYTHM = 3;

function spacing(scene: Scene, run: readonly Packet[]): Fact {
  const times = [...run.map((packet) => nearSender(packet).segment.time), scene.seen.time];
  const steps = times.slice(1).map((time, i) => time - (times[i] as number));
  const last = steps.at(-1) as number;
  const packets = [...run, scene.reset];
  const interval = Math.min(...steps);
  if (run.length < 2)
    return fact('probe-spacing', null, () => `one probe, the RST ${spell(last)} after it`, packets);
  const even = steps.every((step) => step <= interval * (1 + LATE_SHARE) + TIMER_SLACK);
  const text = () =>
    `${run.length} probes and the RST came ${spell(interval)}${even ? '' : ` to ${spell(Math.max(...steps))}`} apart`;
  return fact('probe-spacing', even, text, packets);
}
