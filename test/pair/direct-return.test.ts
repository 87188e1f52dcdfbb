import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { analyze } from '#src/analyze.js';
import { withOneWay } from '#src/pair/direct-return.js';
import { ROOT } from '../support/root.js';
import { Story } from '../support/story.js';
import { Tape } from '../support/tape.js';

/** Warnings of direct return, by vantage, of a case of the lab. */
async function warnings(name: string, vantages: readonly string[]) {
  const captures = vantages.map((vantage) => ({
    path: join(ROOT, 'fixtures/pairing', name, `${vantage}.pcap`),
    vantage,
  }));
  const result = await analyze({ captures });
  return result.captures.flatMap(({ vantage, warnings }) =>
    warnings.filter(({ code }) => code === 'direct-return').map(() => vantage),
  );
}

test('requests in a tunnel and answers beside it are direct server return', async () => {
  assert.deepEqual(await warnings('dsr-ipip', ['client', 'server']), ['server']);
});

test('a point between that no answer passes sees one direction', async () => {
  for (const name of ['dsr-route', 'dsr-ipip'])
    assert.ok((await warnings(name, ['client', 'lb-front', 'server'])).includes('lb-front'), name);
});

test('a tunnel that carries both directions is none, nor is a plain path', async () => {
  assert.deepEqual(await warnings('ipip-dnat', ['client', 'server']), []);
  assert.deepEqual(await warnings('vxlan-dnat', ['client', 'server']), []);
  assert.deepEqual(await warnings('pair-snat', ['client', 'server']), []);
});

/** A capture of so many connections; `say` tells each. */
function recorded(count: number, say: (story: Story) => void) {
  const tape = new Tape();
  for (let i = 0; i < count; i += 1) {
    const client = { ip: '192.0.2.1', port: 40_000 + i };
    say(new Story(tape, client, { ip: '198.51.100.7', port: 443 }, [1000 * i, 7 * i]));
  }
  return withOneWay(tape.record('lb')).warnings.map(({ code }) => code);
}

test('SYNs that nobody answers, and that end there, are no one-way path', () => {
  const unanswered = (story: Story) => {
    for (const at of [0, 1, 3]) story.up({ flags: 'S', seq: story.isns[0], at });
  };
  assert.deepEqual(recorded(5, unanswered), []);
});

test('a few connections, or some among others that are answered, do not say so', () => {
  const oneWay = (story: Story) => {
    story.up({ flags: 'S' });
    story.up({ flags: 'A', ack: 8 });
  };
  assert.deepEqual(recorded(5, oneWay), ['direct-return']);
  assert.deepEqual(recorded(2, oneWay), []);
  let told = 0;
  const mixed = (story: Story) => {
    told += 1;
    if (told % 2 === 0) oneWay(story);
    else story.handshake();
  };
  assert.deepEqual(recorded(10, mixed), []);
});
