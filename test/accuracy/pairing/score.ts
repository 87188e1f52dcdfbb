import { basename } from 'node:path';
import { ConnectionReader } from '#src/flow/connection-reader.js';
import { citedFrame, type VantageRecord } from '#src/flow/vantage-record.js';
import { inOrder } from '#src/pair/order.js';
import { type Pairing, pairVantages } from '#src/pair/path.js';
import { BY_CONTENT } from '#src/pair/requests/request-pairs.js';
import { readVantage } from '#src/read-vantage.js';
import { filesOf, type Leg, type PairingCase, partnersOf } from './truth.js';

/** A pair that was reported, and whether the lab made it. */
export interface JudgedPair {
  readonly method: string;
  readonly right: boolean;
  readonly what: string;
}

/** How the pairing of one case went. */
export interface PairingScore {
  readonly case: string;
  readonly mode: string;
  readonly reported: readonly JudgedPair[];
  /** Connections of the client's vantage that are one of the server's for their whole life, and how many were found. */
  readonly labelled: number;
  readonly found: number;
  readonly folded: Share;
  readonly requests: RequestShares;
}

/** How many of something the lab made, how many were reported, and how many of those it had made. */
export interface Share {
  readonly labelled: number;
  readonly reported: number;
  readonly right: number;
}

/** HTTP requests through proxies that pool their connections. */
export interface RequestShares {
  /** Requests that the lab knows of, and how many of those were found. */
  readonly labelled: number;
  readonly found: number;
  readonly byContent: Share;
  readonly byTime: Share;
}

/** Pairs the captures of a case and lays what was found beside what was made. Null where they are refused. */
export async function scorePairing(one: PairingCase): Promise<PairingScore> {
  const given = await Promise.all(
    (['client', 'server'] as const).map((vantage) => readVantage(vantage, { paths: filesOf(one, vantage) })),
  );
  const [client, server] = inOrder(given[0], given[1]) as [VantageRecord, VantageRecord];
  const partners = partnersOf(one.truth);
  const clientLegs = new LegFinder(client, one.truth.legs, 'client');
  const serverLegs = new LegFinder(server, one.truth.legs, 'server');
  const foundLegs = new Set<string>();
  const reported: JudgedPair[] = [];
  const pairing = pairVantages(client, server);
  for (const pair of pairing.pairs) {
    const a = clientLegs.of(pair.client);
    const b = serverLegs.of(pair.server);
    // A connection that the lab knows nothing of is nobody's fault.
    if (a === undefined || b === undefined) continue;
    const right = partners.get(a)?.has(b) ?? false;
    if (right) foundLegs.add(a);
    reported.push({ method: pair.method, right, what: `${a} as ${b}` });
  }
  const single = singlePartners(one, partners);
  return {
    case: one.truth.case,
    mode: one.truth.mode,
    reported,
    labelled: single.length,
    found: single.filter((leg) => foundLegs.has(leg)).length,
    folded: foldedShare(one, pairing, serverLegs),
    requests: requestShares(one, pairing, { client: clientLegs, server: serverLegs }),
  };
}

function requestShares(
  { truth }: PairingCase,
  { requests }: Pairing,
  legs: Readonly<Record<'client' | 'server', LegFinder>>,
): RequestShares {
  const partners = partnersOf(truth);
  const labelled = new Set(
    truth.pairs.flatMap(({ legs: [a, b], requests: own }) =>
      (own ?? []).map(({ nth: [here, there] }) => `${a} ${here} ${b} ${there}`),
    ),
  );
  const numbered = new Set([...labelled].map((one) => one.split(' ')[0]));
  const judged = [...(requests?.pairs ?? [])].flatMap((pair) => {
    const [a, b] = [legs.client.requestOf(pair.client), legs.server.requestOf(pair.server)];
    if (a === null || b === null) return [];
    const right = numbered.has(a.leg)
      ? labelled.has(`${a.leg} ${a.nth} ${b.leg} ${b.nth}`)
      : partners.get(a.leg)?.has(b.leg) === true && a.nth === b.nth;
    return [{ certain: pair.certainty === BY_CONTENT, right, counts: right && numbered.has(a.leg) }];
  });
  const shareOf = (certain: boolean): Share => {
    const own = judged.filter((one) => one.certain === certain);
    return { labelled: 0, reported: own.length, right: own.filter(({ right }) => right).length };
  };
  return {
    labelled: labelled.size,
    found: judged.filter(({ counts }) => counts).length,
    byContent: shareOf(true),
    byTime: shareOf(false),
  };
}

/** The connections that are said to be folded into one, beside those that the lab folded. */
function foldedShare({ truth }: PairingCase, { folds }: Pairing, legs: LegFinder): Share {
  const labelled = new Set(
    truth.folded.map(({ legs: [first, second], frame }) => `${first} ${second} ${frame}`),
  );
  const reported = (folds?.all ?? []).map(
    ({ before, after }) => `${legs.of(before)} ${legs.of(after)} ${legs.frameOf(after)}`,
  );
  return {
    labelled: labelled.size,
    reported: reported.length,
    right: reported.filter((fold) => labelled.has(fold)).length,
  };
}

/** Legs of the client's vantage that have one partner, and share it with nobody. */
function singlePartners(
  { truth }: PairingCase,
  partners: ReadonlyMap<string, ReadonlySet<string>>,
): string[] {
  const shared = new Set(
    truth.pairs.filter(({ requests }) => requests !== undefined).flatMap(({ legs }) => legs),
  );
  return [...partners].flatMap(([leg, others]) => (others.size === 1 && !shared.has(leg) ? [leg] : []));
}

/** Which leg of the truth a row of a log is. */
class LegFinder {
  readonly #ids: ReadonlyMap<string, string>;
  readonly #reader: ConnectionReader;

  constructor(
    private readonly record: VantageRecord,
    legs: readonly Leg[],
    vantage: string,
  ) {
    this.#reader = new ConnectionReader(record.log);
    this.#ids = new Map(
      legs
        .filter((leg) => leg.vantage === vantage)
        .map(({ id, file, firstFrame }) => [`${file ?? `${vantage}.pcap`} ${firstFrame}`, id]),
    );
  }

  /** The leg of a request, by its row, and how many were asked there before it. */
  requestOf(row: number): { readonly leg: string; readonly nth: number } | null {
    const { requests } = this.record.log;
    const leg = this.of(requests.at(row).connection);
    let nth = 0;
    for (let at = requests.at(row).previous; at >= 0; at = requests.at(at).previous) nth += 1;
    return leg === undefined ? null : { leg, nth };
  }

  /** The first frame of a row, as its file numbers it. */
  frameOf(row: number): number {
    return citedFrame(this.record, this.#reader.read(row).firstFrame).frame;
  }

  of(row: number): string | undefined {
    const { frame, file } = citedFrame(this.record, this.#reader.read(row).firstFrame);
    return this.#ids.get(`${file ?? basename(this.record.path)} ${frame}`);
  }
}
