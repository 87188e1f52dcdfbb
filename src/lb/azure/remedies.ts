import { formatDuration, minutesToSeconds, secondsToMinutes } from '../duration.js';
import { keepaliveRemedy } from '../keepalive.js';
import type { EffectiveTimeout, TimedRemedy } from '../model.js';
import { shellWord } from '../shell.js';
import { type AzureTimeout, isAzureTimeout, type Levers } from './decision.js';
import {
  DEFAULT_MINUTES,
  INBOUND_MAX_MINUTES,
  MIN_MINUTES,
  NAT_GATEWAY_MAX_MINUTES,
  OUTBOUND_MAX_MINUTES,
  PUBLIC_IP_MAX_MINUTES,
} from './facts.js';
import type { NatGateway, ResourceName, RuleKind } from './types.js';

const RULE_COMMANDS: Readonly<Record<RuleKind, string>> = {
  'lb-rule': 'rule',
  'nat-rule': 'inbound-nat-rule',
  'outbound-rule': 'outbound-rule',
};

/** What an operator changes on Azure, the setting that really decides first; each with its command line. */
export function remediesFor(
  effective: EffectiveTimeout,
  neededSeconds: number | null,
): readonly TimedRemedy[] {
  const own = isAzureTimeout(effective) ? azureRemedies(effective, neededSeconds) : [];
  return [...own, keepaliveRemedy(shortestPossible(effective))];
}

/** The shortest timeout that the flow may have: where precedence is open, each considered setting may apply. */
function shortestPossible(effective: EffectiveTimeout): number {
  if (effective.seconds !== null) return effective.seconds;
  const open = effective.considered.map(({ seconds }) => seconds ?? minutesToSeconds(MIN_MINUTES));
  return Math.min(minutesToSeconds(DEFAULT_MINUTES), ...open);
}

function azureRemedies(effective: AzureTimeout, neededSeconds: number | null): TimedRemedy[] {
  const { natGateway } = effective.levers;
  if (natGateway !== undefined) return raiseGateway(natGateway, effective.seconds ?? 0, neededSeconds);
  return [...raiseRemedies(effective, neededSeconds), ...resetRemedy(effective)];
}

function raiseGateway(gateway: NatGateway, seconds: number, neededSeconds: number | null): TimedRemedy[] {
  if (neededSeconds === null || seconds > neededSeconds) return [];
  const minutes = Math.max(MIN_MINUTES, Math.floor(secondsToMinutes(neededSeconds)) + 1);
  if (minutes > NAT_GATEWAY_MAX_MINUTES) return [outOfReach(neededSeconds, NAT_GATEWAY_MAX_MINUTES)];
  return [
    {
      text: `Raise the idle timeout of the NAT gateway to ${formatDuration(minutesToSeconds(minutes))}.`,
      command: `az network nat gateway update${target(gateway)} --idle-timeout ${minutes}`,
      raisedTo: minutesToSeconds(minutes),
    },
  ];
}

function raiseRemedies({ seconds, levers }: AzureTimeout, neededSeconds: number | null): TimedRemedy[] {
  if (neededSeconds === null || levers.rule === null || (seconds ?? 0) > neededSeconds) return [];
  const minutes = Math.max(MIN_MINUTES, Math.floor(secondsToMinutes(neededSeconds)) + 1);
  const max = maxMinutes(levers);
  if (minutes > max) return [outOfReach(neededSeconds, max)];
  const value = formatDuration(minutesToSeconds(minutes));
  return levers.publicIp === null
    ? [
        {
          ...raiseRule(levers, minutes, `Raise the idle timeout on the rule to ${value}.`),
          raisedTo: minutesToSeconds(minutes),
        },
      ]
    : raiseBoth(levers, levers.publicIp, minutes, value);
}

/** With both at one value it does not matter which of them Azure really uses. */
function raiseBoth(levers: Levers, publicIp: ResourceName, minutes: number, value: string): TimedRemedy[] {
  const command = `az network public-ip update${target(publicIp)} --idle-timeout ${minutes}`;
  return [
    {
      text: `Raise the idle timeout to ${value} on the frontend's public IP, whose value wins.`,
      command,
      raisedTo: minutesToSeconds(minutes),
    },
    raiseRule(levers, minutes, `Set the rule to the same ${value}, so that no precedence is left to decide.`),
  ];
}

function raiseRule(levers: Levers, minutes: number, text: string): TimedRemedy {
  return { text, command: `${ruleCommand(levers)} --idle-timeout ${minutes}` };
}

function maxMinutes({ publicIp, rule }: Levers): number {
  if (publicIp !== null) return PUBLIC_IP_MAX_MINUTES;
  return rule?.kind === 'outbound-rule' ? OUTBOUND_MAX_MINUTES : INBOUND_MAX_MINUTES;
}

function outOfReach(neededSeconds: number, max: number): TimedRemedy {
  const most = formatDuration(minutesToSeconds(max));
  return {
    text: `No idle timeout here can outlast ${formatDuration(Math.ceil(neededSeconds))}: the most is ${most}. Only activity on the connection helps.`,
    command: null,
  };
}

function resetRemedy({ action, levers }: AzureTimeout): TimedRemedy[] {
  if (action !== 'silent-drop' || levers.rule === null || !levers.resetPossible) return [];
  return [
    {
      text: 'Turn TCP reset on, so that both ends learn at once that the load balancer gave the flow up.',
      command: `${ruleCommand(levers)} --enable-tcp-reset true`,
    },
  ];
}

function ruleCommand({ lb, rule }: Levers): string {
  const kind = rule === null ? 'rule' : RULE_COMMANDS[rule.kind];
  return `az network lb ${kind} update${group(lb)} --lb-name ${shellWord(lb.name)} -n ${shellWord(rule?.name ?? '<rule>')}`;
}

function target(resource: ResourceName): string {
  return `${group(resource)} -n ${shellWord(resource.name)}`;
}

function group({ resourceGroup }: ResourceName): string {
  return ` -g ${shellWord(resourceGroup ?? '<resource-group>')}`;
}
