import { formatDuration } from '../duration.js';
import type { ExpiryAction, FlowQuery } from '../model.js';
import type { AzureTimeout, Levers } from './decision.js';
import { TCP_RESET_PAGE } from './facts.js';
import { addressOf, frontendOf } from './lookup.js';
import type { AzureConfig, Ports, Rule } from './types.js';

/** How many rules a message lists before it says how many more there are. */
const LISTED_RULES = 5;

/** The answer for a flow that no TCP rule forwards. */
export function noMatch(config: AzureConfig, flow: FlowQuery): AzureTimeout {
  return {
    seconds: null,
    action: 'unknown',
    rule: 'azure/no-matching-rule',
    considered: [],
    text: `No TCP rule of load balancer ${config.name} has ${wanted(flow)}; it has ${listed(config)}.`,
    source: TCP_RESET_PAGE,
    doubts: [
      'The rule that forwards this flow is not in the configuration: is this the load balancer on its path?',
    ],
    clauses: {},
    levers: unknownLevers(config),
  };
}

function wanted({ frontend, backend }: FlowQuery): string {
  if (frontend !== null) return `frontend ${endpoint(frontend)}`;
  return backend === null ? 'this flow' : `backend port ${backend.port}`;
}

/** The answer for a flow that several rules may forward, with different outcomes; what they share still holds. */
export function ambiguous(config: AzureConfig, answers: readonly AzureTimeout[]): AzureTimeout {
  const values = answers.map(({ levers, seconds }) => `${levers.rule?.name} (${duration(seconds)})`);
  const seconds = shared(
    answers.map((answer) => answer.seconds),
    null,
  );
  const action = shared<ExpiryAction>(
    answers.map((answer) => answer.action),
    'unknown',
  );
  return {
    seconds,
    action,
    rule: 'azure/ambiguous-rule',
    considered: answers.flatMap((answer) => answer.considered.map((setting) => ({ ...setting, won: false }))),
    text: `Several rules of load balancer ${config.name} can have forwarded this flow and disagree: ${values.join(', ')}.`,
    source: TCP_RESET_PAGE,
    doubts: ['Which rule forwarded this flow is not known: the addresses of the frontends would tell.'],
    clauses: action === 'unknown' ? {} : answers[0].clauses,
    levers: unknownLevers(config),
  };
}

function shared<T>(values: readonly T[], otherwise: T): T {
  return values.every((value) => value === values[0]) ? values[0] : otherwise;
}

function unknownLevers(config: AzureConfig): Levers {
  return { lb: config, rule: null, publicIp: null, resetPossible: false };
}

function listed(config: AzureConfig): string {
  const rules = config.inbound.map((rule) => `${rule.name} (${place(config, rule)})`);
  if (rules.length === 0) return 'none at all';
  const more = rules.length > LISTED_RULES ? ` and ${rules.length - LISTED_RULES} more` : '';
  return rules.slice(0, LISTED_RULES).join(', ') + more;
}

function place(config: AzureConfig, rule: Rule): string {
  const frontend = frontendOf(config, rule);
  const host = addressOf(config, frontend) ?? frontend?.name ?? 'unknown frontend';
  return `${host} ${portsText(rule.frontendPorts)}`;
}

function portsText(ports: Ports): string {
  if (ports === 'all') return 'all ports';
  return ports.from === ports.to ? `port ${ports.from}` : `ports ${ports.from}-${ports.to}`;
}

function endpoint({ ip, port }: { readonly ip: string; readonly port: number }): string {
  return ip.includes(':') ? `[${ip}]:${port}` : `${ip}:${port}`;
}

function duration(seconds: number | null): string {
  return seconds === null ? 'not known' : formatDuration(seconds);
}
