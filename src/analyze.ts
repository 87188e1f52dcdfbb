import { readFile } from 'node:fs/promises';
import { InputError } from './errors.js';
import { gatherEvidence } from './evidence/gather.js';
import { buildFindings } from './finding/build.js';
import { inferIdleTimeouts, type KnownDefault } from './finding/inferred.js';
import { resultOf } from './finding/result-of.js';
import type { VantageRecord } from './flow/vantage-record.js';
import type { Policy } from './lb/model.js';
import { inOrder } from './pair/order.js';
import { pairVantages } from './pair/path.js';
import { type ReadProgress, readVantage, type VantageSource } from './read-vantage.js';
import type { Result } from './result.js';
import { type Verdict, verdictsOf } from './verdict/verdict.js';
import { parseWhere } from './where.js';

/** One capture to analyse, or a part of one: several of one vantage follow one another in time. */
export interface CaptureInput {
  /** A file, a directory of files that follow one another, or `-` for standard input. */
  readonly path: string;
  readonly vantage: 'client' | 'server';
  /** Name or number of the one interface of a pcapng file that is this vantage. */
  readonly interface?: string;
}

export interface AnalyzeOptions {
  /** The captures of one vantage or of two. */
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
  const given = await readAll(options);
  const [client, server] = inOrder(...given);
  const pairing = pairVantages(client, server);
  const evidence = gatherEvidence(pairing).filter(({ path }) => where(path));
  const verdicts = evidence.flatMap(verdictsOf);
  const findings = buildFindings(verdicts, pairing, policy, options.ladders);
  const idleTimeouts = inferIdleTimeouts(verdicts, pairing, await defaultsFor(verdicts));
  const result = resultOf(pairing, policy, findings, idleTimeouts);
  if (!options.secondReader) return result;
  const { withSecondReader } = await import('./second-reader/index.js');
  return withSecondReader(result, client === given[0] ? options.captures : options.captures.map(turned));
}

/** Loads what is known of products only when there is a policy to read. */
async function policyOf(lb: readonly string[]): Promise<Policy | null> {
  if (lb.length === 0) return null;
  const { loadPolicy } = await import('./lb/index.js');
  return loadPolicy(lb, (path) => readFile(path, 'utf8'));
}

/** Default timeouts that may explain an observed one; there is nothing to explain where no flow ended idle. */
async function defaultsFor(verdicts: readonly Verdict[]): Promise<readonly KnownDefault[]> {
  if (!verdicts.some((verdict) => verdict.class === 'lb-idle-timeout')) return [];
  const { knownDefaults } = await import('./lb/registry.js');
  return knownDefaults();
}

async function readAll({
  captures,
  onProgress,
  signal,
}: AnalyzeOptions): Promise<[VantageRecord | null, VantageRecord | null]> {
  if (captures.length === 0)
    throw new InputError('give one capture, or two: the client side first, then the server side');
  const read = async (vantage: CaptureInput['vantage']) => {
    const source = sourceOf(captures.filter((capture) => capture.vantage === vantage));
    return source === null ? null : readVantage(vantage, source, onProgress, signal);
  };
  return [await read('client'), await read('server')];
}

/** An input that turned out to be of the other vantage. */
function turned(input: CaptureInput): CaptureInput {
  return { ...input, vantage: input.vantage === 'client' ? 'server' : 'client' };
}

/** The inputs of one vantage as one source; they have to agree on the interface. */
function sourceOf(inputs: readonly CaptureInput[]): VantageSource | null {
  const [first, ...others] = inputs;
  if (first === undefined) return null;
  if (others.some((input) => input.interface !== first.interface))
    throw new InputError(`the captures of the ${first.vantage} side name different interfaces`);
  const paths = inputs.map(({ path }) => path);
  return first.interface === undefined ? { paths } : { paths, interface: first.interface };
}
