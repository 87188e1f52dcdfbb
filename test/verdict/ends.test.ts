import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { analyzed, bystander, Conversation } from '../support/conversation.js';
import { assertVerdict, onlyFinding, summary } from './helpers.js';

const open = () => new Conversation().handshake().exchange();

describe('a reset of the backend', () => {
  it('is a refusal when it answers a SYN', async () => {
    const talk = new Conversation().segment('client', { flags: 'S', ack: 0 }).wait(0.02);
    talk.segment('backend', { flags: 'RA', seq: 0, stamped: false, ipId: 0 });
    assertVerdict(
      onlyFinding(await analyzed([talk, bystander(2)])),
      'backend-originated/connection-refused by backend',
    );
  });

  it('is an abort with unread data when a request was never answered', async () => {
    const talk = open()
      .segment('client', { flags: 'PA', length: 500 })
      .wait(0.05)
      .segment('backend', {})
      .wait(1);
    talk.segment('backend', { flags: 'RA' });
    assertVerdict(onlyFinding(await analyzed([talk])), 'backend-originated/abort-unread-data by backend');
  });

  it('is data after close when it had sent FIN and more data came', async () => {
    const talk = open().segment('backend', { flags: 'FA' }).wait(0.05).segment('client', {}).wait(1);
    talk.segment('client', { flags: 'PA', length: 9 }).wait(0.02).answersBare('backend');
    assertVerdict(onlyFinding(await analyzed([talk])), 'backend-originated/data-after-close by backend');
  });

  it('is a lost socket when a live connection is suddenly unknown, even after an idle time', async () => {
    const talk = open()
      .wait(300)
      .segment('client', { flags: 'PA', length: 9 })
      .wait(0.02)
      .answersBare('backend');
    assertVerdict(onlyFinding(await analyzed([talk])), 'backend-originated/no-socket by backend');
  });

  it('is told from a box on its side by the TTL', async () => {
    const talk = open().exchange().exchange().segment('client', { flags: 'PA', length: 9 }).wait(0.02);
    talk.answersBare('backend', { ttl: 60 });
    const finding = onlyFinding(await analyzed([talk]));
    assert.equal(summary(finding), 'middlebox-injected/inline-reject by middlebox');
    assert.ok(finding.confidence < 0.99);
  });

  it('is harmless after both ends had closed', async () => {
    const talk = open()
      .segment('client', { flags: 'FA' })
      .wait(0.03)
      .segment('backend', { flags: 'FA' })
      .wait(0.03);
    talk.segment('client', {}).wait(0.1).segment('backend', { flags: 'RA' });
    const finding = onlyFinding(await analyzed([talk]));
    assert.equal(finding.class, 'backend-originated');
    assert.equal(finding.impact, 'harmless');
  });

  it('gathers a train of resets in one finding', async () => {
    const talk = open().segment('backend', { flags: 'FA' }).wait(0.05).segment('client', {}).wait(1);
    for (let i = 0; i < 3; i += 1) talk.segment('client', { flags: 'PA', length: 9 }).wait(0.001);
    for (let i = 0; i < 3; i += 1) talk.answersBare('backend').wait(0.001);
    assert.equal(onlyFinding(await analyzed([talk])).resets.length, 6);
  });
});

describe('a forged reset and the own reply of the end in whose name it came', () => {
  it('are two findings, also where both come from as far away', async () => {
    const talk = open();
    for (let i = 0; i < 3; i += 1) talk.exchange();
    talk.segment('backend', { flags: 'RA', stamped: false, ipId: 9296, window: 502 }).wait(0.04);
    talk.segment('client', { flags: 'PA', length: 9 }).wait(0.02).answersBare('backend');
    const { findings } = await analyzed([talk]);
    assert.deepEqual(findings.map(summary), [
      'middlebox-injected/out-of-band by middlebox',
      'backend-originated/no-socket by backend',
    ]);
  });
});

describe('a failed keepalive', () => {
  const failing = (who: 'client' | 'backend', seen: 'near' | 'both') => {
    const talk = open().wait(30);
    for (let i = 0; i < 4; i += 1) talk.probe(who, seen).wait(5);
    return talk;
  };

  it('is named when probes got lost and their sender gave up', async () => {
    for (const who of ['client', 'backend'] as const) {
      const talk = failing(who, 'near').segment(who, { flags: 'RA' }, 'near');
      assertVerdict(
        onlyFinding(await analyzed([talk, bystander(60)])),
        `keepalive-failure/by-${who} by ${who}`,
      );
    }
  });

  it('is named when probes arrived and were not answered', async () => {
    const talk = failing('client', 'both').segment('client', { flags: 'RA' });
    assertVerdict(
      onlyFinding(await analyzed([talk, bystander(60)])),
      'keepalive-failure/by-client by client',
    );
  });

  it('is not named when the probes were answered', async () => {
    const talk = open();
    for (let i = 0; i < 4; i += 1) talk.wait(30).probe('client').wait(0.02).segment('backend', {});
    talk.wait(3).segment('client', { flags: 'RA' });
    assert.equal(onlyFinding(await analyzed([talk])).class, 'client-originated');
  });

  it('is not named for zero-window probes', async () => {
    const talk = open().segment('backend', { window: 0 }).wait(0.2);
    for (let i = 0; i < 4; i += 1) talk.probe('client').wait(2 ** i);
    talk.segment('client', { flags: 'RA' });
    assert.notEqual(onlyFinding(await analyzed([talk])).class, 'keepalive-failure');
  });
});

describe('resets of one episode', () => {
  it('keep the cause of the first when an end only answers with a bare RST afterwards', async () => {
    const talk = open().wait(240).balancerResets('backend').wait(20);
    talk.segment('client', { flags: 'PA', length: 9 }).wait(0.02).answersBare('backend');
    const { findings } = await analyzed([talk, bystander(270)]);
    assert.equal(findings.length, 2);
    assertVerdict(findings[0], 'lb-idle-timeout/one-leg-at-timer by load-balancer');
    assert.equal(summary(findings[1]), 'lb-idle-timeout/secondary by backend');
    assert.equal(findings[1].impact, 'harmless');
  });
});

describe('a SYN that meets an earlier connection of the same ports, half open', () => {
  it('is cleared by a reset with the old numbers, which is harmless and no forgery', async () => {
    const talk = new Conversation().segment('client', { flags: 'S', ack: 0 }).wait(0.02);
    talk.segment('backend', { seq: 9_000_000, ack: 7_000_000 }).wait(0.02);
    talk.answersBare('client', { seq: 7_000_000 }).wait(1);
    talk.segment('client', { flags: 'S', ack: 0, seq: 1000 }).wait(0.02);
    talk.segment('backend', { flags: 'SA' }).wait(0.02).segment('client', {}).wait(0.5).exchange();
    const finding = onlyFinding(await analyzed([talk, bystander(5)]));
    assertVerdict(finding, 'client-originated/half-open-cleanup by client');
    assert.equal(finding.impact, 'harmless');
  });
});

describe('a bare reset of an end that had closed', () => {
  it('answers data although a FIN came right behind it, and is no forgery', async () => {
    const talk = open()
      .exchange()
      .segment('client', { flags: 'FA' })
      .wait(0.02)
      .segment('backend', {})
      .wait(0.3);
    talk.segment('backend', { flags: 'PA', length: 24 }).segment('backend', { flags: 'FA' }).wait(0.02);
    talk.answersBare('client').answersBare('client');
    assertVerdict(onlyFinding(await analyzed([talk])), 'client-originated/data-after-close by client');
  });
});
