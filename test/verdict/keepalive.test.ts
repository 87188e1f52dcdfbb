import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { analyzed, bystander, Conversation } from '../support/conversation.js';
import { assertVerdict, onlyFinding, summary } from './helpers.js';

const ENDS = ['client', 'backend'] as const;
const other = (who: 'client' | 'backend') => (who === 'client' ? 'backend' : 'client');

/** One of several connections, that neither share a port nor numbers. */
const open = (n = 0) =>
  new Conversation({
    clientPort: 41_000 + n,
    isn: { client: 1000 + n * 50_000, backend: 900_000 + n * 70_000 },
  })
    .handshake()
    .exchange();

/** Silence, then probes that get lost, then the RST one interval after the last. */
function failing(talk: Conversation, who: 'client' | 'backend', probes: number): Conversation {
  talk.wait(20);
  for (let i = 0; i < probes; i += 1) talk.probe(who, 'near').wait(3);
  return talk.segment(who, { flags: 'RA' }, 'near');
}

describe('TCP_USER_TIMEOUT', () => {
  it('is named where an end gave up sooner than it gave up others, at the same pace', async () => {
    for (const who of ENDS) {
      const talks = [failing(open(1), who, 6), failing(open(2), who, 6), failing(open(3), who, 2)];
      const { findings } = await analyzed([...talks, bystander(60)]);
      const names = findings.map(summary).sort();
      const byCount = `keepalive-failure/by-${who} by ${who}`;
      assert.deepEqual(names, [byCount, byCount, `keepalive-failure/user-timeout by ${who}`]);
    }
  });

  it('is not named where a single other connection waited longer: it may have its own settings', async () => {
    const talks = [failing(open(1), 'client', 6), failing(open(2), 'client', 2)];
    const { findings } = await analyzed([...talks, bystander(60)]);
    for (const finding of findings) assertVerdict(finding, 'keepalive-failure/by-client by client');
  });

  it('is named where data was repeated in vain and the peer’s next segment found no socket', async () => {
    for (const who of ENDS) {
      const talk = open();
      const data = { flags: 'PA', length: 9, seq: who === 'client' ? 1021 : 900_031 };
      for (let i = 0; i < 4; i += 1) talk.wait(0.3 * 2 ** i).segment(who, data, 'near');
      talk.wait(8).segment(other(who), { flags: 'PA', length: 5 }).wait(0.02).answersBare(who);
      const finding = onlyFinding(await analyzed([talk, bystander(30)]));
      assertVerdict(finding, `keepalive-failure/user-timeout by ${who}`);
    }
  });

  it('is not named where the data had been acknowledged', async () => {
    const talk = open();
    for (let i = 0; i < 3; i += 1) talk.wait(0.3).segment('client', { flags: 'PA', length: 9, seq: 1021 });
    talk.segment('client', { flags: 'PA', length: 9 }).wait(0.02).segment('backend', {});
    talk.wait(8).segment('backend', { flags: 'PA', length: 5 }).wait(0.02).answersBare('client');
    const finding = onlyFinding(await analyzed([talk, bystander(30)]));
    assertVerdict(finding, 'client-originated/no-socket by client');
  });

  it('is named where a closed window was asked for in vain', async () => {
    const talk = open().segment('backend', { window: 0 }).wait(0.2);
    for (let i = 0; i < 5; i += 1) {
      talk.probe('client').wait(0.02).segment('backend', { window: 0 });
      talk.wait(0.2 * 2 ** i);
    }
    talk.wait(9).segment('backend', { window: 400 }).wait(0.02).answersBare('client');
    assertVerdict(
      onlyFinding(await analyzed([talk, bystander(30)])),
      'keepalive-failure/user-timeout by client',
    );
  });
});

describe('a failed keepalive in poor captures', () => {
  it('is named although the capture lost some of its probes', async () => {
    const talk = open().wait(20);
    for (const seen of [true, true, false, true]) {
      if (seen) talk.probe('backend', 'near');
      talk.wait(4);
    }
    talk.segment('backend', { flags: 'RA' }, 'near');
    const finding = onlyFinding(await analyzed([talk, bystander(60)]));
    assertVerdict(finding, 'keepalive-failure/by-backend by backend');
  });

  it('is less sure of itself with one probe than with a rhythm', async () => {
    const confidence = async (probes: number) =>
      onlyFinding(await analyzed([failing(open(), 'client', probes), bystander(60)])).confidence;
    assert.ok((await confidence(1)) < (await confidence(3)));
  });

  it('is seen from the far end too: there, whose socket probed does not show for certain', async () => {
    const talk = open().wait(20);
    for (let i = 0; i < 4; i += 1) talk.probe('client').wait(3);
    talk.segment('client', { flags: 'RA' });
    const finding = onlyFinding(await analyzed([talk], ['server']));
    assert.equal(summary(finding), 'keepalive-failure/by-client by client');
    assert.ok(finding.confidence < 0.9, `confidence ${finding.confidence}`);
    assert.ok(finding.alternatives.some(({ subtype }) => subtype === 'by-lb'));
  });

  it('is contradicted by a segment of the peer after the first probe', async () => {
    const talk = open().wait(20).probe('client').wait(3).probe('client').wait(1);
    talk.segment('backend', {}).wait(2).segment('client', { flags: 'RA' });
    const finding = onlyFinding(await analyzed([talk, bystander(60)]));
    assert.equal(finding.class, 'client-originated');
  });
});

describe('a probe that is answered by a RST', () => {
  it('is only the messenger: the peer had lost the connection', async () => {
    const talk = open().wait(20).probe('client').wait(0.02).answersBare('backend');
    assertVerdict(
      onlyFinding(await analyzed([talk, bystander(30)])),
      'backend-originated/no-socket by backend',
    );
  });
});
