import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { analyze } from '#src/analyze.js';
import type { Finding } from '#src/result.js';
import { readCases } from '../accuracy/truth.js';
import { analyzed, Conversation } from '../support/conversation.js';

/** What a finding says, whatever files it cites. */
function gist({ id, class: cause, subtype, originator, idleSeconds, resets }: Finding) {
  return {
    id,
    cause,
    subtype,
    originator,
    idleSeconds,
    resets: resets.map(({ vantage, frame }) => `${vantage} ${frame}`),
  };
}

describe('a pair of captures given the other way round', () => {
  for (const { folder, truth } of readCases('fixtures/captures')) {
    it(`${truth.case}: is read as if given right, and said`, async () => {
      const [client, server] = ['client.pcap', 'server.pcap'].map((name) => join(folder, name));
      const right = await analyze({
        captures: [
          { vantage: 'client', path: client },
          { vantage: 'server', path: server },
        ],
      });
      const wrong = await analyze({
        captures: [
          { vantage: 'client', path: server },
          { vantage: 'server', path: client },
        ],
      });
      assert.deepEqual(wrong.findings.map(gist), right.findings.map(gist));
      assert.deepEqual(
        wrong.captures.map(({ path }) => path),
        [client, server],
      );
      for (const { warnings } of wrong.captures) assert.equal(warnings[0].code, 'swapped');
      for (const { warnings } of right.captures) assert.ok(warnings.every(({ code }) => code !== 'swapped'));
    });
  }
});

describe('the second reader', () => {
  it('re-reads each capture under the vantage where it was really taken', async () => {
    const [one] = readCases('fixtures/captures');
    const report = await analyze({
      captures: [
        { vantage: 'client', path: join(one.folder, 'server.pcap') },
        { vantage: 'server', path: join(one.folder, 'client.pcap') },
      ],
      secondReader: true,
    });
    for (const { secondReader } of report.captures) assert.equal(secondReader?.status, 'agrees');
  });
});

describe('captures without a handshake in common', () => {
  it('stay as they were given', async () => {
    const talk = new Conversation().exchange().wait(1).segment('backend', { flags: 'RA' });
    const { captures } = await analyzed([talk]);
    assert.deepEqual(
      captures.flatMap(({ warnings }) => warnings),
      [],
    );
  });
});
