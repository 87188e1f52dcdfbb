import { createHash } from 'node:crypto';
import type { Endpoint, Finding } from './result.js';

const LENGTH = 32;

/**
 * What makes a finding the same one in another capture: what happened, and between which hosts. Neither frames nor
 * times nor the client's port, which change from one capture to the next.
 */
export function identityOf(finding: Finding): string {
  const { kind, subtype, policyCheck, path } = finding;
  const service = (end: Endpoint | null) => end && [end.ip, end.port];
  const parts = [
    [kind, finding.class, subtype, policyCheck?.status === 'violates'],
    path.client?.ip ?? path.lbPeer?.ip,
    service(path.frontend),
    service(path.backend),
  ];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, LENGTH);
}
