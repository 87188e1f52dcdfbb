import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Facts } from '#src/evidence/detectors/index.js';
import { gatherEvidence } from '#src/evidence/gather.js';
import { pairVantages } from '#src/pair/path.js';
import { exchange, type Legs, Proxied } from '../support/proxied.js';

/** The proxy's RST on one leg after whatever happens late in a conversation that had been silent since. */
function factsOf(happens: (legs: Legs) => void, leg: keyof Legs): Facts {
  const captures = new Proxied();
  const legs = captures.legs(1);
  exchange(legs, 'what nobody else has ever asked', 'and nobody has ever answered');
  happens(legs);
  const pairing = pairVantages(captures.client.record('client'), captures.server.record('server'));
  const events = [...gatherEvidence(pairing, () => true)].flatMap((path) => path.events);
  const own = events.find(({ scene }) => scene.reset[leg] !== null);
  assert.ok(own !== undefined);
  return own.facts;
}

const LATE = 20;
/** How much the server's clock is ahead, as the exchange tells it. */
const AHEAD = 0.01;
const closeBoth = ({ client, server }: Legs, at: number) => {
  client.down({ flags: 'RA', at });
  server.up({ flags: 'RA', at: at + AHEAD });
};

describe('a silence that a proxy ends by resetting both legs', () => {
  for (const leg of ['client', 'server'] as const) {
    it(`was broken for the leg of the ${leg} where the client had just closed`, () => {
      const facts = factsOf((legs) => {
        legs.client.up({ flags: 'FA', at: LATE });
        closeBoth(legs, LATE + 0.001);
      }, leg);
      assert.equal(facts.get('silence-broken')?.state, true);
    });

    it(`was broken for the leg of the ${leg} where the backend had just closed`, () => {
      const facts = factsOf((legs) => {
        legs.server.down({ flags: 'FA', at: LATE + AHEAD });
        closeBoth(legs, LATE + 0.001);
      }, leg);
      assert.equal(facts.get('silence-broken')?.state, true);
    });

    it(`was not for the leg of the ${leg} where nobody said a thing`, () => {
      const facts = factsOf((legs) => closeBoth(legs, LATE), leg);
      assert.equal(facts.get('silence-broken')?.state, false);
      assert.equal(facts.get('idle-before')?.state, true);
    });
  }

  it('was not broken by what an end says to the proxy’s own FIN', () => {
    const facts = factsOf((legs) => {
      legs.client.down({ flags: 'FA', at: LATE });
      legs.client.up({ flags: 'FA' });
      legs.server.up({ flags: 'RA', at: LATE + 0.01 + AHEAD });
    }, 'server');
    assert.equal(facts.get('silence-broken')?.state, false);
  });
});
