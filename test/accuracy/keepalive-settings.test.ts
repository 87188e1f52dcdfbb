import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { analyze } from '#src/analyze.js';
import type { InferredKeepalive } from '#src/result.js';
import { type LabelledConnection, type LabelledKeepalive, readCases } from './truth.js';

/** Cases whose truth records the settings of sockets. */
const CASES = readCases('fixtures/captures').filter(({ truth }) =>
  truth.connections.some(({ keepalives }) => keepalives !== undefined),
);

/** Whose socket it was, as the capture near it shows that host. */
function hostOf(connection: LabelledConnection, { by }: LabelledKeepalive): string {
  switch (by) {
    case 'client':
      return `client ${connection.client?.ip}`;
    case 'backend':
      return `server ${connection.backend?.ip}`;
    case 'load-balancer-client':
      return `client ${connection.frontend?.ip}`;
    default:
      return `server ${connection.lbPeer?.ip}`;
  }
}

function fits(seen: InferredKeepalive, made: LabelledKeepalive): boolean {
  const same = (likely: number | null, set: number) => likely === null || likely === set;
  return (
    same(seen.likelyTimeSeconds, made.timeSeconds) &&
    same(seen.likelyIntervalSeconds, made.intervalSeconds) &&
    (seen.probes === null || seen.probes === made.probes || made.userTimeoutSeconds !== null)
  );
}

describe('keepalive settings that a trace shows', async () => {
  assert.ok(CASES.length > 0);
  for (const { folder, truth } of CASES) {
    const made = truth.connections.flatMap((connection) =>
      (connection.keepalives ?? []).map((one) => ({ host: hostOf(connection, one), one, connection })),
    );
    const captures = ['client', 'server'].map((vantage) => ({
      vantage,
      path: join(folder, `${vantage}.pcap`),
    }));
    const { keepalives = [] } = (await analyze({ captures })).inferred;
    const hostSeen = ({ vantage, endpoint }: InferredKeepalive) => `${vantage} ${endpoint.ip}`;

    it(`${truth.case}: each is one that was made`, () => {
      const strange = keepalives.filter(
        (seen) => !made.some(({ host, one }) => host === hostSeen(seen) && fits(seen, one)),
      );
      assert.deepEqual(strange, []);
    });

    it(`${truth.case}: each that failed by its count shows whole`, () => {
      const failed = made.filter(
        ({ one, connection }) =>
          connection.finding?.class === 'keepalive-failure' &&
          connection.finding.subtype !== 'user-timeout' &&
          one.probes > 1,
      );
      const missing = failed.filter(
        ({ host, one }) =>
          !keepalives.some(
            (seen) => hostSeen(seen) === host && fits(seen, one) && seen.probes === one.probes,
          ),
      );
      assert.deepEqual(missing, []);
    });
  }
});
