import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Fact, type FactId, fact } from '#src/evidence/fact.js';
import { contributions } from '#src/verdict/contributions.js';
import { judge } from '#src/verdict/judge.js';
import { RULES } from '#src/verdict/rules/index.js';
import { ascii, join, u16, u32 } from '../support/bytes.js';
import { analyzed, Conversation } from '../support/conversation.js';
import { assertVerdict, onlyFinding } from './helpers.js';

const diagnostic = (code: number) => join(u16(0x33aa), u16(code), u32(0));
const F5_EXPIRED = ascii('BIG-IP: [0x2409a71:704] Flow expired (sweeper)');

describe('what a RST says of itself', () => {
  it('stands in the finding, with the frame that says it', async () => {
    const talk = new Conversation().handshake().exchange().wait(180);
    talk
      .balancerResets('client', { payload: diagnostic(14) })
      .balancerResets('backend', { payload: diagnostic(14) });
    const finding = onlyFinding(await analyzed([talk]));
    assertVerdict(finding, 'lb-idle-timeout/both-ends-at-timer by load-balancer');
    const { reason } = finding;
    assert.deepEqual(
      [reason?.source, reason?.code, reason?.means, reason?.payloadText],
      ['rst-diagnostic-payload', 14, 'idle-timeout', null],
    );
    assert.ok(
      finding.resets.some(({ vantage, frame }) => vantage === reason?.vantage && frame === reason.frame),
    );
  });

  it('is absent where it says nothing', async () => {
    const talk = new Conversation().handshake().exchange().wait(180).balancerResets('client');
    assert.ok(!('reason' in onlyFinding(await analyzed([talk]))));
  });

  it('does not outweigh where the RST was made: a backend that claims an idle timeout is still the backend', async () => {
    for (const payload of [diagnostic(14), F5_EXPIRED]) {
      const talk = new Conversation().handshake().exchange().wait(2);
      const finding = onlyFinding(await analyzed([talk.segment('backend', { flags: 'RA', payload })]));
      assert.equal(finding.originator, 'backend');
      assert.equal(finding.class, 'backend-originated');
    }
  });

  it('does not make a connection idle that was in use', async () => {
    const talk = new Conversation()
      .handshake()
      .exchange()
      .wait(0.2)
      .segment('client', { flags: 'PA', length: 9 });
    talk.wait(0.05).balancerResets('client', { payload: F5_EXPIRED });
    const finding = onlyFinding(await analyzed([talk]));
    assert.notEqual(finding.class, 'lb-idle-timeout');
  });

  it('is quoted without anything that a terminal would obey', async () => {
    const talk = new Conversation().handshake().exchange().wait(1);
    talk.segment('backend', { flags: 'RA', payload: ascii('BIG-IP: [0x1:2] \u001b[2J</script>\u0007') });
    const { reason } = onlyFinding(await analyzed([talk]));
    assert.equal(reason?.payloadText, 'BIG-IP: [0x1:2] \\x1b[2J</script>\\x07');
    assert.doesNotMatch(reason?.name ?? '', /script/);
  });
});

describe('a claim alone', () => {
  const CLAIMS: readonly FactId[] = [
    'declares-idle-timeout',
    'declares-keepalive-failure',
    'declares-relayed-reset',
    'declares-abort',
    'declares-late-data',
    'declares-no-socket',
    'declares-rejection',
    'declares-overload',
  ];
  const yes = (id: FactId): [FactId, Fact] => [id, fact(id, true, id)];

  for (const claim of CLAIMS)
    it(`never makes a verdict sure: ${claim}`, () => {
      const { candidates } = judge(
        new Map([yes('declares-reason'), yes('declares-balancer'), yes(claim)]),
        RULES,
      );
      for (const { confidence } of candidates) assert.ok(confidence < 0.9, `${confidence}`);
    });

  it('moves no cause against another by more than 15 decibans', () => {
    for (const claim of CLAIMS)
      for (const product of [[], [yes('declares-balancer')]]) {
        const said = new Map([yes('declares-reason'), yes(claim), ...product]);
        const moved = RULES.map((rule) => weightOf(contributions(rule, said), [...said.keys()]));
        assert.ok(Math.max(...moved) - Math.min(...moved) <= 15, `${[...said.keys()]}: ${moved}`);
      }
  });

  function weightOf(all: ReturnType<typeof contributions>, ids: readonly FactId[]): number {
    return ids.reduce((sum, id) => sum + (all?.weights.get(id) ?? 0), 0);
  }
});
