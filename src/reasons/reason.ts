/**
 * What a reset may say of its own cause, in one vocabulary for every format that says such things: a code of a kernel, of
 * a draft, of a vendor, or words.
 */
export const MEANINGS = [
  'illegal-option',
  'malformed',
  'desynchronised',
  'unexpected-ack',
  'unexpected-syn',
  'no-socket',
  'data-after-close',
  'abort',
  'unread-data',
  'idle-timeout',
  'keepalive-failure',
  'retransmission-timeout',
  'handshake-timeout',
  'reset-received',
  'rejected',
  'resources',
  'unreachable',
  'network-failure',
  'performance',
  'middlebox-interference',
  'configuration',
  'application-error',
  'health-check',
  'unknown',
] as const;
export type Meaning = (typeof MEANINGS)[number];

/** The formats that are understood, in words. */
export const SOURCE_WORDS = {
  'rst-diagnostic-payload': 'RST Diagnostic Payload',
  'linux-rstreason': 'reason of a Linux kernel',
  mptcp: 'option MP_TCPRST',
  f5: 'text as a BIG-IP writes it',
  netscaler: 'window as a NetScaler codes it',
  text: 'text',
} as const;
export type ReasonSource = keyof typeof SOURCE_WORDS;

/** What of a RST can state its cause. */
export interface ResetMarks {
  /** The first bytes of its payload, as far as they were captured and kept; null when there are none. */
  readonly payload: Uint8Array | null;
  /** Bytes of payload on the wire, whatever was captured of them. */
  readonly length: number;
  /** Reason of its MP_TCPRST option; null without one. */
  readonly mptcpReset: number | null;
  /** As it stands in the header, not scaled. */
  readonly window: number;
  /** True when its alleged sender is known to have used other windows only: then it may be no window. */
  readonly foreignWindow: boolean;
}

/** A cause as the RST itself gives it: a claim of whoever built it. */
export interface DeclaredReason {
  readonly source: ReasonSource;
  /** The number in its own vocabulary; null where that has only words. */
  readonly code: number | null;
  /** What its own vocabulary calls it: never text from the packet. */
  readonly name: string;
  readonly means: Meaning;
  /** Words that the RST carries, printable ASCII as it is and every other byte as `\xNN`. */
  readonly text: string | null;
  /** How sure it is that this was meant, 0 to 1: a magic number is, a window that looks like a code is not. */
  readonly trust: number;
}

/** A name and a meaning for a code. */
export type CodeMeaning = readonly [name: string, means: Meaning];
