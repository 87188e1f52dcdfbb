import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Closes } from '#src/evidence/closes.js';
import { gatherEvidence } from '#src/evidence/gather.js';
import { pairVantages } from '#src/pair/path.js';
import { CLIENT, SERVER, Story } from '../support/story.js';
import { Tape } from '../support/tape.js';

const SECOND = 1e9;

/** A capture in which a server answers a client every ten seconds, and closes each connection so long after that. */
function closing(gaps: readonly number[]): { tape: Tape; last: Story } {
  const tape = new Tape();
  const told = gaps.flatMap((gap, i) => {
    const story = new Story(tape, { ...CLIENT, port: 40_000 + i }, SERVER, [1000 * i, 1000 * i + 500]);
    const at = 10 * i;
    const opened = () => {
      story.handshake(at);
      story.up({ flags: 'PA', data: 5 });
      story.down({ flags: 'PA', data: 5, at: at + 1 });
      story.up({ flags: 'A' });
    };
    return [
      { at, tell: opened, story },
      { at: at + 1 + gap, tell: () => story.down({ flags: 'FA', at: at + 1 + gap }), story },
    ];
  });
  for (const { tell } of told.sort((a, b) => a.at - b.at)) tell();
  return { tape, last: told[told.length - 1].story };
}

/** What the other closes say of the one of the last connection. */
function aroundLast(gaps: readonly number[]) {
  const pairing = pairVantages(closing(gaps).tape.record('client'), null);
  const gap = (gaps.at(-1) as number) * SECOND;
  const time = (10 * (gaps.length - 1) + 1) * SECOND + gap;
  return new Closes(pairing).around('client', SERVER.ip, time, gap);
}

describe('closes of a host after the same time without data', () => {
  it('are more than chance has where hardly any other came about then', () => {
    const { likewiseIdle, likewiseByChance } = aroundLast([20, 20, 20, 20, 23, 20]);
    assert.equal(likewiseIdle, 4);
    // One other between 10 and 30 s, of which 0.8 s count as the same time.
    assert.ok(Math.abs(likewiseByChance - 0.8 / 19.2) < 1e-9, `${likewiseByChance}`);
  });

  it('are chance where as many came after any time', () => {
    const any = Array.from({ length: 40 }, (_, i) => 10.25 + 0.5 * i);
    const { likewiseIdle, likewiseByChance } = aroundLast([...any, 20]);
    assert.equal(likewiseIdle, 2);
    assert.ok(likewiseByChance > 1, `${likewiseByChance}`);
  });

  it('are all chance where the time is no longer than what counts as the same', () => {
    const { likewiseIdle, likewiseByChance } = aroundLast([0.05, 0.05, 0.05]);
    assert.ok(likewiseByChance >= likewiseIdle);
  });
});

describe('a reset after its sender had closed an idle connection', () => {
  /** Whether the close counts as a timer's. */
  const inStep = (gaps: readonly number[]) => {
    const { tape, last } = closing(gaps);
    last.up({ flags: 'PA', data: 5 });
    last.down({ flags: 'R', window: 0 });
    const pairing = pairVantages(tape.record('client'), null);
    const [event] = [...gatherEvidence(pairing, () => true)].flatMap((path) => path.events);
    return event.facts.get('closed-in-step')?.state;
  };

  it('closed in step with others of the host that had waited as long', () => {
    assert.equal(inStep([20, 20, 20, 20]), true);
  });

  it('did not where too few had', () => {
    assert.equal(inStep([20, 20, 20]), false);
  });

  it('did not where others closed after any time', () => {
    const any = Array.from({ length: 40 }, (_, i) => 10.25 + 0.5 * i);
    assert.equal(inStep([...any, 20]), false);
  });
});
