import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Crossing, DNAT, SNAT } from '../support/crossing.js';
import { toldBy, verdictsOn } from './verdicts-of.js';

const BOTH = ['client', 'server'] as const;

function conversation(names = DNAT) {
  const crossing = new Crossing();
  const legs = crossing.both(names, [1000, 5000]);
  for (const end of BOTH) {
    legs[end].handshake(1);
    legs[end].up({ flags: 'PA', data: 10 });
    legs[end].down({ flags: 'PA', data: 20 });
    legs[end].up({ flags: 'A' });
  }
  return { crossing, ...legs };
}

describe('what an end answers after a reset', () => {
  const { crossing, client, server } = conversation();
  // A reset in the client's name that only the backend gets, while its data is on its way.
  for (const leg of [server, client]) leg.down({ flags: 'PA', data: 40, at: 2 });
  server.up({ flags: 'R', window: 0, ttl: 60, at: 2.01 });
  client.up({ flags: 'A', at: 2.02 });
  server.up({ flags: 'A', at: 2.02 });
  for (const leg of [server, client]) leg.down({ flags: 'R', window: 0, at: 2.0201 });
  const [cause, answer] = verdictsOn(crossing);

  it('is of the class of its cause, and no surer than that', () => {
    assert.equal(answer.subtype, 'secondary');
    assert.equal(answer.originator, 'backend');
    assert.notEqual(cause.class, 'undetermined');
    assert.equal(answer.class, cause.class);
    assert.ok(answer.confidence <= cause.confidence, `${answer.confidence} of ${cause.confidence}`);
  });
});

describe('a connection whose ends at the backend went to another one', () => {
  const { crossing, client } = conversation(SNAT);
  const second = crossing.both({ ...SNAT, client: { ip: '192.0.2.77', port: 40_000 } }, [700_000, 900_000]);
  for (const end of BOTH) second[end].handshake(3);
  for (const at of [4, 4.3, 5, 6.5]) client.up({ flags: 'PA', seq: 1011, data: 10, at });
  for (const end of BOTH) second[end].up({ flags: 'PA', data: 10, at: 8 });
  const verdicts = verdictsOn(crossing);

  it('hears nothing any more because of that', () => {
    assert.deepEqual(verdicts.map(toldBy), ['lb-other/tuple-collision by client']);
    assert.equal(verdicts[0].kind, 'silent-drop');
    assert.ok(
      verdicts[0].evidence.some(({ id, text }) => id === 'tuple-folded' && text.includes('192.0.2.77')),
    );
  });
});
