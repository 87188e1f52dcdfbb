import { sameAddress } from '../addresses.js';
import { formatDuration, minutesToSeconds } from '../duration.js';
import type { ConsideredSetting, FlowQuery } from '../model.js';
import type { AzureTimeout } from './decision.js';
import { NAT_OVERVIEW_PAGE, OUTBOUND_LOCKED_MINUTES, PUBLIC_IP_PAGE, TCP_RESET_PAGE } from './facts.js';
import { addressOf, frontendOf, publicIpOf } from './lookup.js';
import { matchingRules } from './match.js';
import { ambiguous } from './no-answer.js';
import { resetActionOf, resetSwitch } from './reset-action.js';
import type { AzureConfig, NatGateway, PublicIp, Rule } from './types.js';

const LOCKED_SECONDS = minutesToSeconds(OUTBOUND_LOCKED_MINUTES);

/** Neither stands in the load balancer's configuration, and both come before its outbound rules. */
const OTHER_EXITS_DOUBT =
  'A NAT gateway on the subnet or a public IP on the machine itself would take this outbound flow away from the load balancer.';

/**
 * Whether a flow was opened from behind the load balancer: no rule forwards its target, and it left under an address
 * that outbound flows leave by.
 */
export function isOutbound(config: AzureConfig, flow: FlowQuery): boolean {
  if (flow.direction === 'outbound') return true;
  const peer = flow.lbPeer;
  if (peer == null || matchingRules(config, flow).length > 0) return false;
  return exitAddresses(config).some((address) => sameAddress(address, peer.ip));
}

/** The public addresses that outbound flows can have. */
function exitAddresses(config: AzureConfig): string[] {
  const ofGateways = config.natGateways.flatMap(({ publicIps }) =>
    publicIps.map((ref) => publicIpOf(config, ref)?.address ?? null),
  );
  const ofInstances = config.publicIps
    .filter(({ instanceLevel }) => instanceLevel)
    .map(({ address }) => address);
  const ofRules = config.outbound.map((rule) => addressOf(config, frontendOf(config, rule)));
  return [...ofGateways, ...ofInstances, ...ofRules].filter((address) => address !== null);
}

/**
 * The effective timeout of an outbound flow: NAT gateway, then instance-level public IP, then outbound rule, then the
 * locked default (TCP_RESET_PAGE, "Order of precedence", outbound; NAT_OVERVIEW_PAGE).
 */
export function resolveOutbound(config: AzureConfig, flow: FlowQuery): AzureTimeout {
  const [gateway] = config.natGateways;
  if (gateway !== undefined) return throughGateway(config, gateway);
  const own = instanceIp(config, flow);
  if (own !== null) return throughInstanceIp(config, own);
  if (config.outbound.length === 0) return locked(config);
  const answers = config.outbound.map((rule) => resolveRule(config, rule, flow));
  const [first, ...others] = answers;
  const agree = others.every((other) => other.seconds === first.seconds && other.action === first.action);
  return agree ? first : ambiguous(config, answers);
}

function throughGateway(config: AzureConfig, gateway: NatGateway): AzureTimeout {
  const seconds = minutesToSeconds(gateway.minutes);
  const name = `NAT gateway ${gateway.name}`;
  const because = 'a NAT gateway goes before outbound rules and public IPs';
  return {
    seconds,
    action: 'rst-sender-on-next',
    rule: 'azure/nat-gateway-wins',
    considered: [{ name, seconds, won: true, because }, ...losers(config, because)],
    text: `${name} says ${formatDuration(seconds)}; ${because}.`,
    source: NAT_OVERVIEW_PAGE,
    doubts: [],
    clauses: {},
    activity: 'any-packet',
    levers: { lb: config, rule: null, publicIp: null, natGateway: gateway, resetPossible: false },
  };
}

/** The public IP of the very machine that opened the flow: the one that the flow left under, or the only one. */
function instanceIp(config: AzureConfig, { lbPeer }: FlowQuery): PublicIp | null {
  const own = config.publicIps.filter(({ instanceLevel }) => instanceLevel);
  if (lbPeer == null) return own.length === 1 ? own[0] : null;
  return own.find(({ address }) => address !== null && sameAddress(address, lbPeer.ip)) ?? null;
}

