import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openCapture } from '#src/capture/open.js';
import { InputError } from '#src/errors.js';
import { temporaryFolder } from '../support/files.js';
import { pcap } from '../support/pcap.js';

const folder = temporaryFolder();
const PCAPNG = Uint8Array.from([
  0x0a,
  0x0d,
  0x0d,
  0x0a,
  28,
  0,
  0,
  0,
  0x4d,
  0x3c,
  0x2b,
  0x1a,
  ...new Array(16).fill(0),
]);
const GZIP = Uint8Array.from([0x1f, 0x8b, 8, 0, ...new Array(24).fill(0)]);

/** Each unusable input with what is said of it, after its path. */
const UNUSABLE: readonly (readonly [name: string, path: string, message: RegExp])[] = [
  ['a missing file', `${folder.path}/nowhere.pcap`, /^ does not exist; check the path$/],
  ['a folder', folder.path, /^ is a directory; name a capture file in it$/],
  ['an empty file', folder.write('empty.pcap', ''), /^ is empty \(0 bytes\); was the capture stopped before/],
  [
    'a text file',
    folder.write('notes.pcap', 'these are notes about a capture\n'),
    /^ is text, not a capture; a capture is what tcpdump -w and dumpcap -w write$/,
  ],
  [
    'something else',
    folder.write('else.pcap', Uint8Array.of(1, 2, 3, 4, 5)),
    /^ is not a capture: it begins with bytes 01 02 03 04; expected pcap or pcapng \(editcap /,
  ],
  ['a file of one byte', folder.write('one.pcap', '\n'), /^ is not a capture: it begins with bytes 0a; /],
  [
    'a file header that is cut',
    folder.write('cut.pcap', pcap([]).subarray(0, 23)),
    /^ begins like pcap, but its 23 bytes do /,
  ],
  [
    'the magic of pcapng',
    folder.write('new.pcapng', PCAPNG.subarray(0, 27)),
    /^ begins like pcapng, but its 27 bytes do /,
  ],
  [
    'gzip that is damaged',
    folder.write('packed.pcap.gz', GZIP),
    /^ holds nothing that can be read: the gzip stream is cut or damaged/,
  ],
  ['a path through a file', `${folder.write('file.pcap', 'x')}/inner.pcap`, /^ cannot be read: ENOTDIR/],
];

for (const [name, path, message] of UNUSABLE) {
  test(`${name} is refused in one line that names it`, async () => {
    await assert.rejects(openCapture(path), (error: Error) => {
      assert.ok(error instanceof InputError);
      assert.ok(error.message.startsWith(path));
      assert.match(error.message.slice(path.length), message);
      assert.doesNotMatch(error.message, /\n/);
      return true;
    });
  });
}

test('a capture of nothing but its header is a capture', async () => {
  const capture = await openCapture(folder.write('header.pcap', pcap([])));
  assert.equal(capture.reader.format, 'pcap');
  assert.equal(capture.size, 24);
  await capture.close();
});
