import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { openCapture } from '#src/capture/open.js';
import { InputError } from '#src/errors.js';
import { ascii, type Bytes, join, zeros } from '../support/bytes.js';
import { temporaryFolder } from '../support/files.js';

const folder = temporaryFolder();

const FOREIGN: readonly (readonly [name: string, head: Bytes, message: RegExp])[] = [
  [
    'a.snoop',
    ascii('snoop\0\0\0\0\0\0\x02'),
    /is a snoop capture \(RFC 1761\); convert it first: editcap -F pcapng in out$/,
  ],
  ['netmon2.cap', ascii('GMBU\0\x02'), /is a Microsoft Network Monitor 2 capture; convert it first: editcap/],
  [
    'netmon1.cap',
    ascii('RTSS\x01\x01'),
    /is a Microsoft Network Monitor 1 capture; convert it first: editcap/,
  ],
  ['sniffer.cap', ascii('TRSNIFF data    \x1a'), /is a Sniffer capture; convert/],
  ['peek.pkt', ascii('\x7fver\0'), /is an EtherPeek or OmniPeek capture; convert/],
  ['iptrace', ascii('iptrace 2.0'), /is an AIX iptrace capture; convert/],
  ['trace.etl', [0, 0x10, 0, 0, 1, 2, 3, 4], /is a Windows event trace; convert it first: etl2pcapng/],
  ['trace.erf', [1, 2, 3, 4, 5, 6, 7, 8], /is an Endace ERF capture; convert/],
  ['a.lz4', [0x04, 0x22, 0x4d, 0x18, 0x64], /is compressed with LZ4; decompress it first: lz4 -d$/],
  ['a.xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0], /is compressed with xz; decompress it first: xz -d$/],
  ['a.bz2', ascii('BZh91AY'), /is compressed with bzip2; decompress it first: bzip2 -d$/],
  ['a.zip', ascii('PK\x03\x04\x14'), /is a zip archive; unpack it and name the captures in it$/],
  ['a.7z', [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], /is a 7z archive; unpack it/],
  ['a.tgz', gzipSync(join(zeros(257), ascii('ustar\0'), zeros(249))), /is a tar archive; unpack it/],
  [
    'tcpdump.txt',
    ascii('12:00:00.1 IP 10.0.0.1.443 > 10.0.0.2.40000: Flags [R]\n'),
    /is text, not a capture; .* tcpdump -w/,
  ],
];

for (const [name, head, message] of FOREIGN) {
  test(`${name} is recognised, and what to do is said`, async () => {
    const path = folder.write(name, join(head, zeros(/t(gz|xt)$/.test(name) ? 0 : 40)));
    await assert.rejects(openCapture(path), (error: Error) => {
      assert.ok(error instanceof InputError);
      assert.ok(error.message.startsWith(path));
      assert.match(error.message, message);
      assert.doesNotMatch(error.message, /\n/);
      return true;
    });
  });
}
