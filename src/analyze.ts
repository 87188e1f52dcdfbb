import { readFile } from 'node:fs/promises';
import { InputError } from './errors.js';
import { gatherEvidence } from './evidence/gather.js';
import { Findings } from './finding/build.js';
import { IdleTimeouts } from './finding/inferred.js';
import { resultOf } from './finding/result-of.js';
import type { VantageRecord } from './flow/vantage-record.js';
import { loadPolicy } from './lb/index.js';
import { knownDefaults } from './lb/registry.js';
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
  readonly onProgress?: (progress: ReadProgress) => void;
}

/**
 * Analyses captures taken around a load balancer: the whole way of the data, from bytes to the report object.
 * @throws InputError in one line when a capture or a policy cannot be used.
 */
export async function analyze(options: AnalyzeOptions): Promise<Result> {
  const where = parseWhere(options.where ?? []);
  const policy = options.lb?.length ? await loadPolicy(options.lb, (path) => readFile(path, 'utf8')) : null;
  const given = await readGiven(options);
  const [client, server] = inOrder(...given);
  const pairing = withoutStrangers(pairVantages(client, server));
  const findings = new Findings(pairing, policy);
  const idleTimeouts = new IdleTimeouts();
  for (const evidence of gatherEvidence(pairing, where)) {
    for (const verdict of verdictsOf(evidence)) {
      findings.add(verdict);
      idleTimeouts.add(verdict);
    }
  }
  const inferred = idleTimeouts.inferred(pairing, knownDefaults());
  const result = resultOf(pairing, policy, findings.inOrder(), inferred);
  if (!options.secondReader) return result;
  const { withSecondReader } = await import('./second-reader/index.js');
  return withSecondReader(result, client === given[0] ? options.captures : options.captures.map(turned));
}

async function readGiven({
  captures,
  onProgress,
}: AnalyzeOptions): Promise<[VantageRecord | null, VantageRecord | null]> {
  if (captures.length === 0)
    throw new InputError('give one capture, or two: the client side first, then the server side');
  const sources = (['client', 'server'] as const).flatMap((vantage) => {
    const source = sourceOf(captures.filter((capture) => capture.vantage === vantage));
    return source === null ? [] : [{ vantage, source }];
  });
  const records = await readAll(sources, onProgress);
  const of = (vantage: string) => records.find((record) => record.vantage === vantage) ?? null;
  return [of('client'), of('server')];
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
