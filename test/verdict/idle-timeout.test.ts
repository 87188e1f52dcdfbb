import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { analyzed, bystander, Conversation } from '../support/conversation.js';
import { assertVerdict, onlyFinding, summary } from './helpers.js';

const idle = (seconds: number) => new Conversation().handshake().exchange().wait(seconds);

describe('the idle timeout of a load balancer', () => {
  it('is named when a RST arrives at both ends after an idle time and neither sent one', async () => {
    const talk = idle(240).balancerResets('client').balancerResets('backend');
    const finding = onlyFinding(await analyzed([talk]));
    assertVerdict(finding, 'lb-idle-timeout/both-ends-at-timer by load-balancer');
    assert.equal(finding.resets.length, 2);
    assert.ok(Math.abs((finding.idleSeconds ?? 0) - 240) < 0.1);
  });

  it('is named whatever the RST looks like', async () => {
    for (const look of [
      { flags: 'R', ttl: 255, ipId: 4711 },
      { ttl: 62, window: 9300 },
      { stamped: true, ttl: 64 },
    ]) {
      const talk = idle(60).balancerResets('client', look).balancerResets('backend', look);
      assertVerdict(
        onlyFinding(await analyzed([talk])),
        'lb-idle-timeout/both-ends-at-timer by load-balancer',
      );
    }
  });

  it('is named when one RST was lost and only one end was told', async () => {
    const finding = onlyFinding(await analyzed([idle(240).balancerResets('client'), bystander(241)]));
    assertVerdict(finding, 'lb-idle-timeout/one-leg-at-timer by load-balancer');
  });

  it('is named when the first segment after it is answered and never gets across', async () => {
    const talk = idle(400).segment('client', { flags: 'PA', length: 9 }, 'near').wait(0.001);
    talk.balancerResets('client', { flags: 'R', ack: 0 });
    const finding = onlyFinding(await analyzed([talk, bystander(401)]));
    // A stateful firewall next to the balancer would leave the same packets.
    assertVerdict(finding, 'lb-idle-timeout/next-packet by load-balancer', 0.85);
    assert.ok(finding.alternatives.some((other) => other.class === 'middlebox-injected'));
    assert.ok(Math.abs((finding.idleSeconds ?? 0) - 400) < 0.1);
  });

  it('is named when a keepalive probe is answered in between', async () => {
    const talk = idle(400)
      .probe('backend', 'near')
      .wait(0.001)
      .balancerResets('backend', { flags: 'R', ack: 0 });
    assertVerdict(
      onlyFinding(await analyzed([talk, bystander(401)])),
      'lb-idle-timeout/next-packet by load-balancer',
      0.85,
    );
  });

  it('is not named for a reset in between on a connection in use', async () => {
    const talk = idle(0.2).segment('client', { flags: 'PA', length: 9 }).wait(0.05);
    talk.balancerResets('client').balancerResets('backend');
    const finding = onlyFinding(await analyzed([talk, bystander(5)]));
    assert.notEqual(finding.class, 'lb-idle-timeout', summary(finding));
    assert.notEqual(finding.originator, 'backend');
  });

  it('is never named for a reset that an end sent, however long the idle time and however round', async () => {
    for (const who of ['client', 'backend'] as const) {
      const abort = idle(240).segment(who, { flags: 'RA' });
      const expected = new RegExp(`^${who}-originated/(abort-.*|idle-close-by-reset) by ${who}$`);
      assert.match(summary(onlyFinding(await analyzed([abort]))), expected);
    }
  });

  it('is not concluded where the other capture had ended and does not have the connection', async () => {
    const talk = idle(240).balancerResets('client');
    const early = talk.records('server').splice(0, talk.records('server').length);
    const late = bystander(300);
    late.records('server').splice(40);
    const result = await analyzed([talk, late]);
    assert.ok(early.length > 0);
    assert.equal(result.findings[0].class, 'undetermined');
  });
});

describe('a flow that its load balancer forgot in silence', () => {
  const forgotten = () => {
    const talk = idle(300);
    for (let i = 0; i < 4; i += 1)
      talk.segment('client', { flags: 'PA', length: 9, seq: 1021 }, 'near').wait(2 ** i);
    return talk;
  };

  it('is a silent drop when its path was up for others', async () => {
    const finding = onlyFinding(await analyzed([forgotten(), bystander(330)]));
    assert.equal(finding.kind, 'silent-drop');
    assertVerdict(finding, 'lb-idle-timeout/silent-expiry by load-balancer');
    assert.deepEqual(finding.resets, []);
    assert.ok(Math.abs((finding.idleSeconds ?? 0) - 300) < 0.1);
  });

  it('leaves room for doubt when nothing shows that the path was up', async () => {
    const finding = onlyFinding(await analyzed([forgotten()]));
    assert.equal(finding.kind, 'silent-drop');
    assert.ok(finding.confidence < 0.9, `confidence ${finding.confidence}`);
  });

  it('owns the reset with which an end gives up later', async () => {
    const talk = forgotten().segment('client', { flags: 'RA', seq: 1030 }, 'near');
    const finding = onlyFinding(await analyzed([talk, bystander(330)]));
    assert.equal(finding.kind, 'silent-drop');
    assert.equal(finding.resets.length, 1);
    assert.equal(finding.originator, 'client');
  });

  it('is none when the segments crossed and only the answer is missing', async () => {
    const talk = idle(300);
    for (let i = 0; i < 4; i += 1) talk.segment('client', { flags: 'PA', length: 9, seq: 1021 }).wait(2 ** i);
    assert.deepEqual((await analyzed([talk, bystander(330)])).findings, []);
  });

  it('is none when one segment was lost and its repeat arrived', async () => {
    const talk = idle(300).segment('client', { flags: 'PA', length: 9, seq: 1021 }, 'near').wait(0.3);
    talk.segment('client', { flags: 'PA', length: 9 }).wait(0.05).segment('backend', {});
    assert.deepEqual((await analyzed([talk, bystander(330)])).findings, []);
  });
});

describe('a reset after the last frame of the capture that should have seen it', () => {
  it('is not pinned on the balancer: whether that capture was still running does not show', async () => {
    const talks = [1, 2, 3, 4].map((i) =>
      new Conversation({ clientPort: 41_000 + i, isn: { client: i * 1000, backend: i * 70_000 } })
        .handshake()
        .exchange()
        .wait(240)
        .balancerResets('client'),
    );
    for (const { class: cause, confidence } of (await analyzed(talks)).findings)
      assert.ok(cause === 'undetermined' || confidence < 0.9, `${cause} ${confidence}`);
  });
});

describe('a flow that vanished, with a client that gave up on its data and a backend that gave up probing', () => {
  it('has every reset in a finding', async () => {
    const talk = idle(30);
    for (let i = 0; i < 3; i += 1)
      talk.segment('client', { flags: 'PA', length: 9, seq: 1021 }, 'near').wait(1);
    talk.segment('client', { flags: 'RA', seq: 1030 }, 'near');
    for (let i = 0; i < 4; i += 1) talk.probe('backend', 'near').wait(5);
    talk.segment('backend', { flags: 'RA' }, 'near');
    const { findings } = await analyzed([talk, bystander(70)]);
    assert.equal(findings.flatMap(({ resets }) => resets).length, 2);
  });
});
