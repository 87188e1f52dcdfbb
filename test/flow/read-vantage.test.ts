import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ReadProgress, readVantage } from '#src/read-vantage.js';
import { zeros } from '../support/bytes.js';
import { temporaryFolder } from '../support/files.js';
import { ipv4, UDP } from '../support/ip.js';
import { ethernet } from '../support/link.js';
import { type PcapForm, type PcapRecord, pcap } from '../support/pcap.js';
import { tcp } from '../support/tcp.js';

const folder = temporaryFolder();
const SYN = ethernet(ipv4({}, tcp({ flags: 'S' })));
const SECOND = 1_000_000_000n;

const read = (records: readonly PcapRecord[], form?: PcapForm) =>
  readVantage('client', folder.write('some.pcap', pcap(records, form)));

test('a capture is counted, dated and named', async () => {
  const times = [10n, 11n, 14n].map((second) => second * SECOND);
  const record = await read([
    { time: times[0], bytes: SYN },
    { time: times[1], bytes: ethernet(ipv4({ protocol: UDP }, zeros(20))) },
    { time: times[2], bytes: ethernet(ipv4({}, tcp({ flags: 'R', seq: 1001 }))) },
  ]);
  const { vantage, format, linkTypes, frames, baseTime, lastTime, warnings, log } = record;
  assert.deepEqual([vantage, format, linkTypes, frames], ['client', 'pcap', ['EN10MB'], 3]);
  assert.deepEqual([baseTime, lastTime], [10n * SECOND, 4e9]);
  assert.deepEqual([log.counts.tcpSegments, log.counts.resetSegments, log.connections.length], [2, 1, 1]);
  assert.deepEqual(warnings, []);
});

test('a capture without frames is a capture', async () => {
  const { frames, baseTime, linkTypes, warnings } = await read([]);
  assert.deepEqual([frames, baseTime, linkTypes, warnings], [0, null, [], []]);
});

/** Each way in which frames are passed over, with the whole warning. */
const PASSED_OVER: readonly (readonly [name: string, records: readonly PcapRecord[], warning: string])[] = [
  [
    'later fragments',
    [{ bytes: ethernet(ipv4({ fragmentOffset: 8 }, zeros(40))) }],
    'later-fragments: 1 later IP fragments: their TCP header travelled in the first',
  ],
  [
    'cut headers',
    [
      { bytes: SYN.slice(0, 40), originalLength: 54 },
      { bytes: SYN.slice(0, 20), originalLength: 54 },
    ],
    'headers-cut: 2 frames cut before the end of their headers by the snapshot length',
  ],
  [
    'damaged headers',
    [{ bytes: ethernet(ipv4({ totalLength: 21 }, tcp())) }],
    'malformed: 1 frames whose headers contradict themselves',
  ],
];

for (const [name, records, warning] of PASSED_OVER) {
  test(`${name} are counted and said, the rest is read`, async () => {
    const { warnings, log } = await read([...records, { bytes: SYN }]);
    assert.deepEqual(
      warnings.map(({ code, message }) => `${code}: ${message}`),
      [warning],
    );
    assert.equal(log.counts.tcpSegments, 1);
  });
}

test('a link type that is not read is said with its name', async () => {
  const { warnings, linkTypes } = await read([{ bytes: SYN }], { linkType: 60_000 });
  assert.deepEqual(linkTypes, ['LINKTYPE_60000']);
  assert.deepEqual(
    warnings.map(({ message }) => message),
    ['1 frames of a link type that is not read (LINKTYPE_60000)'],
  );
});

test('a damaged capture gives what can be read of it, with where it is damaged', async () => {
  const { frames, warnings } = await read([
    { bytes: SYN },
    { bytes: [], capturedLength: 0xffff_ffff },
    { time: SECOND, bytes: SYN },
  ]);
  assert.equal(frames, 2);
  assert.deepEqual(
    warnings.map(({ code, frame, byteOffset }) => [code, frame, byteOffset]),
    [['impossible-length', 2, 24 + 16 + SYN.length]],
  );
});

test('progress ends at the end of the file', async () => {
  const path = folder.write('long.pcap', pcap(Array.from({ length: 60_000 }, () => ({ bytes: SYN }))));
  const seen: ReadProgress[] = [];
  await readVantage('server', path, (progress) => seen.push(progress));
  assert.ok(seen.length > 1);
  const { vantage, bytes, totalBytes, frames } = seen[seen.length - 1];
  assert.deepEqual([vantage, bytes, frames], ['server', totalBytes, 60_000]);
});
