/** Something that people hand in as a capture and that is none, or none that is read here. */
interface Foreign {
  readonly what: string;
  /** What to do, to go on after "; ". */
  readonly advice: string;
  /** Where its magic stands. */
  readonly at: number;
  readonly magic: string;
}

const CONVERT = 'convert it first: editcap -F pcapng in out';

function packed(what: string, magic: string, tool: string): Foreign {
  return { what, advice: `decompress it first: ${tool}`, at: 0, magic };
}

function capture(what: string, magic: string, advice = CONVERT): Foreign {
  return { what, advice, at: 0, magic };
}

/** Magics as bytes in Latin-1. Captures: the open routines of Wireshark's wiretap; archives: their own formats. */
const FOREIGN: readonly Foreign[] = [
  packed('compressed with LZ4', '\x04\x22\x4d\x18', 'lz4 -d'),
  packed('compressed with LZ4 (legacy frames)', '\x02\x21\x4c\x18', 'lz4 -d'),
  packed('compressed with xz', '\xfd7zXZ\0', 'xz -d'),
  packed('compressed with bzip2', 'BZh', 'bzip2 -d'),
  packed('compressed with lzip', 'LZIP', 'lzip -d'),
  packed('compressed with compress (.Z)', '\x1f\x9d', 'gzip -d'),
  { what: 'a zip archive', advice: 'unpack it and name the captures in it', at: 0, magic: 'PK\x03\x04' },
  {
    what: 'a 7z archive',
    advice: 'unpack it and name the captures in it',
    at: 0,
    magic: '7z\xbc\xaf\x27\x1c',
  },
  { what: 'a tar archive', advice: 'unpack it and name the captures in it', at: 257, magic: 'ustar' },
  capture('a snoop capture (RFC 1761)', 'snoop\0\0\0'),
  capture('a Microsoft Network Monitor 1 capture', 'RTSS'),
  capture('a Microsoft Network Monitor 2 capture', 'GMBU'),
  capture('a NetXRay or Sniffer capture', 'XCP\0'),
  capture('a NetXRay capture', 'VL\0\0'),
  capture('a Sniffer capture', 'TRSNIFF data    \x1a'),
  capture('an Observer capture', 'ObserverPktBuffe'),
  capture('a LANalyzer capture', '\x01\x10\x4c\0'),
  capture('an AIX iptrace capture', 'iptrace '),
  capture('an HP-UX nettl trace', '\0\0\0\x01\0\0\0\0\0\x07\xd0\0'),
  capture('an HP-UX nettl trace', 'TR\0d'),
  capture('an InfoVista 5View capture', '\xaa\xaa\xaa\xaa'),
  capture('an EtherPeek or OmniPeek capture', '\x7fver'),
  capture('an EyeSDN capture', 'EyeSDN'),
  capture('a Visual Networks capture', '\x05VNF'),
  capture('a K12 text capture', '+---------+-----'),
  capture('a Bluetooth snoop log', 'btsnoop\0', 'it holds no TCP'),
];

/** Event traces of Windows and Endace's records have no magic; their ending tells. */
const EVENT_TRACE = /\.etl$/i;
const ENDACE = /\.erf$/i;
/** Tabs, line ends and printable ASCII: as many of them as are looked at. */
const TEXT = /^[\t\n\r\x20-\x7e]{8,}$/;
const LOOKED_AT = 64;

/** Why something that is no capture is none, and what to do about it; null when nothing is known of it. */
export function describeForeign(path: string, head: Uint8Array): string | null {
  const text = Buffer.from(head).toString('latin1');
  const known = FOREIGN.find(({ at, magic }) => text.startsWith(magic, at));
  if (known !== undefined) return `is ${known.what}; ${known.advice}`;
  if (ENDACE.test(path)) return `is an Endace ERF capture; ${CONVERT}`;
  if (EVENT_TRACE.test(path))
    return 'is a Windows event trace; convert it first: etl2pcapng in.etl out.pcapng';
  if (TEXT.test(text.slice(0, LOOKED_AT)))
    return 'is text, not a capture; a capture is what tcpdump -w and dumpcap -w write';
  return null;
}

/** First bytes that `describeForeign` wants: as far as a tar header reaches. */
export const FOREIGN_HEAD = 512;
