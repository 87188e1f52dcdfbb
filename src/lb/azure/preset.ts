import { formatDuration, minutesToSeconds, secondsToMinutes } from '../duration.js';
import type { Device, FlowQuery } from '../model.js';
import type { Instance } from '../product.js';
import type { AzureTimeout, Levers } from './decision.js';
import { DEFAULT_MINUTES, ESTABLISHED_ONLY, INBOUND_MAX_MINUTES, TCP_RESET_PAGE } from './facts.js';
import { AZURE_STANDARD, AZURE_STANDARD_MODEL } from './model.js';
import { minutesProblems } from './problems.js';
import { remediesFor } from './remedies.js';
import { resetClauses, resetSwitch } from './reset-action.js';

/** Keys of the preset `azure-standard:idle=15m,reset=on`. */
export const PRESET_KEYS = ['idle', 'reset', 'appliance'] as const;

/** The names that commands are to be filled in with: a preset knows no resources. */
const LEVERS: Levers = {
  lb: { name: '<load-balancer>', resourceGroup: null },
  rule: { kind: 'lb-rule', name: '<rule>' },
  publicIp: null,
  resetPossible: true,
};

/** A load balancer of one value for every inbound flow, by default 4 minutes and no resets (TCP_RESET_PAGE). */
export function settingsDevice({ name, source, settings, problems = [], covers, group }: Instance): Device {
  const seconds = settings.timers.get('idle')?.value ?? minutesToSeconds(DEFAULT_MINUTES);
  const tcpReset = settings.switches.get('reset')?.value ?? false;
  const appliance = settings.switches.get('appliance')?.value ?? false;
  const inbound = inboundTimeout(name, seconds, tcpReset, appliance);
  return {
    model: AZURE_STANDARD,
    name,
    source,
    product: AZURE_STANDARD_MODEL,
    problems: [
      ...problems,
      ...minutesProblems(name, secondsToMinutes(seconds), INBOUND_MAX_MINUTES, TCP_RESET_PAGE),
    ],
    ...(covers === undefined ? {} : { covers }),
    ...(group === undefined ? {} : { group }),
    resolve: (flow: FlowQuery) => (flow.direction === 'inbound' ? inbound : outboundTimeout(name)),
    remedies: remediesFor,
  };
}

function inboundTimeout(name: string, seconds: number, flag: boolean, appliance: boolean): AzureTimeout {
  const tcpReset = flag && !appliance;
  const because = appliance
    ? 'internal HA ports with an appliance in the path have no TCP reset'
    : `TCP reset is ${tcpReset ? 'on' : 'off'} in ${name}`;
  return {
    seconds,
    action: tcpReset ? 'rst-both-at-timer' : 'silent-drop',
    rule: 'azure/preset',
    considered: [{ name, seconds, won: true, because: 'it holds for every inbound flow' }],
    text: `${name.charAt(0).toUpperCase()}${name.slice(1)} gives every inbound flow ${formatDuration(seconds)}.`,
    source: TCP_RESET_PAGE,
    doubts: [],
    clauses: tcpReset
      ? resetClauses(because)
      : { establishedOnly: ESTABLISHED_ONLY, resetSwitch: resetSwitch(because) },
    activity: 'any-packet',
    device: name,
    levers: LEVERS,
  };
}

function outboundTimeout(name: string): AzureTimeout {
  return {
    seconds: null,
    action: 'unknown',
    rule: 'azure/preset',
    considered: [],
    text: `${name.charAt(0).toUpperCase()}${name.slice(1)} says nothing about outbound flows.`,
    source: TCP_RESET_PAGE,
    doubts: [
      'The timeout of outbound flows is not known: give the output of "az network lb show" instead of a preset.',
    ],
    clauses: {},
    levers: { ...LEVERS, rule: null, resetPossible: false },
  };
}
