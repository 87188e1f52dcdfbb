import { type Fact, type FactId, fact } from '../fact.js';
import type { Scene } from '../scene.js';
import { aftermath } from './aftermath.js';
import { close } from './close.js';
import { crowd } from './crowd.js';
import { declaredReason } from './declared-reason.js';
import { flowLabel } from './flow-label.js';
import { folded } from './folded.js';
import { form } from './form.js';
import { givingUp } from './giving-up.js';
import { handshake } from './handshake.js';
import { history } from './history.js';
import { identification } from './identification.js';
import { idle } from './idle.js';
import { numbers } from './numbers.js';
import { payload } from './payload.js';
import { place } from './place.js';
import { probes } from './probes.js';
import { proxy } from './proxy.js';
import { repeats } from './repeats.js';
import { stacks } from './stacks.js';
import { timestamps } from './timestamps.js';
import { transit } from './transit.js';
import { trigger } from './trigger.js';
import { ttl } from './ttl.js';

/** Every detector, in the order in which a reader wants their facts. One file each; a test misses none. */
export const DETECTORS: readonly ((scene: Scene) => Fact[])[] = [
  transit,
  proxy,
  trigger,
  folded,
  idle,
  probes,
  repeats,
  givingUp,
  close,
  payload,
  handshake,
  history,
  aftermath,
  numbers,
  crowd,
  place,
  declaredReason,
  form,
  stacks,
  ttl,
  identification,
  flowLabel,
  timestamps,
];

/** All that can be established about one event. */
export type Facts = ReadonlyMap<FactId, Fact>;

/** Runs every detector over a scene. */
export function establish(scene: Scene): Facts {
  const facts = new Map<FactId, Fact>();
  for (const detect of DETECTORS) for (const one of detect(scene)) facts.set(one.id, one);
  facts.set('sender-recognised', recognised(facts));
  return facts.set('forgery-marks', forged(facts));
}

const MARKS: readonly FactId[] = ['ttl-as-sender', 'ttl-as-host', 'ip-id-continues', 'timestamp-continues'];

/** Whether anything about the RST itself tells its alleged sender. */
function recognised(facts: Facts): Fact {
  const shown = shownBy(MARKS, facts);
  const has = shown.length > 0;
  const text = has
    ? 'the RST has marks of its alleged sender'
    : 'nothing about the RST itself tells its alleged sender';
  return fact('sender-recognised', has, text, shown);
}

const FORGERY_MARKS: readonly FactId[] = [
  'timestamp-missing',
  'ip-id-mirrors-trigger',
  'ip-id-foreign',
  'sender-went-on',
];

/** What only a forger leaves. A bare RST with IP ID 0 is none of it: any Linux kernel answers a stray segment so. */
function forged(facts: Facts): Fact {
  const shown = shownBy(FORGERY_MARKS, facts);
  const has = shown.length > 0;
  return fact(
    'forgery-marks',
    has,
    has ? 'the RST has marks of a forgery' : 'nothing about the RST tells of a forgery',
    shown,
  );
}

/** The packets of those facts that hold, each once. */
function shownBy(ids: readonly FactId[], facts: Facts): Fact['packets'] {
  const holding = ids.map((id) => facts.get(id)).filter((one) => one?.state === true);
  return [...new Set(holding.flatMap((one) => one?.packets ?? []))];
}
