// How confidence is made, with the numbers that the engine has.
import { CAPS } from '../../dist/verdict/caps.js';
import { GATE_TRUST, UNSEEN_REQUIREMENT, WEAK_GATE } from '../../dist/verdict/contributions.js';
import {
  LEAST_CONFIDENCE,
  SOMETHING_ELSE,
  SUREST,
  SUREST_IN_THE_DARK,
  SUREST_WITH_UNSEEN,
} from '../../dist/verdict/judge.js';
import { SUREST_CONSEQUENCE } from '../../dist/verdict/verdict.js';
import { signed } from './rules.mjs';

/** Every number that is not a rule's own. */
export function constantTable() {
  return [
    '| what | how much |',
    '| --- | --- |',
    '| where every rule starts: none is likelier than another before anything was seen | 0 |',
    `| something else altogether, which every cause has to beat | ${signed(SOMETHING_ELSE)} |`,
    `| a required fact that the captures cannot show | ${signed(UNSEEN_REQUIREMENT)} |`,
    `| quality from which a requirement or an exclusion decides by itself | ${GATE_TRUST} |`,
    `| one that fails on less than that, times its quality | ${signed(WEAK_GATE)} |`,
    `| most confidence that there is | ${SUREST} |`,
    `| most where a required fact was not seen | ${SUREST_WITH_UNSEEN} |`,
    `| most where hardly anything of the connection was captured, or nothing but its resets | ${SUREST_WITH_UNSEEN} |`,
    `| most where one capture shows both sides of the load balancer | ${SUREST_IN_THE_DARK} |`,
    `| most for the consequence of an earlier reset | ${SUREST_CONSEQUENCE} |`,
    `| least confidence of a verdict; below it the finding is \`undetermined\` | ${LEAST_CONFIDENCE} |`,
  ];
}

/** Facts that are not independent. */
export function capTable() {
  const rows = CAPS.map(
    ({ facts, most }) => `| ${facts.map((id) => `\`${id}\``).join(', ')} | ${signed(most)} |`,
  );
  return ['| of these together | at most |', '| --- | --- |', ...rows];
}
