import type { ProductModel } from '../../lb/product-model.js';
import type { CodeMeaning } from '../../reasons/reason.js';
import { f5Cause } from '../../reasons/sources/f5.js';
import { netscalerCode } from '../../reasons/sources/netscaler.js';
import type { Rule } from '../case.js';
import { inconclusive } from '../outcome.js';
import type { CauseMark } from '../types.js';

const NETSCALER_PAGE = 'https://support.citrix.com/article/CTX200852';
const F5_PAGE = 'https://my.f5.com/manage/s/article/K13223';

/** A reset that states its cause, and states another one than idleness. It counts only for the product declared. */
export const statedCause: Rule = ({ judged, effective, product }) => {
  const stated = product === null ? null : foreignCause(product, judged.marks ?? []);
  return stated === null ? null : inconclusive(effective.rule, stated);
};

function foreignCause({ id }: ProductModel, marks: readonly CauseMark[]): string | null {
  if (id === 'netscaler') return statedByNetscaler(marks);
  return id.startsWith('f5-') ? statedByF5(marks) : null;
}

function statedByNetscaler(marks: readonly CauseMark[]): string | null {
  const code = marks.map(({ window }) => window).find((window) => netscalerCode(window) !== null);
  if (code === undefined || isIdle(netscalerCode(code))) return null;
  return `The window of the reset is ${code}, which on a NetScaler is the code of another cause than an idle connection (${NETSCALER_PAGE}).`;
}

function isIdle(cause: CodeMeaning | null): boolean {
  return cause !== null && cause[1] === 'idle-timeout';
}

function statedByF5(marks: readonly CauseMark[]): string | null {
  const text = marks.map(({ payload }) => payload).find((one) => one !== null && /[a-z]{3}/i.test(one));
  if (text == null || isIdle(f5Cause(text))) return null;
  return `The payload of the reset says "${text}", which on a BIG-IP is its cause, and not that the flow expired (${F5_PAGE}).`;
}
