import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { gatherEvidence } from '#src/evidence/gather.js';
import { pairVantages } from '#src/pair/path.js';
import { verdictsOf } from '#src/verdict/verdict.js';
import { analyzed, bystander, Conversation } from '../support/conversation.js';
import { exchange, Proxied } from '../support/proxied.js';
import { assertVerdict, onlyFinding, summary } from './helpers.js';

/** TTLs at the client: of a proxy behind two routers, and of the first of them. */
const PROXY_TTL = 62;
const BOX_TTL = 64;

/** What the backend had got of the client when that was: its SYN, and two requests. */
const BEFORE_IT = 1000 + 1 + 2 * 20;

/** A connection in use whose client's next data is answered in between, by a bare RST with this TTL. */
function rejected(hops: number, ttl: number): Conversation {
  const talk = new Conversation({ hops }).handshake().exchange().exchange().wait(0.3);
  talk.segment('client', { flags: 'PA', length: 9 }, 'near').wait(0.001);
  return talk.balancerResets('client', { flags: 'R', ack: 0, ttl });
}

/** A connection whose ends are both reset in between, a millisecond apart. */
async function resetBothWays(towardBackend: 'RA' | 'R'): Promise<number[]> {
  const talk = new Conversation().handshake().exchange().wait(9).balancerResets('client', { flags: 'RA' });
  const ack = towardBackend === 'R' ? { ack: 0 } : {};
  const { findings } = await analyzed([
    talk.wait(0.001).balancerResets('backend', { flags: towardBackend, ...ack }),
    bystander(5),
  ]);
  return findings.map(({ resets }) => resets.length);
}

describe('resets toward both ends in the same moment', () => {
  it('are one event where they are of one kind', async () => {
    assert.deepEqual(await resetBothWays('RA'), [2]);
  });

  it('are two where one of them is a reply: it came of the other', async () => {
    assert.deepEqual(await resetBothWays('R'), [1, 1]);
  });
});

describe('a segment of a live connection that is answered by RST in between', () => {
  it("is a firewall's work where the RST came from the client's own network, far from the backends", async () => {
    const finding = onlyFinding(await analyzed([rejected(4, 64), bystander(5)]));
    assertVerdict(finding, 'middlebox-injected/inline-reject by middlebox', 0.7);
    assert.match(finding.evidence.find(({ id }) => id === 'first-router')?.text ?? '', /4 routers/);
  });

  it("is the balancer's where a single router stands between the captures", async () => {
    const finding = onlyFinding(await analyzed([rejected(1, 64), bystander(5)]));
    assertVerdict(finding, 'lb-other/reset-in-use by load-balancer', 0.7);
  });

  it("may be either's where the connection went on being forwarded, and says how to tell", async () => {
    const talk = rejected(4, 62).wait(1).segment('backend', { flags: 'PA', length: 5, ack: BEFORE_IT });
    const finding = onlyFinding(await analyzed([talk, bystander(5)]));
    assert.equal(summary(finding), 'undetermined/ambiguous by unknown');
    assert.deepEqual(
      finding.alternatives
        .map((one) => one.class)
        .slice(0, 2)
        .sort(),
      ['lb-other', 'middlebox-injected'],
    );
    assert.match(finding.remedy[0]?.text ?? '', /2 routers/);
  });

  it('leaves the end that answers afterwards what it is, as nobody is sure of the cause', async () => {
    const talk = rejected(4, 62)
      .wait(1)
      .segment('backend', { flags: 'PA', length: 5, ack: BEFORE_IT })
      .wait(0.02);
    const { findings } = await analyzed([talk.answersBare('client'), bystander(5)]);
    assert.equal(summary(findings[1]), 'client-originated/secondary by client');
    assert.equal(findings[1].impact, 'harmless');
  });
});

describe("a segment to a proxy that is answered by RST in the proxy's name", () => {
  it("is the work of a box on the way where the RST's TTL is none that the proxy's segments have", () => {
    const around = new Proxied();
    const all = [1, 2, 3].map((at) => around.legs(at, PROXY_TTL));
    for (const [i, legs] of all.entries())
      exchange(legs, `ask ${i} for something`, `answer ${i} to that`, '', PROXY_TTL);
    const [{ client }] = all;
    client.up({ flags: 'PA', data: 10, at: 20 });
    client.down({ flags: 'R', ttl: BOX_TTL, window: 0 });
    const pairing = pairVantages(around.client.record('client'), around.server.record('server'));
    const verdicts = [...gatherEvidence(pairing, () => true)].flatMap(verdictsOf);
    assert.deepEqual(
      verdicts.map((one) => `${one.class}/${one.subtype} by ${one.originator}`),
      ['middlebox-injected/inline-reject by middlebox'],
    );
  });
});
