import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { analyze } from '#src/analyze.js';
import type { Endpoint, Finding, ResetSegment } from '#src/result.js';
import { corpusFolder } from '../../support/captures.js';
import { mapConcurrently } from '../../support/concurrently.js';
import { HAVE_TSHARK, type TsharkPacket, tsharkPacketsOf } from '../../support/tshark-packets.js';
import { REFUSED } from '../differences.js';
import { OTHER_RULES, ZEEK_DIFFERENCES } from './differences.js';
import { type ConnState, type ZeekConnection, zeekConnections } from './model.js';

/** What the corpus keeps of a capture: how many RSTs tshark found, and conn.log of Zeek's own test of it. */
interface Oracle {
  readonly file: string;
  readonly rst_count?: number;
  readonly zeek?: readonly {
    readonly 'id.orig_h': string;
    readonly 'id.orig_p': string;
    readonly 'id.resp_h': string;
    readonly 'id.resp_p': string;
    readonly conn_state: string;
  }[];
}

const folder = corpusFolder();
const skip =
  folder === null
    ? 'no corpus of captures here: RST_ANALYZE_CORPUS names its folder, if there is one'
    : HAVE_TSHARK
      ? false
      : 'tshark is not installed: install the package "tshark" to compare with it';

function oracles(): Oracle[] {
  const at = join(folder ?? '', 'oracle');
  const names = readdirSync(at).filter((name) => name.endsWith('.json'));
  return names.map((name) => JSON.parse(readFileSync(join(at, name), 'utf8')) as Oracle);
}

const pathOf = (file: string) => join(folder ?? '', 'public', file);

test('the model names the end of a connection as the logs of Zeek do', { skip }, async (t) => {
  const logged = oracles().filter(({ zeek }) => zeek !== undefined);
  let rows = 0;
  const packets = await tsharkPacketsOf(logged.map(({ file }) => pathOf(file)));
  for (const { file, zeek = [] } of logged) {
    const connections = zeekConnections(packets.get(pathOf(file)) ?? []);
    for (const row of zeek) {
      const [orig, resp] = [
        `${row['id.orig_h']} ${row['id.orig_p']}`,
        `${row['id.resp_h']} ${row['id.resp_p']}`,
      ];
      const own = connections.filter((one) => one.orig === orig && one.resp === resp);
      const says = own.some(({ state }) => state === row.conn_state);
      assert.equal(says, !(`${file} ${orig}` in OTHER_RULES), `${file} ${orig}: Zeek says ${row.conn_state}`);
      rows += 1;
    }
  }
  t.diagnostic(`${rows} logged connections, ${Object.keys(OTHER_RULES).length} of them read by other rules`);
});

/** The side to which Zeek puts down the end of a connection. */
const RESET_BY: Partial<Record<ConnState, 'orig' | 'resp'>> = {
  RSTO: 'orig',
  RSTOS0: 'orig',
  RSTR: 'resp',
  REJ: 'resp',
  RSTRH: 'resp',
};

/** One connection that a reset ended, as both see it. */
interface Compared {
  readonly file: string;
  readonly zeek: ZeekConnection;
  /** Who reset it in Zeek's eyes, `address port`. */
  readonly theirs: string;
  /** The same in the tool's eyes, or the box in between. */
  readonly ours: string;
  /** Who opened it in the tool's eyes. */
  readonly client: string;
  readonly originator: Finding['originator'];
  /** Where the tool cannot tell: whether the end that Zeek names is among its candidates. */
  readonly candidate: boolean;
}

test('the originator of a reset is the side that Zeek names, or the difference is explained', {
  skip,
}, async (t) => {
  const captures = oracles().filter(({ file, rst_count = 0 }) => rst_count > 0 && !(file in REFUSED));
  const packets = await tsharkPacketsOf(captures.map(({ file }) => pathOf(file)));
  const compared = (
    await mapConcurrently(captures, ({ file }) => compare(file, packets.get(pathOf(file)) ?? []))
  ).flat();
  const differing = compared.filter(
    ({ zeek, theirs, ours, client }) => ours !== theirs || client !== zeek.orig,
  );
  assert.deepEqual(
    differing
      .map(({ file, zeek, ours }) => `${file}: ${connectionOf(zeek)} ${zeek.state}, ours ${ours}`)
      .sort(),
    ZEEK_DIFFERENCES.map(
      ({ file, connection, zeek, ours }) => `${file}: ${connection} ${zeek}, ours ${ours}`,
    ).sort(),
    'left: what differs; right: what differences.ts explains',
  );
  const counts = [...new Set(compared.map(({ originator }) => originator))].map(
    (one) => `${one} ${compared.filter(({ originator }) => originator === one).length}`,
  );
  const open = compared.filter(({ originator }) => originator === 'unknown');
  const near = open.filter(({ candidate }) => candidate);
  t.diagnostic(
    `${compared.length} connections in ${captures.length} captures, ${differing.length} differ; originator: ${counts.join(', ')}; candidate where unknown: ${near.length} of ${open.length}`,
  );
});

const connectionOf = ({ orig, resp }: ZeekConnection) => `${orig} > ${resp}`;

/** The connections of a capture that ended in a reset by Zeek's rules, each beside the first finding about it. */
async function compare(file: string, packets: readonly TsharkPacket[]): Promise<Compared[]> {
  const path = pathOf(file);
  const { findings } = await analyze({ captures: [{ path, vantage: 'client' }] });
  const byFrame = new Map(
    findings.flatMap((finding) => finding.resets.map((reset) => [reset.frame, { finding, reset }])),
  );
  return zeekConnections(packets).flatMap((zeek) => {
    const side = RESET_BY[zeek.state];
    if (side === undefined) return [];
    const first = zeek.resets.map((frame) => byFrame.get(frame)).find((found) => found !== undefined);
    assert.ok(first, `${file}: no finding about ${connectionOf(zeek)}`);
    const { finding, reset } = first;
    const client = nameOf(finding.path.client);
    return [
      {
        file,
        zeek,
        theirs: zeek[side],
        ours: blamed(finding, reset),
        client,
        originator: finding.originator,
        candidate: isCandidate(zeek[side] === client ? 'client' : 'backend', finding),
      },
    ];
  });
}

/** Whether an end is among the causes that an undetermined finding leaves open. */
function isCandidate(end: 'client' | 'backend', { alternatives }: Finding): boolean {
  return alternatives.some((one) => one.class === `${end}-originated` || one.class === 'keepalive-failure');
}

/**
 * Zeek knows no other senders than the two addresses. Where the tool names an end, that end's address is compared;
 * where it cannot tell, the address in whose name the first RST came. A box in between is never what Zeek names.
 */
function blamed({ originator, path }: Finding, first: ResetSegment): string {
  if (originator === 'client') return nameOf(path.client);
  if (originator === 'backend') return nameOf(path.frontend);
  return originator === 'unknown' ? nameOf(first.src) : originator;
}

function nameOf(endpoint: Endpoint | null): string {
  return endpoint === null ? 'nobody' : `${endpoint.ip} ${endpoint.port}`;
}
