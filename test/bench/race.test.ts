import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Contender } from './contenders.js';
import { CommandFailure, type Usage } from './measure.js';
import { race } from './race.js';
import type { Work } from './work.js';

const WORK: Work = {
  name: 'small',
  title: 'a few',
  traffic: { packets: 100, concurrent: 1, packetSize: 'small', resetShare: 0, seed: 1 },
};
const PATHS = { client: 'c', server: 's' };
const contender = (name: Contender['name'], captures: 1 | 2 = 1): Contender => ({
  name,
  captures,
  slow: name === 'tshark',
  command: ({ client }) => [name, client],
});
const CONTENDERS = [contender('rst-analyze'), contender('tcpdump'), contender('tshark')];
const runsOf = ({ slow }: Contender) => (slow ? 1 : 3);

test('contenders run in turns, slow ones less often', async () => {
  const ran: string[] = [];
  const measure = async ([program]: readonly string[]): Promise<Usage> => {
    ran.push(program);
    return { wall: ran.length, cpu: null, peak: null };
  };
  const outcomes = await race(WORK, PATHS, CONTENDERS, { runsOf, measure });
  assert.deepEqual(ran, [
    ...['rst-analyze', 'tcpdump', 'tshark'],
    ...['rst-analyze', 'tcpdump'],
    ...['rst-analyze', 'tcpdump'],
  ]);
  assert.deepEqual(
    outcomes.map(({ contender, runs, usage }) => [contender, runs, usage?.wall]),
    [
      ['rst-analyze', 3, 4],
      ['tcpdump', 3, 5],
      ['tshark', 1, 3],
    ],
  );
});

test('one that fails is told, and runs no more, while the others go on', async () => {
  let tcpdumps = 0;
  const measure = async ([program]: readonly string[]): Promise<Usage> => {
    if (program !== 'tcpdump') return { wall: 1, cpu: 1, peak: 1 };
    tcpdumps += 1;
    throw new CommandFailure('tcpdump ended with 1');
  };
  const outcomes = await race(WORK, PATHS, CONTENDERS, { runsOf, measure });
  assert.equal(tcpdumps, 1);
  assert.deepEqual(
    outcomes.map(({ problem, runs }) => [problem, runs]),
    [
      [null, 3],
      ['tcpdump ended with 1', 0],
      [null, 1],
    ],
  );
});

test('an interrupt ends the race', async () => {
  const stop = new AbortController();
  stop.abort();
  const measure = async (): Promise<Usage> => stop.signal.throwIfAborted() as never;
  await assert.rejects(race(WORK, PATHS, CONTENDERS, { runsOf, measure }), { name: 'AbortError' });
});

test('a pair counts the packets of both captures', async () => {
  const measure = async (): Promise<Usage> => ({ wall: 1, cpu: 1, peak: 1 });
  const [outcome] = await race(WORK, PATHS, [contender('rst-analyze, pair', 2)], { runsOf, measure });
  assert.equal(outcome.packets, 200);
});
