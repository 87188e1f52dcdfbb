import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { DIRECTION_INBOUND, DIRECTION_OUTBOUND } from '#src/capture/frame.js';
import type { SideState } from '#src/flow/connection.js';
import { Story } from '../support/story.js';

/** What is known of the server after it sent segments with these header fields. */
function serverAfter(headers: readonly { ttl?: number; ipId?: number }[]): SideState {
  const story = new Story().handshake();
  for (const header of headers) story.down({ flags: 'PA', data: 1, ...header });
  const { sides } = story.tape.connection();
  if (sides === null) throw new Error('no details were kept');
  return sides[1];
}

test('the TTL baseline is what most segments had', () => {
  const { ttl, ttlLowest, ttlHighest, ttlSamples } = serverAfter(
    [57, 57, 250, 57, 44, 57, 57].map((one) => ({ ttl: one })),
  );
  assert.deepEqual([ttl, ttlLowest, ttlHighest, ttlSamples], [57, 44, 250, 7]);
});

test('the TTL baseline is the majority whenever there is one', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 40 }), (ttls) => {
      const counts = ttls.map((ttl) => ttls.filter((other) => other === ttl).length);
      const majority = ttls.find((_, i) => counts[i] > ttls.length / 2);
      const side = serverAfter(ttls.map((ttl) => ({ ttl })));
      if (majority !== undefined) assert.equal(side.ttl, majority);
      assert.deepEqual([side.ttlLowest, side.ttlHighest], [Math.min(...ttls), Math.max(...ttls)]);
    }),
  );
});

test('SYN, SYN-ACK and RST stay out of the baseline', () => {
  const story = new Story();
  story.up({ flags: 'S' });
  story.down({ flags: 'SA', ttl: 255, ipId: 9 });
  story.up({ flags: 'A' });
  story.down({ flags: 'PA', data: 1, ttl: 57, ipId: 100 });
  story.down({ flags: 'R', ttl: 3, ipId: 7 });
  const { ttl, ttlSamples, ttlLowest, ttlHighest, ipIdLast, ipIdSamples } =
    story.tape.connection().sides?.[1] ?? {};
  assert.deepEqual([ttl, ttlSamples, ttlLowest, ttlHighest], [57, 1, 57, 57]);
  assert.deepEqual([ipIdLast, ipIdSamples], [100, 0]);
});

test('an IP identification that counts is told from one that jumps and one that is 0', () => {
  const idsOf = (ids: readonly number[]) => {
    const { ipIdSamples, ipIdSteps, ipIdZeros, ipIdLast } = serverAfter(ids.map((ipId) => ({ ipId })));
    return { samples: ipIdSamples, steps: ipIdSteps, zeros: ipIdZeros, last: ipIdLast };
  };
  assert.deepEqual(idsOf([10, 11, 12, 76]), { samples: 3, steps: 3, zeros: 0, last: 76 });
  assert.deepEqual(idsOf([0xfffe, 0xffff, 1]), { samples: 2, steps: 2, zeros: 0, last: 1 });
  assert.deepEqual(idsOf([0, 0, 0]), { samples: 2, steps: 0, zeros: 2, last: 0 });
  assert.deepEqual(idsOf([500, 41_000, 12, 12]), { samples: 3, steps: 0, zeros: 0, last: 12 });
});

test('a side is local when the capturing host said that it sent one of its segments', () => {
  const story = new Story();
  story.up({ flags: 'S', direction: DIRECTION_INBOUND });
  story.down({ flags: 'SA', direction: DIRECTION_OUTBOUND });
  assert.deepEqual(
    story.tape.connection().sides?.map(({ local }) => local),
    [false, true],
  );
});

test('activity is dated by the last segment and by the last payload of each side', () => {
  const story = new Story().handshake();
  story.up({ flags: 'PA', data: 3, at: 5 });
  story.down({ flags: 'A', at: 6 });
  story.up({ flags: 'A', at: 7 });
  const [client, server] = story.tape.connection().sides ?? [];
  assert.deepEqual(
    [client?.lastTime, client?.lastFrame, client?.lastDataTime, client?.lastDataFrame],
    [7e9, 6, 5e9, 4],
  );
  assert.deepEqual([server?.lastTime, server?.lastFrame, server?.lastDataFrame], [6e9, 5, 0]);
});
