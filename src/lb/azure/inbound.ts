import { formatDuration, minutesToSeconds } from '../duration.js';
import type { ConsideredSetting, Dispute, EffectiveTimeout, FlowQuery } from '../model.js';
import type { AzureTimeout } from './decision.js';
import { FLOATING_IP_DISPUTE, PRECEDENCE_DISPUTE, TCP_RESET_PAGE } from './facts.js';
import { frontendOf, publicIpOf } from './lookup.js';
import { matchingRules } from './match.js';
import { ambiguous, noMatch } from './no-answer.js';
import { resetActionOf } from './reset-action.js';
import { type AzureConfig, type Frontend, type PublicIpRef, RULE_WORDS, type Rule } from './types.js';

/** What precedence makes of one rule: everything of the answer that is about the seconds. */
type Decided = Pick<EffectiveTimeout, 'seconds' | 'rule' | 'considered' | 'text'> & {
  readonly doubts: readonly string[];
  readonly disputes: readonly Dispute[];
};

/** The effective timeout of an inbound flow (TCP_RESET_PAGE, "Order of precedence", inbound). */
export function resolveInbound(config: AzureConfig, flow: FlowQuery): AzureTimeout {
  const answers = matchingRules(config, flow).map((rule) => resolveRule(config, rule));
  if (answers.length === 0) return noMatch(config, flow);
  const [first, ...others] = answers;
  return others.every((other) => agree(first, other)) ? first : ambiguous(config, answers);
}

function agree(a: AzureTimeout, b: AzureTimeout): boolean {
  return a.seconds === b.seconds && a.action === b.action;
}

function resolveRule(config: AzureConfig, rule: Rule): AzureTimeout {
  const frontend = frontendOf(config, rule);
  const decided = decide(config, rule, frontend);
  const reset = resetActionOf(config, rule, frontend);
  return {
    ...decided,
    action: reset.action,
    source: TCP_RESET_PAGE,
    doubts: [...decided.doubts, ...reset.doubts],
    clauses: reset.clauses,
    disputes: rule.floatingIp ? [...decided.disputes, FLOATING_IP_DISPUTE] : decided.disputes,
    levers: { lb: config, rule, publicIp: frontend?.publicIp ?? null, resetPossible: reset.possible },
  };
}

function decide(config: AzureConfig, rule: Rule, frontend: Frontend | null): Decided {
  if (frontend === null) return frontendMissing(rule);
  if (frontend.publicIp === null) return privateFrontend(rule, frontend);
  const ip = publicIpOf(config, frontend.publicIp);
  return ip === null ? publicIpMissing(rule, frontend.publicIp) : compared(rule, ip.name, ip.minutes);
}

function compared(rule: Rule, ipName: string, ipMinutes: number): Decided {
  const ipSetting = { name: `frontend public IP ${ipName}`, seconds: minutesToSeconds(ipMinutes) };
  if (ipMinutes === rule.minutes) {
    const considered = [
      ruleSetting(rule, true, 'both agree'),
      { ...ipSetting, won: false, because: 'both agree' },
    ];
    return byRule(
      rule,
      considered,
      `${sentence(named(rule))} and ${ipSetting.name} both say ${minutesText(rule)}.`,
    );
  }
  return {
    seconds: ipSetting.seconds,
    rule: 'azure/frontend-timeout-wins',
    considered: [
      { ...ipSetting, won: true, because: "the frontend's value wins where it differs from the rule's" },
      ruleSetting(rule, false, "the frontend's public IP says otherwise"),
    ],
    text: `${sentence(ipSetting.name)} says ${formatDuration(ipSetting.seconds)}, ${named(rule)} ${minutesText(rule)}: where they differ, Azure uses the frontend's value.`,
    doubts: [],
    disputes: [PRECEDENCE_DISPUTE],
  };
}

function privateFrontend(rule: Rule, frontend: Frontend): Decided {
  const because = `frontend ${frontend.name} is private and has no timeout of its own`;
  return byRule(
    rule,
    [ruleSetting(rule, true, because)],
    `${sentence(named(rule))} says ${minutesText(rule)}; ${because}.`,
  );
}

function byRule(rule: Rule, considered: readonly ConsideredSetting[], text: string): Decided {
  const seconds = minutesToSeconds(rule.minutes);
  return { seconds, rule: 'azure/rule-timeout', considered, text, doubts: [], disputes: [] };
}

function publicIpMissing(rule: Rule, ref: PublicIpRef): Decided {
  const name = `frontend public IP ${ref.name}`;
  return undecided(
    [
      { name, seconds: null, won: false, because: 'its settings were not supplied' },
      ruleSetting(rule, false, 'it counts only if the public IP says the same'),
    ],
    `${sentence(named(rule))} says ${minutesText(rule)}, but ${name} decides and its settings were not supplied.`,
    `The timeout of ${name} is not known: add the output of "az network public-ip show" for it.`,
  );
}

function frontendMissing(rule: Rule): Decided {
  return undecided(
    [ruleSetting(rule, false, 'its frontend is not known')],
    `${sentence(named(rule))} says ${minutesText(rule)}, but the configuration does not hold its frontend, whose value would win.`,
    `The frontend of ${named(rule)} is not in the configuration: add the whole output of "az network lb show".`,
  );
}

function undecided(considered: readonly ConsideredSetting[], text: string, doubt: string): Decided {
  const rule = 'azure/frontend-timeout-wins';
  return { seconds: null, rule, considered, text, doubts: [doubt], disputes: [PRECEDENCE_DISPUTE] };
}

function ruleSetting(rule: Rule, won: boolean, because: string): ConsideredSetting {
  return { name: named(rule), seconds: minutesToSeconds(rule.minutes), won, because };
}

function named(rule: Rule): string {
  return `${RULE_WORDS[rule.kind]} ${rule.name}`;
}

/** The beginning of a sentence. */
function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function minutesText(rule: Rule): string {
  return formatDuration(minutesToSeconds(rule.minutes));
}
