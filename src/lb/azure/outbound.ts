import { formatDuration, minutesToSeconds } from '../duration.js';
import type { ConsideredSetting } from '../model.js';
import type { AzureTimeout } from './decision.js';
import { OUTBOUND_LOCKED_MINUTES, TCP_RESET_PAGE } from './facts.js';
import { frontendOf } from './lookup.js';
import { ambiguous } from './no-answer.js';
import { resetActionOf, resetSwitch } from './reset-action.js';
import type { AzureConfig, Rule } from './types.js';

const LOCKED_SECONDS = minutesToSeconds(OUTBOUND_LOCKED_MINUTES);

/** Neither stands in the load balancer's configuration, and both come before its outbound rules. */
const OTHER_EXITS_DOUBT =
  'A NAT gateway on the subnet or a public IP on the machine itself would take this outbound flow away from the load balancer.';

/** The effective timeout of an outbound flow (TCP_RESET_PAGE, "Order of precedence", outbound). */
export function resolveOutbound(config: AzureConfig): AzureTimeout {
  if (config.outbound.length === 0) return locked(config);
  const answers = config.outbound.map((rule) => resolveRule(config, rule));
  const [first, ...others] = answers;
  const agree = others.every((other) => other.seconds === first.seconds && other.action === first.action);
  return agree ? first : ambiguous(config, answers);
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

function resolveRule(config: AzureConfig, rule: Rule): AzureTimeout {
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
    doubts: [OTHER_EXITS_DOUBT, ...reset.doubts],
    clauses: reset.clauses,
    // The public IP's value does not count outward, so it is no lever.
    levers: { lb: config, rule, publicIp: null, resetPossible: reset.possible },
  };
}

function lockSetting(won: boolean, because: string): ConsideredSetting {
  return { name: 'outbound timeout of public IPs', seconds: LOCKED_SECONDS, won, because };
}
