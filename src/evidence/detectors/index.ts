import type { Fact, FactId } from '../fact.js';
import type { Scene } from '../scene.js';
import { close } from './close.js';
import { crowd } from './crowd.js';
import { form } from './form.js';
import { history } from './history.js';
import { identification } from './identification.js';
import { idle } from './idle.js';
import { payload } from './payload.js';
import { probes } from './probes.js';
import { timestamps } from './timestamps.js';
import { transit } from './transit.js';
import { trigger } from './trigger.js';
import { ttl } from './ttl.js';

/** Every detector, in the order in which a reader wants their facts. One file each; a test misses none. */
export const DETECTORS: readonly ((scene: Scene) => Fact[])[] = [
  transit,
  trigger,
  idle,
  probes,
  close,
  payload,
  history,
  crowd,
  form,
  ttl,
  identification,
  timestamps,
];

/** All that can be established about one event. */
export type Facts = ReadonlyMap<FactId, Fact>;

/** Runs every detector over a scene. */
export function establish(scene: Scene): Facts {
  return new Map(DETECTORS.flatMap((detect) => detect(scene)).map((fact) => [fact.id, fact]));
}
