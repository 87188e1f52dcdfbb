import { protocolOfIpProtocol } from '../registry.js';
import { refuse, type Segment, STOP_FRAGMENT, STOP_OTHER_PROTOCOL } from '../segment.js';
import { TCP, UDP } from './protocol-numbers.js';

/**
 * A later fragment is said to be one where TCP or a tunnel began in the first. Of UDP it cannot be known: the ports
 * stand in the first fragment, and most of it is DNS.
 */
export function refuseFragment(segment: Segment, protocol: number): false {
  const mayHoldTcp = protocol === TCP || (protocol !== UDP && protocolOfIpProtocol(protocol) !== undefined);
  return refuse(segment, mayHoldTcp ? STOP_FRAGMENT : STOP_OTHER_PROTOCOL);
}
