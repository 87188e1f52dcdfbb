import type { Endpoint, Finding } from '../result.js';
import type { Allowance } from './schema.js';

/** Whether an allowance is about a finding of a pair, whatever its date. */
export function isAbout(allowance: Allowance, finding: Finding, pair: string): boolean {
  const { path } = finding;
  return (
    same(allowance.pair, pair) &&
    same(allowance.class, finding.class) &&
    same(allowance.subtype, finding.subtype) &&
    same(allowance.originator, finding.originator) &&
    isAt(allowance.frontend, path.frontend ?? path.backend) &&
    isAt(allowance.client, path.client ?? path.lbPeer)
  );
}

/** Whether its last day has passed. @param today as `2027-01-31` */
export function isExpired({ expires }: Allowance, today: string): boolean {
  return expires !== undefined && expires < today;
}

function same(wanted: string | undefined, is: string | null): boolean {
  return wanted === undefined || wanted === is;
}

/** `10.0.0.1`, `10.0.0.1:443`, `2001:db8::1`, `[2001:db8::1]:443` */
function isAt(wanted: string | undefined, end: Endpoint | null): boolean {
  if (wanted === undefined) return true;
  if (end === null) return false;
  const whole = end.ip.includes(':') ? `[${end.ip}]:${end.port}` : `${end.ip}:${end.port}`;
  return wanted === end.ip || wanted === whole;
}
