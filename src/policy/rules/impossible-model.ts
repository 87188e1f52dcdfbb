import type { Rule } from '../case.js';
import { inconclusive } from '../outcome.js';

/** A full proxy was declared, yet both captures show the same TCP connection: it is not this device that acted. */
export const proxyKeepsNumbers: Rule = ({ judged, effective, product }) => {
  if (product?.kind !== 'proxy' || judged.flow.unbroken !== true) return null;
  return inconclusive(
    effective.rule,
    `${product.name} would end TCP on both sides, yet both captures show one and the same connection: it does not stand between them, and its timers cannot be held against this flow.`,
  );
};
