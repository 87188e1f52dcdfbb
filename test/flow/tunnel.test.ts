import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConnectionReader } from '#src/flow/connection-reader.js';
import { FlowTracker } from '#src/flow/tracker.js';
import { decodeFrame } from '#src/wire/decode.js';
import { Segment } from '#src/wire/segment.js';
import { join, zeros } from '../support/bytes.js';
import { V4 } from '../support/carried.js';
import { frameOf } from '../support/decode.js';
import { ethernet } from '../support/link.js';
import { OUTER_TTL, outer, udpTunnel } from '../support/udp.js';

/** Tunnel and outer TTL of each segment that is kept of these frames. */
function kept(...frames: readonly Uint8Array[]): (readonly [string | null, number | null])[] {
  const tracker = new FlowTracker();
  const segment = new Segment();
  frames.forEach((bytes, i) => {
    const frame = frameOf(bytes);
    frame.number = i + 1;
    frame.time = i * 1e9;
    assert.ok(decodeFrame(frame, segment));
    tracker.add(frame, segment);
  });
  tracker.finish();
  const { segments } = new ConnectionReader(tracker.log).read(0);
  return segments.map(({ tunnel, outerTtl }) => [tunnel, outerTtl]);
}

test('of each kept segment it is known what carried it, and with which TTL; tunnels do not part a connection', () => {
  const vxlan = udpTunnel(4789, join([8, 0, 0, 0], zeros(4), ethernet(V4)));
  assert.deepEqual(kept(ethernet(V4), ethernet(outer(4, V4)), ethernet(vxlan), ethernet(V4)), [
    [null, null],
    ['IP-in-IP', OUTER_TTL],
    ['VXLAN', OUTER_TTL],
    [null, null],
  ]);
});
