import { senderOf } from './happenings.js';
import { type ProbeRun, patienceOf, sentIn } from './probe-run.js';
import { sameTimer } from './probing.js';
import type { GivenUp, Scene } from './scene.js';

/** Failed keepalives of one host that are remembered; more say nothing new. */
const MOST_GIVEN_UP = 64;

/** Keepalives that failed on any connection, by the host that gave up. */
export class Failures {
  readonly #byHost = new Map<string, Failure[]>();

  add(scene: Scene): void {
    const failure = failureOf(scene);
    if (failure === null) return;
    const known = this.#byHost.get(senderOf(scene));
    if (known === undefined) this.#byHost.set(senderOf(scene), [failure]);
    else if (known.length < MOST_GIVEN_UP) known.push(failure);
  }

  /** Those of other connections that waited as long before the first probe, and as long between probes. */
  like(run: ProbeRun, scene: Scene): readonly GivenUp[] {
    const { wait } = run;
    if (wait === null) return [];
    return (this.#byHost.get(senderOf(scene)) ?? []).filter(
      (other) =>
        other.frame !== scene.seen.frame &&
        sameTimer(other.wait, wait) &&
        sameTimer(other.interval, run.interval),
    );
  }
}

/** A failed keepalive of some connection. */
interface Failure extends GivenUp {
  /** Of the RST. */
  readonly frame: number;
  readonly wait: number;
  readonly interval: number;
}

function failureOf({ probing: run, seen }: Scene): Failure | null {
  const patience = run === null ? null : patienceOf(run);
  if (run === null || run.wait === null || patience === null) return null;
  if (run.rhythm === 'uneven' || run.rhythm === 'single') return null;
  return { frame: seen.frame, wait: run.wait, interval: run.interval, sent: sentIn(run), patience };
}
