import { InputError } from '../../errors.js';
import { didYouMean } from '../../suggest.js';
import { formatDuration, minutesToSeconds, parseDuration, secondsToMinutes } from '../duration.js';
import type { FlowQuery, Policy } from '../model.js';
import type { Preset } from '../preset.js';
import type { AzureTimeout, Levers } from './decision.js';
import { DEFAULT_MINUTES, ESTABLISHED_ONLY, INBOUND_MAX_MINUTES, TCP_RESET_PAGE } from './facts.js';
import { minutesProblems } from './problems.js';
import { remediesFor } from './remedies.js';
import { resetClauses, resetSwitch } from './reset-action.js';
import { AZURE_STANDARD } from './standard.js';

/** Keys of the preset `azure-standard:idle=15m,reset=on`. */
export const PRESET_KEYS = ['idle', 'reset'] as const;

const SWITCH: Readonly<Record<string, boolean>> = { on: true, off: false };

/** The names that commands are to be filled in with: a preset knows no resources. */
const LEVERS: Levers = {
  lb: { name: '<load-balancer>', resourceGroup: null },
  rule: { kind: 'lb-rule', name: '<rule>' },
  publicIp: null,
  resetPossible: true,
};

/**
 * The policy of a preset: one value for every inbound flow, by default 4 minutes and no resets (TCP_RESET_PAGE).
 * @throws InputError for a value that is no duration or switch; one outside Azure's range is only a problem
 */
export function presetPolicy(preset: Preset): Policy {
  const seconds = idleOf(preset);
  const tcpReset = resetOf(preset);
  const inbound = inboundTimeout(preset.text, seconds, tcpReset);
  const problems = minutesProblems(
    `preset ${preset.text}`,
    secondsToMinutes(seconds),
    INBOUND_MAX_MINUTES,
    TCP_RESET_PAGE,
  );
  return {
    model: AZURE_STANDARD,
    source: preset.text,
    problems,
    resolve: (flow: FlowQuery) => (flow.direction === 'inbound' ? inbound : outboundTimeout(preset.text)),
    remedies: remediesFor,
  };
}

function idleOf({ text, options }: Preset): number {
  const value = options.get('idle');
  if (value === undefined) return minutesToSeconds(DEFAULT_MINUTES);
  const seconds = parseDuration(value);
  if (seconds !== null && seconds > 0) return seconds;
  throw new InputError(
    `${text}: idle=${value} is no duration; give a number above 0 with s, m or h, as in idle=15m`,
  );
}

function resetOf({ text, options }: Preset): boolean {
  const value = options.get('reset')?.toLowerCase() ?? 'off';
  if (Object.hasOwn(SWITCH, value)) return SWITCH[value];
  throw new InputError(`${text}: reset=${value}${didYouMean(value, Object.keys(SWITCH))}; it is on or off`);
}

function inboundTimeout(name: string, seconds: number, tcpReset: boolean): AzureTimeout {
  const because = `TCP reset is ${tcpReset ? 'on' : 'off'} in preset ${name}`;
  return {
    seconds,
    action: tcpReset ? 'rst-both-at-timer' : 'silent-drop',
    rule: 'azure/preset',
    considered: [
      { name: `preset ${name}`, seconds, won: true, because: 'a preset holds for every inbound flow' },
    ],
    text: `Preset ${name} gives every inbound flow ${formatDuration(seconds)}.`,
    source: TCP_RESET_PAGE,
    doubts: [],
    clauses: tcpReset
      ? resetClauses(because)
      : { establishedOnly: ESTABLISHED_ONLY, resetSwitch: resetSwitch(because) },
    levers: LEVERS,
  };
}

function outboundTimeout(name: string): AzureTimeout {
  return {
    seconds: null,
    action: 'unknown',
    rule: 'azure/preset',
    considered: [],
    text: `Preset ${name} says nothing about outbound flows.`,
    source: TCP_RESET_PAGE,
    doubts: [
      'The timeout of outbound flows is not known: give the output of "az network lb show" instead of a preset.',
    ],
    clauses: {},
    levers: { ...LEVERS, rule: null, resetPossible: false },
  };
}
