import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { timerKind } from '#src/finding/timer-kind.js';

describe('whose timer it was', () => {
  it('is a device’s or a program’s where the gaps agree to milliseconds', () => {
    const { timer, text } = timerKind([240.001, 240.004, 240.002], 0);
    assert.equal(timer, 'device');
    assert.match(text, /agree to \d ms/);
  });

  it('is a kernel’s where they spread upward from a likely setting by some per cent', () => {
    const { timer, text } = timerKind([61.44, 60.2, 63.9], 2);
    assert.equal(timer, 'kernel');
    assert.match(text, /upward from 60 s/);
  });

  it('does not show where they differ by more than any one timer explains', () => {
    assert.equal(timerKind([60, 75, 90], 0).timer, 'unknown');
  });

  it('does not show in two gaps', () => {
    assert.equal(timerKind([240.001, 240.002], 0).timer, 'unknown');
  });

  it('does not show in resets on the next packet, which only bound it', () => {
    const { timer, text } = timerKind([], 4);
    assert.equal(timer, 'unknown');
    assert.match(text, /from above only/);
  });

  it('is the same in whatever order the gaps come', () => {
    const gaps = fc.array(fc.double({ min: 5, max: 900, noNaN: true }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(gaps, (values) => {
        const sorted = [...values].sort((a, b) => a - b);
        return timerKind(values, 0).text === timerKind(sorted, 0).text;
      }),
    );
  });
});
