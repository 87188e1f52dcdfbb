import type { CodeMeaning } from './reason.js';

/**
 * The initial "TCP Failure Causes" (draft-ietf-tcpm-rst-diagnostic-payload, section on IANA considerations). Codes 8 to
 * 14 are meant for boxes on the path too: address translators, firewalls, proxies.
 */
const CAUSES: ReadonlyMap<number, CodeMeaning> = new Map([
  [1, ['illegal option', 'illegal-option']],
  [2, ['desynchronised state', 'desynchronised']],
  [3, ['new data after CLOSE', 'data-after-close']],
  [4, ['ABORT', 'abort']],
  [5, ['unexpected ACK in a state that is not synchronised', 'unexpected-ack']],
  [6, ['unexpected SYN in the window', 'unexpected-syn']],
  [7, ['unexpected security compartment', 'rejected']],
  [8, ['malformed message', 'malformed']],
  [9, ['not authorised', 'rejected']],
  [10, ['resource exceeded', 'resources']],
  [11, ['network failure', 'network-failure']],
  [12, ['reset received from the peer', 'reset-received']],
  [13, ['destination unreachable', 'unreachable']],
  [14, ['connection timeout', 'idle-timeout']],
  [15, ['too much outstanding data', 'performance']],
  [16, ['unacceptable performance', 'performance']],
  [17, ['middlebox interference', 'middlebox-interference']],
]);

/**
 * Name and meaning of a code.
 * @param enterprise private enterprise number of the vocabulary that it is taken from; 0 for the common one
 */
export function failureCause(code: number, enterprise: number): CodeMeaning {
  if (enterprise !== 0) return [`code ${code} of enterprise ${enterprise}`, 'unknown'];
  return CAUSES.get(code) ?? [`unassigned cause ${code}`, 'unknown'];
}
