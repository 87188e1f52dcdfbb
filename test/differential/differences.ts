/** A capture of the corpus that is read otherwise than tshark reads it: where, why, and what is said instead. */
export interface Difference {
  readonly why: string;
  /** Frames concerned. */
  readonly frames: string;
  /** What replaces tshark's counts. */
  readonly instead: { readonly frames?: number; readonly tcpSegments?: number };
  /** Frames with RST segments that tshark does not show. */
  readonly moreResets?: readonly number[];
}

const BAD_OFFSET =
  'the TCP header says that it is shorter than 20 bytes: tshark shows what it can, here it is damage (warned of)';
const READ_ON =
  'tshark stops at a record whose length cannot be; reading goes on at the next plausible one (warned of)';
const NEWER = 'tshark refuses the version that the file claims; its records are read';

/** Every capture that is read otherwise. Nothing else may differ. */
export const DIFFERENCES: Readonly<Record<string, Difference>> = {
  'gopacket__tests__le__test901.pcapng': { why: NEWER, frames: '2', instead: { frames: 2 } },
  'libpcap__pcapng-invalid-vers-2.pcapng': { why: NEWER, frames: '1', instead: { frames: 1 } },
  'libpcap__filter__AH-IPcomp-IPv6.pcap': {
    why: 'TCP that IPComp compressed: tshark decompresses it, here it is said to be unreadable',
    frames: '3-7, 9, 10',
    instead: { tcpSegments: 8 },
  },
  'libpcap__filter__brcm-tag.pcap': {
    why: 'tshark 4.0 refuses records of this link type for their length; they are counted, the link type is not read',
    frames: 'all',
    instead: { frames: 15 },
  },
  'ndpi__fuzz-2006-09-29-28586.pcap': { why: BAD_OFFSET, frames: '27, 80', instead: { tcpSegments: 114 } },
  'ndpi__reasm_crash_anon.pcapng': { why: BAD_OFFSET, frames: '95', instead: { tcpSegments: 208 } },
  'sv__bug-76__input.pcap': { why: BAD_OFFSET, frames: '46', instead: { tcpSegments: 45 } },
  'sv__defrag__bug-6887-defrag-ppp-ipv4-tcp-syn__frag-ppp-ip-tcp-syn.pcap': {
    why: 'a TCP header spread over three IP fragments: tshark puts them together, here the first is damage (warned of)',
    frames: '1-3',
    instead: { tcpSegments: 0 },
  },
  'zeek__tunnels__gtp__gtp1_gn_normal_incl_fragmentation.pcap': {
    why: 'first fragments of tunnelled packets hold the whole TCP header and count; tshark waits for the rest, which the capture lacks',
    frames: '56, 80, 90, 92',
    instead: { tcpSegments: 72 },
  },
  'pcpp__Tests__Fuzzers__RegressionTests__regression_samples__crash-exception-cast-constructed-record.cap': {
    why: READ_ON,
    frames: '2',
    instead: { frames: 2, tcpSegments: 1 },
  },
  'pcpp__Tests__Fuzzers__RegressionTests__regression_samples__c~z-testcase-minimized-FuzzTarget-5685520970809344.cap':
    { why: READ_ON, frames: '1', instead: { frames: 1 } },
  'sv__bug-1450-04__tls_DER-incomplete-header.pcap': {
    why: READ_ON,
    frames: '7-13',
    instead: { frames: 13, tcpSegments: 13 },
    moreResets: [11, 13],
  },
  'sv__bug-1450-05__tls_DER-incomplete-content.pcap': {
    why: READ_ON,
    frames: '7-13',
    instead: { frames: 13, tcpSegments: 13 },
    moreResets: [11, 13],
  },
};

/** Every file that is refused, with what is said. */
export const REFUSED: Readonly<Record<string, RegExp>> = {
  'libpcap__pcap-invalid-version-1.pcap': /a pcap file of a version before 2\.0/,
  'trex__http_simple_ipv6-0-ex.erf': /an Endace ERF capture; convert it first/,
  'txt__server.pcap': /text, not a capture/,
};
