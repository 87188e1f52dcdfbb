import { formatDuration } from './duration.js';
import type { ConsideredSetting, EffectiveTimeout, ExpiryAction, FlowQuery } from './model.js';
import type { Instance } from './product.js';
import type { ProductModel, TimerModel } from './product-model.js';
import { defaultText } from './ranges.js';

/** One timer with the value that holds for it. */
export interface Candidate {
  readonly timer: TimerModel;
  /** Infinity where it never fires, null where nothing decides it. */
  readonly seconds: number | null;
  readonly origin: string;
}

/** The timer of a product with the value that was configured, or its default. */
export function candidateOf(timer: TimerModel, { settings }: Pick<Instance, 'settings'>): Candidate {
  const set = settings.timers.get(timer.key);
  if (set !== undefined && timer.configurable) return { timer, seconds: set.value, origin: set.origin };
  const byDefault = timer.default === 'none' ? Number.POSITIVE_INFINITY : timer.default;
  const open = byDefault === 'unknown' || timer.otherDefaults !== undefined;
  return { timer, seconds: open ? null : byDefault, origin: timer.configurable ? 'default' : 'fixed' };
}

/** Timers that can end an idle flow on a leg; for a flow as a whole, those of both legs. */
function idleTimers(model: ProductModel, leg: FlowQuery['leg']): readonly TimerModel[] {
  const own = leg === undefined ? ['flow', 'client-leg', 'server-leg'] : ['flow', `${leg}-leg`];
  return model.timers.filter(({ scope }) => own.includes(scope));
}

/** What most products do: the shortest idle timer of the leg ends the flow. */
export function resolveByModel(model: ProductModel, instance: Instance, flow: FlowQuery): EffectiveTimeout {
  const candidates = idleTimers(model, flow.leg).map((timer) => candidateOf(timer, instance));
  const open = candidates.filter(({ seconds }) => seconds === null);
  const winner = shortest(candidates);
  if (winner === null) return undecided(model, instance, candidates);
  const doubts = open.map((one) => openDoubt(one, instance));
  return effectiveOf(model, instance, winner, {
    rule: candidates.length > 1 ? `${model.id}/shortest-timer` : `${model.id}/${winner.timer.key}`,
    because: candidates.length > 1 ? 'the timer that fires first ends the flow' : whyAlone(winner),
    losers: candidates.filter((one) => one !== winner),
    lost: 'it fires later',
    doubts,
  });
}

/** The one that fires first, of those whose value is known. */
export function shortest(candidates: readonly Candidate[]): Candidate | null {
  const known = candidates.filter(({ seconds }) => seconds !== null);
  return known.length === 0
    ? null
    : known.reduce((a, b) => ((b.seconds as number) < (a.seconds as number) ? b : a));
}

/** How a winner won. */
export interface Won {
  readonly rule: string;
  readonly because: string;
  readonly losers: readonly Candidate[];
  /** Why the others lost, one clause. */
  readonly lost: string;
  readonly doubts?: readonly string[];
  /** Where it differs from what the timer's model says. */
  readonly action?: ExpiryAction;
}

/** The effective timeout that one timer of a product decides. */
export function effectiveOf(
  model: ProductModel,
  instance: Instance,
  winner: Candidate,
  won: Won,
): EffectiveTimeout {
  const { timer, seconds, origin } = winner;
  const switched = switchedOff(model, instance);
  return {
    seconds,
    action: switched?.action ?? won.action ?? timer.onExpiry,
    rule: won.rule,
    considered: [
      { name: named(timer, instance), seconds, won: true, because: won.because },
      ...won.losers.map(
        (one): ConsideredSetting => ({
          name: named(one.timer, instance),
          seconds: one.seconds,
          won: false,
          because: one.seconds === null ? 'its value is not known' : won.lost,
        }),
      ),
    ],
    text: `${capital(named(timer, instance))} ${says(seconds)}${originText(origin)}.`,
    source: timer.source,
    doubts: won.doubts ?? [],
    ...(switched === null ? {} : { clauses: { resetSwitch: switched.clause } }),
    activity: timer.activity,
    device: instance.name,
    otherTimers: otherTimers(model, instance, [winner, ...won.losers]),
    ...(model.lateSeconds === undefined ? {} : { lateSeconds: lateOf(model, instance) }),
  };
}

/** What else of this device can end a connection; a reader may meet its time and wonder. */
function otherTimers(model: ProductModel, instance: Instance, known: readonly Candidate[]) {
  return model.timers
    .filter((timer) => !known.some((candidate) => candidate.timer === timer))
    .map((timer) => ({ name: named(timer, instance), seconds: candidateOf(timer, instance).seconds }))
    .filter(
      (one): one is { name: string; seconds: number } => one.seconds !== null && Number.isFinite(one.seconds),
    );
}

function says(seconds: number | null): string {
  if (seconds === Number.POSITIVE_INFINITY) return 'never fires';
  return `is ${seconds === null ? 'not known' : formatDuration(seconds)}`;
}

/** A sweep interval may be a setting of its own. */
function lateOf(model: ProductModel, { settings }: Instance): number {
  return settings.timers.get('sweep')?.value ?? model.lateSeconds ?? 0;
}

function undecided(
  model: ProductModel,
  instance: Instance,
  candidates: readonly Candidate[],
): EffectiveTimeout {
  const [first] = candidates;
  const timer = first?.timer ?? model.timers[0];
  const whose = `${model.name} (${instance.name})`;
  return {
    seconds: null,
    action: timer.onExpiry,
    rule: `${model.id}/${timer.key}`,
    considered: candidates.map((one) => ({
      name: named(one.timer, instance),
      seconds: null,
      won: false,
      because: 'its value is not known',
    })),
    text: `The idle timeout of ${whose} is not known: ${defaultText(timer)}.`,
    source: timer.source,
    doubts: candidates.map((one) => openDoubt(one, instance)),
    activity: timer.activity,
    device: instance.name,
  };
}

function openDoubt({ timer }: Candidate, instance: Instance): string {
  const choices = timer.otherDefaults === undefined ? '' : `: its default is ${defaultText(timer)}`;
  return `The value of ${named(timer, instance)} is not in the configuration${choices}.`;
}

/** What a switch that is off makes of the expiry; null where none is. */
function switchedOff(model: ProductModel, { settings, name }: Instance) {
  for (const one of model.switches ?? []) {
    const set = settings.switches.get(one.key);
    const on = set?.value ?? one.default;
    if (on) continue;
    const text = `${one.setting} is off on ${name}${set === undefined ? ' (the default)' : ''}`;
    return { action: one.offAction, clause: { rule: `${model.id}/${one.key}`, text, source: one.source } };
  }
  return null;
}

function whyAlone({ timer }: Candidate): string {
  return timer.configurable ? 'it is the only idle timer of this product' : 'it is fixed';
}

/** A timer of one device as a reader knows it. */
export function named(timer: TimerModel, { name }: Pick<Instance, 'name'>): string {
  return `${timer.setting} of ${name}`;
}

/** Where a value comes from, in brackets. */
function originText(origin: string): string {
  if (origin === 'default') return ' (its default)';
  return origin === 'fixed' ? ' (fixed)' : ` (${origin})`;
}

/** The beginning of a sentence: vendors' lower-case keys stay as they are. */
export function capital(text: string): string {
  return /^[a-z]+ /.test(text) && !/^timeout /.test(text)
    ? text.charAt(0).toUpperCase() + text.slice(1)
    : text;
}
