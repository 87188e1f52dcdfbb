import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { wordsOf } from '#src/evidence/fact.js';
import { Crossing, SNAT } from '../support/crossing.js';
import { toldBy, verdictsOn } from '../verdict/verdicts-of.js';
import { judgedOn } from './judged-on.js';

/** The number that an earlier connection of the same ends had reached, of which nothing was captured. */
const EARLIER = 900_000;

/** A SYN that the backend answers with the numbers of an earlier connection, through a balancer with this port. */
function answeredForAnother(port: number): Crossing {
  const captures = new Crossing();
  const lbPeer = { ...SNAT.lbPeer, port };
  for (const [i, at] of [0, 1, 2, 3].entries()) {
    const names = { ...SNAT, client: { ...SNAT.client, port: 45_000 + i } };
    const { client, server } = captures.both({ ...names, lbPeer: { ...lbPeer, port: port + 1 + i } }, [
      10 * i + 7,
      10 * i + 8,
    ]);
    for (const story of [client, server]) story.handshake(at);
  }
  const { client, server } = captures.both({ ...SNAT, lbPeer }, [1000, 5000]);
  for (const story of [client, server]) {
    story.up({ flags: 'S', at: 5 });
    story.down({ flags: 'A', seq: 77_000, ack: EARLIER });
    story.up({ flags: 'R', seq: EARLIER, window: 0 });
  }
  return captures;
}

const factOf = (captures: Crossing) => judgedOn(captures)[0].facts.get('tuple-folded');

describe('a port at the backend that an earlier connection still held', () => {
  it('is a collision of the balancer’s making where the balancer chose it', () => {
    const fact = factOf(answeredForAnother(31_000));
    assert.equal(fact?.state, true);
    assert.match(wordsOf(fact as never), /chose port 31000 at the backend .* the client's own port is 40000/);
    const [verdict] = verdictsOn(answeredForAnother(31_000));
    assert.match(toldBy(verdict), /^lb-other\/tuple-collision/);
  });

  it('may be the client’s own doing where it kept its port', () => {
    const kept = () => answeredForAnother(SNAT.client.port);
    assert.notEqual(factOf(kept())?.state, true);
    assert.doesNotMatch(toldBy(verdictsOn(kept())[0]), /tuple-collision/);
  });
});