function throughInstanceIp(config: AzureConfig, ip: PublicIp): AzureTimeout {
  const name = `instance-level public IP ${ip.name}`;
  const because =
    'an instance-level public IP goes before outbound rules, and outbound its 4 minutes are fixed';
  return {
    seconds: LOCKED_SECONDS,
    action: 'silent-drop',
    rule: 'azure/instance-ip-wins',
    considered: [{ name, seconds: LOCKED_SECONDS, won: true, because }, ...ruleLosers(config, because)],
    text: `${name.charAt(0).toUpperCase()}${name.slice(1)} gives outbound flows ${formatDuration(LOCKED_SECONDS)}; ${because}.`,
    source: PUBLIC_IP_PAGE,
    doubts: [],
    clauses: {
      resetSwitch: {
        ...resetSwitch('a public IP has no setting that turns TCP reset on'),
        source: PUBLIC_IP_PAGE,
      },
    },
    levers: { lb: config, rule: null, publicIp: null, resetPossible: false },
  };
}

function losers(config: AzureConfig, because: string): ConsideredSetting[] {
  const ips = config.publicIps
    .filter(({ instanceLevel }) => instanceLevel)
    .map(({ name }) => ({
      name: `instance-level public IP ${name}`,
      seconds: LOCKED_SECONDS,
      won: false,
      because,
    }));
  return [...ips, ...ruleLosers(config, because)];
}

function ruleLosers(config: AzureConfig, because: string): ConsideredSetting[] {
  const rules = config.outbound.map((rule) => ({
    name: `outbound rule ${rule.name}`,
    seconds: minutesToSeconds(rule.minutes),
    won: false,
    because,
  }));
  return [...rules, lockSetting(false, because)];
}

function locked(config: AzureConfig): AzureTimeout {
  return {
    seconds: LOCKED_SECONDS,
    action: 'silent-drop',
    rule: 'azure/outbound-locked',
    considered: [lockSetting(true, 'there is no outbound rule')],
    text: `There is no outbound rule, so outbound flows have the fixed ${formatDuration(LOCKED_SECONDS)}.`,
    source: TCP_RESET_PAGE,
    doubts: [OTHER_EXITS_DOUBT],
    clauses: { resetSwitch: resetSwitch('there is no outbound rule that could turn TCP reset on') },
    levers: { lb: config, rule: null, publicIp: null, resetPossible: false },
  };
}

/** A flow that left under the address of the rule's own frontend went through it: no other exit took it. */
function leftThrough(config: AzureConfig, rule: Rule, { lbPeer }: FlowQuery): boolean {
  const address = addressOf(config, frontendOf(config, rule));
  return lbPeer != null && address !== null && sameAddress(address, lbPeer.ip);
}

function resolveRule(config: AzureConfig, rule: Rule, flow: FlowQuery): AzureTimeout {
  const seconds = minutesToSeconds(rule.minutes);
  const reset = resetActionOf(config, rule, frontendOf(config, rule));
  const because = "an outbound rule wins over the public IP's fixed 4 minutes";
  return {
    seconds,
    action: reset.action,
    rule: 'azure/outbound-rule-wins',
    considered: [
      { name: `outbound rule ${rule.name}`, seconds, won: true, because },
      lockSetting(false, because),
    ],
    text: `Outbound rule ${rule.name} says ${formatDuration(seconds)}; ${because}.`,
    source: TCP_RESET_PAGE,
    doubts: [...(leftThrough(config, rule, flow) ? [] : [OTHER_EXITS_DOUBT]), ...reset.doubts],
    clauses: reset.clauses,
    // The public IP's value does not count outward, so it is no lever.
    levers: { lb: config, rule, publicIp: null, resetPossible: reset.possible },
  };
}

function lockSetting(won: boolean, because: string): ConsideredSetting {
  return { name: 'outbound timeout of public IPs', seconds: LOCKED_SECONDS, won, because };
}
