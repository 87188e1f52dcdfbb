import type { ProductModel } from '../../lb/product-model.js';
import type { Rule } from '../case.js';
import { inconclusive } from '../outcome.js';
import type { CauseMark } from '../types.js';

/** NetScaler's window codes for idle connections: the clean-up, and the sweep (CTX200852). */
const NETSCALER_IDLE = [8211, 9300, 9301, 9302, 9303];
/** Its codes lie in this range; other windows are windows. */
const NETSCALER_CODES = { from: 8196, to: 9862 };
const NETSCALER_PAGE = 'https://support.citrix.com/article/CTX200852';
const F5_PAGE = 'https://my.f5.com/manage/s/article/K13223';
const F5_IDLE = /flow expired/i;

/** A reset that states its cause, and states another one than idleness. It counts only for the product declared. */
export const statedCause: Rule = ({ judged, effective, product }) => {
  const stated = product === null ? null : foreignCause(product, judged.marks ?? []);
  return stated === null ? null : inconclusive(effective.rule, stated);
};

function foreignCause({ id }: ProductModel, marks: readonly CauseMark[]): string | null {
  if (id === 'netscaler') return netscalerCause(marks);
  return id.startsWith('f5-') ? f5Cause(marks) : null;
}

function netscalerCause(marks: readonly CauseMark[]): string | null {
  const code = marks.map(({ window }) => window).find(isCode);
  if (code === undefined || NETSCALER_IDLE.includes(code)) return null;
  return `The window of the reset is ${code}, which on a NetScaler is the code of another cause than an idle connection (${NETSCALER_PAGE}).`;
}

function isCode(window: number): boolean {
  return window >= NETSCALER_CODES.from && window <= NETSCALER_CODES.to;
}

function f5Cause(marks: readonly CauseMark[]): string | null {
  const text = marks.map(({ payload }) => payload).find((one) => one !== null && /[a-z]{3}/i.test(one));
  if (text == null || F5_IDLE.test(text)) return null;
  return `The payload of the reset says "${text}", which on a BIG-IP is its cause, and not that the flow expired (${F5_PAGE}).`;
}
