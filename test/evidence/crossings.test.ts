import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Crossings } from '#src/evidence/crossings.js';
import { pairVantages } from '#src/pair/path.js';
import { Crossing } from '../support/crossing.js';
import type { Story } from '../support/story.js';
import { toldBy, verdictsOn } from '../verdict/verdicts-of.js';

const FRONTEND = { ip: '198.51.100.7', port: 443 };
const SECOND = 1e9;

/** A connection: opened at the first moment, heard both ways at the others. */
interface Life {
  readonly client: string;
  readonly backend: string;
  readonly at: readonly number[];
  /** When the client sends data, the same each time, that arrives nowhere. */
  readonly lost?: readonly number[];
}

/** The captures around a balancer that leaves sources alone, as lives have it. */
function capturesOf(lives: readonly Life[]): Crossing {
  const captures = new Crossing();
  const moments = lives.flatMap((life, i) => {
    const client = { ip: life.client, port: 40_000 + i };
    const backend = { ip: life.backend, port: 8443 };
    const names = { client, frontend: FRONTEND, lbPeer: client, backend };
    const told = captures.both(names, [10_000 * (i + 1), 10_000 * (i + 1) + 5]);
    const tell = (at: number, isFirst: boolean) => {
      for (const story of [told.client, told.server]) isFirst ? story.handshake(at) : exchange(story, at);
    };
    const crossing = life.at.map((at, n) => ({ at, tell: () => tell(at, n === 0) }));
    const seq = () => told.server.next[0];
    const lost = (life.lost ?? []).map((at) => ({
      at,
      tell: () => told.client.up({ flags: 'PA', data: 5, at, seq: seq() }),
    }));
    return [...crossing, ...lost];
  });
  for (const { tell } of moments.sort((a, b) => a.at - b.at)) tell();
  return captures;
}

function exchange(story: Story, at: number): void {
  story.up({ flags: 'PA', data: 5, at });
  story.down({ flags: 'PA', data: 5 });
  story.up({ flags: 'A' });
}

/** What shows that the path of the first connection was up from second 10 to second 20. */
function aroundFirst(...others: readonly Life[]) {
  const own = { client: '192.0.2.1', backend: '10.1.0.1', at: [0, 5] };
  const { client, server } = capturesOf([own, ...others]);
  const pairing = pairVantages(client.record('client'), server.record('server'));
  return new Crossings(pairing).around(pairing.path(0, 0, 'isn'), 10 * SECOND, 20 * SECOND);
}

const life = (client: string, backend: string, ...at: number[]): Life => ({ client, backend, at });

describe('a path that was up while packets vanished', () => {
  it('is known from other connections of both its hosts that got across meanwhile', () => {
    assert.equal(aroundFirst(life('192.0.2.1', '10.1.0.1', 1, 15)), 'meanwhile');
    assert.equal(
      aroundFirst(life('192.0.2.1', '10.1.0.9', 1, 15), life('192.0.2.9', '10.1.0.1', 2, 16)),
      'meanwhile',
    );
  });

  it('is known from one that began meanwhile, or was never silent for as long', () => {
    assert.equal(aroundFirst(life('192.0.2.1', '10.1.0.1', 12)), 'meanwhile');
    assert.equal(aroundFirst(life('192.0.2.1', '10.1.0.1', 1, 8, 16, 24)), 'meanwhile');
  });

  it('may have come back by the time when they got across later', () => {
    assert.equal(aroundFirst(life('192.0.2.1', '10.1.0.1', 1, 30)), 'later');
  });

  it('is not known where connections of either host got across no more', () => {
    const ofClient = life('192.0.2.1', '10.1.0.9', 1, 6);
    const ofBackend = life('192.0.2.9', '10.1.0.1', 2, 7);
    assert.equal(aroundFirst(ofClient, life('192.0.2.9', '10.1.0.1', 2, 15)), null);
    assert.equal(aroundFirst(ofBackend, life('192.0.2.1', '10.1.0.9', 1, 15)), null);
  });

  it('is told by those of other hosts only where these hosts have no other', () => {
    const ofOthers = life('192.0.2.9', '10.1.0.9', 1, 15);
    assert.equal(aroundFirst(ofOthers), 'of-others');
    assert.equal(aroundFirst(ofOthers, life('192.0.2.1', '10.1.0.1', 1, 6)), null);
    assert.equal(aroundFirst(life('192.0.2.9', '10.1.0.9', 1, 30)), null);
  });
});

describe('connections of a client whose line is down', () => {
  const lost = [100, 100.3, 101, 102.5, 105];
  const down = (backend: string): Life => ({ client: '192.0.2.1', backend, at: [0, 1], lost });
  const others = life('192.0.2.9', '10.1.0.1', 0, ...Array.from({ length: 60 }, (_, i) => 2 * i + 2));
  const told = (lives: readonly Life[]) => verdictsOn(capturesOf(lives));

  it('were hardly forgotten by the balancer, though those of others got across', () => {
    const verdicts = told([down('10.1.0.1'), down('10.1.0.2'), others]);
    assert.equal(verdicts.length, 2);
    for (const { confidence } of verdicts) assert.ok(confidence < 0.75, `${confidence}`);
  });

  it('were forgotten where one of its own did', () => {
    const own = { ...others, client: '192.0.2.1' };
    const [verdict] = told([down('10.1.0.1'), own]);
    assert.equal(toldBy(verdict), 'lb-idle-timeout/silent-expiry by load-balancer');
    assert.ok(verdict.confidence >= 0.9, `${verdict.confidence}`);
  });
});
