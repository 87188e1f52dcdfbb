import type { Policy } from '../lb/model.js';
import { checkPolicy } from '../policy/check.js';
import type { JudgedFlow } from '../policy/types.js';
import type { PolicyCheck } from '../result.js';

/** What the policy says of a flow, with the settings that led to it. */
export function checkWithReasons(judged: JudgedFlow, policy: Policy): PolicyCheck {
  const { seconds, considered, source } = policy.resolve(judged.flow);
  const settings = considered.map(({ name, seconds, won, because }) => ({ name, seconds, won, because }));
  const { title, url } = source;
  return { ...checkPolicy(judged, policy), effectiveTimeout: { seconds, settings, source: { title, url } } };
}
