import { type Fact, fact, nameOf, spell } from '../fact.js';
import type { ProbeRun } from '../probe-run.js';
import { beganTooLate, type Scene } from '../scene.js';
import { endOf, nearSender } from '../timeline.js';

/**
 * Trust in "nobody answered, so its sender gave up". One probe shows no rhythm, and a single answer that the capture
 * lost would look the same; a RST at another time than the next probe's may be the application's own.
 */
const TRUST = { even: 1, holes: 0.8, uneven: 0.4, single: 0.5 } as const;
/** The same where the capture loses segments, and the prober has timers of its own. */
const ANSWER_LOST = 0.2;
/** Of a connection whose other end was never heard: it may have closed its window, and these be probes of that. */
const WINDOW_UNKNOWN = 0.3;
/** Trust in "the answers got lost further on", where they were seen to leave for a prober that was not captured. */
const LOST_FURTHER_ON = 0.5;

/**
 * Keepalive probes of the RST's sender that nobody answered. The kernel gives up one interval after the last probe
 * and resets with the number after the probes' (net/ipv4/tcp_timer.c, tcp_keepalive_timer).
 */
export function probes(scene: Scene): Fact[] {
  const { probing: run } = scene;
  const who = proberOf(scene);
  if (run === null) {
    if (beganTooLate(scene) || scene.before.length === 0) {
      const text = () => `whether the ${who} had probed before does not show: its capture began only then`;
      return [fact('unanswered-probes', null, text), fact('probe-spacing', null, text)];
    }
    return [
      fact('unanswered-probes', false, () => noneText(scene)),
      fact('probe-spacing', false, 'no probes'),
    ];
  }
  const packets = [...run.probes, scene.reset];
  if (run.answersUnheard) {
    const text = () =>
      `the ${who} reset when its next keepalive probe was due; the answers seen here may not have reached it`;
    return [fact('unanswered-probes', true, text, packets, LOST_FURTHER_ON), spacing(scene, run)];
  }
  const count = run.probes.length;
  const text = () =>
    `${count} keepalive probe${count === 1 ? '' : 's'} of the ${who} went unanswered before its RST`;
  return [
    fact('unanswered-probes', true, text, packets, trustInSilence(run, scene) * windowTrust(scene)),
    spacing(scene, run),
  ];
}

/**
 * Trust in that nobody answered. A balancer ends its legs by idle timers too, as long after a probe that was answered:
 * there one answer that the capture lost is as likely as a single probe that was all.
 */
export function trustInSilence({ rhythm }: ProbeRun, { watch, seenAt, path, sender }: Scene): number {
  const mayBeLost = rhythm === 'single' && watch.loses(seenAt);
  return mayBeLost && path.mode === 'proxy' && path[endOf(sender)] === null ? ANSWER_LOST : TRUST[rhythm];
}

/** Whose socket it was: on a leg of a proxy the other party is the proxy itself. */
function proberOf({ path, sender }: Scene): string {
  const proxied = path.mode === 'proxy' && path[endOf(sender)] === null;
  return proxied ? 'load balancer' : nameOf(sender);
}

function windowTrust({ before, sender }: Scene): number {
  return before.some((packet) => packet.from !== sender) ? 1 : WINDOW_UNKNOWN;
}

function noneText(scene: Scene): string {
  const who = nameOf(scene.sender);
  const peer = scene.before.findLast((packet) => packet.from !== scene.sender);
  const closed = peer !== undefined && nearSender(peer).segment.window === 0;
  return closed
    ? `the ${nameOf(scene.receiver)} had closed its window: what the ${who} sent then asks for room and is no keepalive`
    : `the ${who} sent no keepalive probe that went unanswered`;
}

function spacing(scene: Scene, { probes: run, steps, interval, rhythm }: ProbeRun): Fact {
  const packets = [...run, scene.reset];
  const [longest, last] = [Math.max(...steps), steps.at(-1) ?? 0];
  if (rhythm === 'single')
    return fact('probe-spacing', null, () => `one probe, the RST ${spell(last)} after it`, packets);
  const many = `${run.length} probe${run.length === 1 ? '' : 's'}`;
  const text = () => {
    if (rhythm === 'even') return `${many} and the RST came ${spell(interval)} apart`;
    const lost = rhythm === 'holes' ? ', as if the capture had lost some' : '';
    return `${many} and the RST came ${spell(interval)} to ${spell(longest)} apart${lost}`;
  };
  return fact('probe-spacing', rhythm !== 'uneven', text, packets, rhythm === 'holes' ? TRUST.holes : 1);
}
