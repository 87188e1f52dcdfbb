import type { ExpiryAction } from './model.js';
import type { Known, ProductModel, TimerModel } from './product-model.js';
import { defaultText } from './ranges.js';

/** What a reader compares products by. */
export interface ProductSummary {
  readonly id: string;
  readonly name: string;
  /** Idle timeouts of an established flow as shipped: `350 s`, or one for each timer that can end it. */
  readonly idle: string;
  readonly atExpiry: string;
  readonly whoSeesReset: string;
  readonly sequenceKept: Known;
}

/** What happens at expiry, for a reader. */
export const EXPIRY_WORDS: Readonly<Record<ExpiryAction, string>> = {
  'silent-drop': 'silent drop',
  'rst-both-at-timer': 'RST at the timer',
  'rst-sender-on-next': 'silent, then RST on the next packet',
  'rst-opener-on-next': 'silent, then RST on the next packet of the opening end',
  'lose-affinity': 'entry forgotten, the next packet may go elsewhere',
  'fin-both': 'FIN on both legs',
  'fin-client-rst-server': 'FIN to the client, RST to the server',
  'rst-both-legs': 'RST on both legs',
  close: 'close, form not published',
  unknown: 'unknown',
};

const SEES_RESET: Readonly<Record<ExpiryAction, string>> = {
  'silent-drop': 'nobody',
  'rst-both-at-timer': 'both',
  'rst-sender-on-next': 'sender of that packet',
  'rst-opener-on-next': 'opening end only',
  'lose-affinity': 'nobody',
  'fin-both': 'nobody',
  'fin-client-rst-server': 'server',
  'rst-both-legs': 'both',
  close: 'unknown',
  unknown: 'unknown',
};

/** The line of one product in `lb list`. */
export function summaryOf(model: ProductModel): ProductSummary {
  const timers = idleTimersOf(model);
  const actions = [...new Set(timers.map((timer) => actionAsShipped(model, timer)))];
  const who = [...new Set(actions.map((action) => SEES_RESET[action]))].join(' or ');
  return {
    id: model.id,
    name: model.name,
    idle: [...new Set(timers.map((timer) => idleText(timer, timers.length > 1)))].join('; '),
    atExpiry: [...new Set(actions.map((action) => EXPIRY_WORDS[action]))].join(' or '),
    whoSeesReset: model.mayReset === undefined ? who : `${who} (${model.mayReset} may)`,
    sequenceKept: model.preserves.sequence,
  };
}

function idleText(timer: TimerModel, several: boolean): string {
  const value = defaultText(timer);
  return several ? `${timer.setting} ${value}` : value;
}

/** Timers that can end an idle flow. */
export function idleTimersOf({ timers }: ProductModel): readonly TimerModel[] {
  const scopes = ['flow', 'client-leg', 'server-leg'];
  return timers.filter(({ scope }) => scopes.includes(scope));
}

/** What a timer does where nobody changed a switch. */
function actionAsShipped(model: ProductModel, { onExpiry }: TimerModel): ExpiryAction {
  const off = (model.switches ?? []).find((one) => !one.default);
  return off?.offAction ?? onExpiry;
}
