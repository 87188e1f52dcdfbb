import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { analyzed, Conversation } from '../support/conversation.js';
import { onlyFinding } from './helpers.js';

describe('with the client side alone', () => {
  it("a RST of the client is the client's: nobody forges toward the balancer", async () => {
    const talk = new Conversation().handshake().exchange().wait(1).segment('client', { flags: 'RA' });
    assert.equal(onlyFinding(await analyzed([talk], ['client'])).class, 'client-originated');
  });

  it('a RST toward the client stays undetermined, and the finding says what would decide', async () => {
    const talk = new Conversation().handshake().exchange().wait(240).balancerResets('client');
    const finding = onlyFinding(await analyzed([talk], ['client']));
    assert.equal(finding.class, 'undetermined');
    assert.equal(finding.subtype, 'one-sided');
    assert.match(finding.remedy[0].text, /capture on the server side/);
    const asked = finding.evidence.filter(({ effect }) => effect === 'neutral').map(({ id }) => id);
    assert.ok(asked.includes('born-between'), asked.join());
    assert.ok(finding.alternatives.some((alternative) => alternative.class === 'lb-idle-timeout'));
  });

  it('looks the same whether the balancer or the backend sent it, and is judged the same', async () => {
    const forged = new Conversation()
      .handshake()
      .exchange()
      .wait(240)
      .balancerResets('client', { ttl: 62, stamped: true, ipId: 3005 });
    const own = new Conversation()
      .handshake()
      .exchange()
      .wait(240)
      .segment('backend', { flags: 'RA', ipId: 3005 });
    const verdicts = await Promise.all([forged, own].map((talk) => analyzed([talk], ['client'])));
    const [a, b] = verdicts.map((result) => onlyFinding(result));
    assert.equal(a.class, b.class);
    assert.equal(a.class, 'undetermined');
  });
});
