import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { FactId } from '#src/evidence/fact.js';
import { CLIENT, SERVER, Story } from '../support/story.js';
import { Tape } from '../support/tape.js';
import { NOP, timestamps } from '../support/tcp.js';
import { factsOf } from './facts-of.js';

const stamp = (value: number) => [NOP, NOP, timestamps(value)];
const WINDOW = 502;

/** A connection in which both ends have said something, with window 502 throughout. */
function talk(stamped = true, look: { ttl?: number; tos?: number } = {}): Story {
  const options = stamped ? { options: stamp(1000) } : {};
  const story = new Story();
  story.up({ flags: 'S', window: WINDOW, ...options });
  story.down({ flags: 'SA', window: WINDOW, ...options, ...look });
  story.up({ flags: 'A', window: WINDOW, ...options });
  story.down({ flags: 'PA', data: 10, window: WINDOW, ...options, ...look });
  story.up({ flags: 'PA', data: 10, window: 777, ...options, ...look });
  return story;
}

const FORMS: readonly FactId[] = [
  'form-active',
  'form-passive',
  'form-bsd-active',
  'form-windows-active',
  'form-bare-window',
];
const formsOf = (story: Story) => FORMS.filter((id) => factsOf(story).get(id)?.state === true);

/** A story, and the RST that ends it. */
const ended = (story: Story, reset: Parameters<Story['down']>[0]) => {
  story.down(reset);
  return story;
};

describe('the form of a reset', () => {
  it('of Linux has the window of its socket', () => {
    const reset = { flags: 'RA', window: WINDOW, options: stamp(1001) };
    assert.deepEqual(formsOf(ended(talk(), reset)), ['form-active']);
  });

  it('of FreeBSD has none, and timestamps', () => {
    const reset = { flags: 'RA', window: 0, options: stamp(1001) };
    assert.deepEqual(formsOf(ended(talk(), reset)), ['form-active', 'form-bsd-active']);
  });

  it('of Windows has neither, and a TTL that began at 128', () => {
    const reset = { flags: 'RA', window: 0, ttl: 126 };
    assert.deepEqual(formsOf(ended(talk(false, { ttl: 126 }), reset)), [
      'form-active',
      'form-windows-active',
    ]);
    assert.deepEqual(formsOf(ended(talk(false), { flags: 'RA', window: 0, ttl: 63 })), ['form-active']);
  });

  it('without ACK but with a window is that of no kernel', () => {
    assert.deepEqual(formsOf(ended(talk(), { flags: 'R', window: 346 })), ['form-bare-window']);
  });

  it('stays what it is with a cause in the payload, or in MP_TCPRST', () => {
    assert.deepEqual(formsOf(ended(talk(), { flags: 'R', window: 0, data: 8 })), ['form-passive']);
    const reason = { flags: 'R', window: 0, options: [[30, 4, 0x80, 2]] };
    assert.deepEqual(formsOf(ended(talk(), reason)), ['form-passive']);
    assert.deepEqual(formsOf(ended(talk(), { flags: 'R', window: 0, options: stamp(5) })), []);
  });
});

describe('traces of a box without a socket', () => {
  const state = (story: Story, id: FactId) => factsOf(story).get(id)?.state;

  it("are the window of what it answers, where that is not the sender's", () => {
    const mirrored = (window: number) => ended(talk(), { flags: 'R', window });
    assert.equal(state(mirrored(777), 'window-mirrors-trigger'), true);
    assert.equal(state(mirrored(WINDOW), 'window-mirrors-trigger'), false);
    assert.equal(state(mirrored(0), 'window-mirrors-trigger'), false);
  });

  it('are type of service 0 in answer to another: a host takes it over, but for congestion bits', () => {
    const answered = (tos: number, asked: number) =>
      ended(talk(true, { tos: asked }), { flags: 'R', window: 0, tos });
    assert.equal(state(answered(0, 0xb9), 'form-filter-reject'), true);
    assert.equal(state(answered(0xb8, 0xb9), 'form-filter-reject'), false);
    assert.equal(state(answered(0, 0x01), 'form-filter-reject'), null);
  });

  it('are an IP identification where its sender always has 0', () => {
    const reset = (ipId: number) => ended(longTalk(), { flags: 'R', window: 0, ipId });
    assert.equal(state(reset(4711), 'ip-id-class-differs'), true);
    assert.equal(state(reset(0), 'ip-id-class-differs'), false);
  });

  function longTalk(): Story {
    const story = talk();
    for (let i = 0; i < 4; i += 1) story.down({ flags: 'PA', data: 1, window: WINDOW });
    return story;
  }
});

describe('the flow label of a reset', () => {
  it("is that of its sender's segments, or not; IPv4 has none", () => {
    const state = (label: number) => {
      const [client, server] = [
        { ...CLIENT, ip: '2001:db8::1' },
        { ...SERVER, ip: '2001:db8::2' },
      ];
      const story = new Story(new Tape(), client, server).handshake();
      story.down({ flags: 'PA', data: 3, flowLabel: 0x12345 });
      return factsOf(ended(story, { flags: 'RA', flowLabel: label })).get('flow-label-as-sender');
    };
    assert.equal(state(0x12345)?.state, true);
    assert.deepEqual([state(0)?.state, state(0)?.quality], [false, 0.5]);
    assert.equal(factsOf(ended(talk(), { flags: 'RA' })).get('flow-label-as-sender')?.state, null);
  });
});

describe('repeats that nobody acknowledged', () => {
  const story = (steps: readonly number[], reset: Parameters<Story['down']>[0]) => {
    const told = talk();
    const seq = told.next[1];
    let at = 1;
    told.down({ flags: 'PA', data: 20, window: WINDOW, at });
    for (const step of steps) {
      at += step;
      told.down({ flags: 'PA', data: 20, window: WINDOW, seq, at });
    }
    told.down({ at: at + (steps.at(-1) ?? 0), ...reset });
    return factsOf(told).get('repeats-exhausted')?.state;
  };
  const doubling = [0.2, 0.4, 0.8, 1.6, 3.2, 6.4];
  const byKernel = { flags: 'RA', window: 0, options: stamp(9) };

  it('and a reset without window when the next was due: a kernel gave up', () => {
    assert.equal(story(doubling, byKernel), true);
  });

  it('are no giving up when they are few, not backing off, or the reset has a window or comes early', () => {
    assert.equal(story(doubling.slice(0, 3), byKernel), false);
    assert.equal(story([3, 0.1, 3, 0.1, 3, 0.1], byKernel), false);
    assert.equal(story(doubling, { ...byKernel, window: WINDOW }), false);
    assert.equal(story(doubling, { ...byKernel, at: 14 }), false);
  });
});
