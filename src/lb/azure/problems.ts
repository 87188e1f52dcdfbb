import { formatDuration, minutesToSeconds } from '../duration.js';
import type { Source } from '../model.js';
import {
  INBOUND_MAX_MINUTES,
  MIN_MINUTES,
  NAT_GATEWAY_MAX_MINUTES,
  NAT_RESOURCE_PAGE,
  OUTBOUND_MAX_MINUTES,
  OUTBOUND_PAGE,
  PUBLIC_IP_MAX_MINUTES,
  PUBLIC_IP_PAGE,
  RULE_SCHEMA,
  SCHEMA_MAX_MINUTES,
  TCP_RESET_PAGE,
} from './facts.js';
import { frontendOf, publicIpOf } from './lookup.js';
import { sameResource } from './resource-id.js';
import { type AzureConfig, type NatGateway, type PublicIp, RULE_WORDS, type Rule } from './types.js';

/** Oddities of a configuration, one sentence each: values out of range, missing public IPs, nothing for TCP. */
export function problemsOf(config: AzureConfig): readonly string[] {
  return [
    ...(config.basic
      ? ['The load balancer has the Basic SKU, which is retired and never sends idle resets.']
      : []),
    ...(config.inbound.length === 0 ? [`Load balancer ${config.name} has no inbound rule for TCP.`] : []),
    ...[...config.inbound, ...config.outbound].flatMap((rule) => ruleRange(config, rule)),
    ...config.publicIps.flatMap(publicIpRange),
    ...config.natGateways.flatMap(natGatewayRange),
    ...missingPublicIps(config),
    ...strayPublicIps(config),
  ];
}

function ruleRange(config: AzureConfig, rule: Rule): string[] {
  const max = maxMinutes(config, rule);
  return minutesProblems(`${RULE_WORDS[rule.kind]} ${rule.name}`, rule.minutes, max.minutes, max.source);
}

function maxMinutes(config: AzureConfig, rule: Rule): { minutes: number; source: Source } {
  if (rule.kind === 'outbound-rule') return { minutes: OUTBOUND_MAX_MINUTES, source: OUTBOUND_PAGE };
  return { minutes: config.basic ? SCHEMA_MAX_MINUTES : INBOUND_MAX_MINUTES, source: TCP_RESET_PAGE };
}

/** What is wrong with the minutes of a rule, if anything; `max` is what the newest page of the vendor grants. */
export function minutesProblems(name: string, minutes: number, max: number, source: Source): string[] {
  if (minutes < MIN_MINUTES || minutes > max) {
    return [
      `The idle timeout of ${name}, ${formatDuration(minutesToSeconds(minutes))}, is outside ${MIN_MINUTES} to ${max} min (${source.url}).`,
    ];
  }
  if (minutes <= SCHEMA_MAX_MINUTES) return [];
  return [
    `The idle timeout of ${name}, ${formatDuration(minutesToSeconds(minutes))}, is within ${source.url} but above the ${SCHEMA_MAX_MINUTES} min that the API's own text grants (${RULE_SCHEMA.url}).`,
  ];
}

function publicIpRange(ip: PublicIp): string[] {
  return minutesProblems(`public IP ${ip.name}`, ip.minutes, PUBLIC_IP_MAX_MINUTES, PUBLIC_IP_PAGE);
}

function natGatewayRange({ name, minutes }: NatGateway): string[] {
  if (minutes >= MIN_MINUTES && minutes <= NAT_GATEWAY_MAX_MINUTES) return [];
  return [
    `The idle timeout of NAT gateway ${name}, ${formatDuration(minutesToSeconds(minutes))}, is outside ${MIN_MINUTES} to ${NAT_GATEWAY_MAX_MINUTES} min (${NAT_RESOURCE_PAGE.url}).`,
  ];
}

function missingPublicIps(config: AzureConfig): string[] {
  const refs = config.frontends.flatMap(({ publicIp }) => (publicIp === null ? [] : [publicIp]));
  const used = refs.filter((ref) =>
    config.inbound.some((rule) => frontendOf(config, rule)?.publicIp?.id === ref.id),
  );
  return used
    .filter((ref) => publicIpOf(config, ref) === null)
    .map(({ name }) => `Public IP ${name} decides the timeout of its frontend but was not supplied.`);
}

/** Public IPs of some other load balancer, unless they came along in a list that also held the right ones. */
function strayPublicIps(config: AzureConfig): string[] {
  const refs = config.frontends.flatMap(({ publicIp }) => (publicIp === null ? [] : [publicIp]));
  const unclaimed = config.publicIps.filter((ip) => !ip.instanceLevel && !ofGateway(config, ip));
  if (unclaimed.length === 0 || refs.some((ref) => publicIpOf(config, ref) !== null)) return [];
  const names = unclaimed.map(({ name }) => name).join(', ');
  return [
    `No frontend of load balancer ${config.name} refers to the public IPs that were supplied: ${names}.`,
  ];
}

function ofGateway({ natGateways }: AzureConfig, ip: PublicIp): boolean {
  return natGateways.some(({ publicIps }) => publicIps.some((ref) => sameResource(ref, ip)));
}
