import { formatDuration, formatMeasured } from '../lb/duration.js';
import type { EffectiveTimeout, ExpiryAction } from '../lb/model.js';
import type { JudgedFlow } from './types.js';

const EXPECTED: Readonly<Record<ExpiryAction, (when: string) => string>> = {
  'rst-both-at-timer': (when) => `RST both ways at ${when}`,
  'rst-sender-on-next': (when) => `RST to the next sender after ${when}`,
  'rst-opener-on-next': (when) => `RST to the opening end when it sends after ${when}`,
  'silent-drop': (when) => `silent drop at ${when}`,
  'lose-affinity': (when) => `the flow's entry forgotten at ${when}`,
  'fin-both': (when) => `FIN on both legs at ${when}`,
  'fin-client-rst-server': (when) => `FIN to the client and RST to the backend at ${when}`,
  'rst-both-legs': (when) => `RST on both legs at ${when}`,
  close: (when) => `close at ${when}, by FIN or RST`,
  unknown: (when) => `expiry at ${when}, in an unknown way`,
};

/** What the configuration promises, short enough for a table cell: `RST both ways at 4 min (240 s)`. */
export function expectedText({ action, seconds }: EffectiveTimeout): string {
  if (seconds === null && action === 'unknown') return 'not known';
  if (seconds === Number.POSITIVE_INFINITY) return 'no idle timeout';
  return EXPECTED[action](seconds === null ? 'an unknown timeout' : formatDuration(seconds));
}

/** What the captures show, short enough for a table cell: `RST both ways at 240.0 s`. */
export function observedText(judged: JudgedFlow): string {
  const { kind, idleSeconds: idle } = judged;
  const measured = idle === null ? 'unknown idle time' : formatMeasured(idle);
  if (kind === 'silent-drop') return `silent drop after ${measured}`;
  if (kind === 'survived-timeout') return `alive after ${measured}`;
  if (kind === 'exposure') return idle === null ? 'not ended yet' : `not ended yet, idle up to ${measured}`;
  if (judged.proxyLeg !== undefined) return `closed after ${measured} on the ${judged.proxyLeg} leg`;
  const preposition = idle === null || judged.triggered ? 'after' : 'at';
  return `RST ${directions(judged)} ${preposition} ${measured}`;
}

function directions(judged: JudgedFlow): string {
  const { resetTowardClient: client, resetTowardBackend: backend } = judged;
  if (client && backend) return 'both ways';
  const end = client ? 'to the client' : 'to the backend';
  const way = client || backend ? end : 'of unknown direction';
  return judged.triggered ? `${way} in answer to a segment` : way;
}
