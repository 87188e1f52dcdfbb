import { readFile } from 'node:fs/promises';
import { VantageLine } from './birth/vantage-line.js';
import { InputError } from './errors.js';
import { gatherEvidence } from './evidence/gather.js';
import { Findings } from './finding/build.js';
import { IdleTimeouts, type KnownDefault } from './finding/inferred.js';
import { KeepaliveSettings } from './finding/inferred-keepalives.js';
import { resultOf } from './finding/result-of.js';
import type { VantageRecord } from './flow/vantage-record.js';
import type { Policy } from './lb/model.js';
import { withBothSides } from './pair/both-sides.js';
import { withDirectReturn, withOneWay } from './pair/direct-return.js';
import { inOrder } from './pair/order.js';
import { pairVantages } from './pair/path.js';
import { withoutStrangers } from './pair/strangers.js';
import { readAll } from './read-all.js';
import type { ReadProgress, VantageSource } from './read-vantage.js';
import type { Result } from './result.js';
import { verdictsOf } from './verdict/verdict.js';
import { parseWhere } from './where.js';

/** One capture to analyse, or a part of one: several of one vantage follow one another in time. */
export interface CaptureInput {
  /** A file, a directory of files that follow one another, or `-` for standard input. */
  readonly path: string;
  /** `client`, `server`, or the name of a point between them. Points between stand in the order in which a client's packets pass them. */
  readonly vantage: string;
  /** Name or number of the one interface of a pcapng file that is this vantage. */
  readonly interface?: string;
}

export interface AnalyzeOptions {
  /** The captures of one end or of both, and with both perhaps of points between. */
  readonly captures: readonly CaptureInput[];
  /** Files with the balancer's configuration, or presets such as `azure-standard:idle=15m,reset=on`. */
  readonly lb?: readonly string[];
  /** Only connections with one of these hosts (`host`, `host:port`, `[v6]:port`) at either end. */
  readonly where?: readonly string[];
  /** Reads classic captures once more, with the independent `pcap-parser`, and compares every frame that is cited. */
  readonly secondReader?: boolean;
  /** Gives each finding its `ladder`: the decisive packets of its connection, at both vantages on one clock. */
  readonly ladders?: boolean;
  readonly onProgress?: (progress: ReadProgress) => void;
  /** Ends the reading early: what was read until then is analysed, and a warning says how far that is. */
  readonly signal?: AbortSignal;
}

/**
 * Analyses captures taken around a load balancer: the whole way of the data, from bytes to the report object.
 * @throws InputError in one line when a capture or a policy cannot be used.
 */
export async function analyze(options: AnalyzeOptions): Promise<Result> {
  const where = parseWhere(options.where ?? []);
  const policy = await policyOf(options.lb ?? []);
  const given = await readGiven(options);
  const [client, server] = inOrder(given.client, given.server);
  const between = (client === given.client ? given.between : given.between.toReversed()).map(withOneWay);
  const pairing = withBothSides(withDirectReturn(withoutStrangers(pairVantages(client, server))));
  const findings = new Findings(pairing, policy, {
    ladders: options.ladders === true,
    line:
      client === null || server === null || between.length === 0
        ? null
        : new VantageLine([client, ...between, server]),
  });
  const idleTimeouts = new IdleTimeouts();
  const keepalives = new KeepaliveSettings();
  for (const evidence of gatherEvidence(pairing, where)) {
    keepalives.add(evidence);
    for (const verdict of verdictsOf(evidence)) {
      findings.add(verdict);
      idleTimeouts.add(verdict);
    }
  }
  const settings = keepalives.inferred(pairing);
  const inferred = {
    idleTimeouts: idleTimeouts.inferred(pairing, idleTimeouts.isEmpty ? [] : await knownDefaults()),
    ...(settings.length === 0 ? {} : { keepalives: settings }),
  };
  const result = resultOf(pairing, between, policy, findings.inOrder(), inferred);
  if (!options.secondReader) return result;
  const { withSecondReader } = await import('./second-reader/index.js');
  return withSecondReader(result, client === given.client ? options.captures : options.captures.map(turned));
}

/** Loads what is known of products only when there is a policy to read. */
async function policyOf(lb: readonly string[]): Promise<Policy | null> {
  if (lb.length === 0) return null;
  const { loadPolicy } = await import('./lb/index.js');
  return loadPolicy(lb, (path) => readFile(path, 'utf8'));
}

/** Default timeouts that may explain an observed one. */
async function knownDefaults(): Promise<readonly KnownDefault[]> {
  return (await import('./lb/registry.js')).knownDefaults();
}

/** What was read, by where it was captured. */
interface Given {
  readonly client: VantageRecord | null;
  readonly server: VantageRecord | null;
  readonly between: readonly VantageRecord[];
}

async function readGiven({ captures, onProgress, signal }: AnalyzeOptions): Promise<Given> {
  if (captures.length === 0)
    throw new InputError('give one capture, or two: the client side first, then the server side');
  const names = [...new Set(captures.map(({ vantage }) => vantage))];
  const sources = names.map((vantage) => ({
    vantage,
    source: sourceOf(captures.filter((capture) => capture.vantage === vantage)),
  }));
  if (names.some((name) => !isEnd(name)) && !(names.includes('client') && names.includes('server')))
    throw new InputError(
      'captures of points between need those of both ends, too: --vantage client=<file> and server=<file>',
    );
  const records = await readAll(sources, onProgress, signal);
  const of = (vantage: string) => records.find((record) => record.vantage === vantage) ?? null;
  return {
    client: of('client'),
    server: of('server'),
    between: records.filter(({ vantage }) => !isEnd(vantage)),
  };
}

function isEnd(vantage: string): boolean {
  return vantage === 'client' || vantage === 'server';
}

/** An input that turned out to be of the other vantage. */
function turned(input: CaptureInput): CaptureInput {
  if (!isEnd(input.vantage)) return input;
  return { ...input, vantage: input.vantage === 'client' ? 'server' : 'client' };
}

/** The inputs of one vantage, one at least, as one source; they have to agree on the interface. */
function sourceOf(inputs: readonly CaptureInput[]): VantageSource {
  const [first, ...others] = inputs;
  if (others.some((input) => input.interface !== first.interface))
    throw new InputError(`the captures of the ${first.vantage} side name different interfaces`);
  const paths = inputs.map(({ path }) => path);
  return first.interface === undefined ? { paths } : { paths, interface: first.interface };
}
