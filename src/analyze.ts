import { readFile } from 'node:fs/promises';
import { InputError } from './errors.js';
import { gatherEvidence } from './evidence/gather.js';
import { buildFindings } from './finding/build.js';
import { inferIdleTimeouts } from './finding/inferred.js';
import { resultOf } from './finding/result-of.js';
import type { VantageRecord } from './flow/vantage-record.js';
import { loadPolicy } from './lb/index.js';
import { knownDefaults } from './lb/registry.js';
import { pairVantages } from './pair/path.js';
import { type ReadProgress, readVantage } from './read-vantage.js';
import type { Result } from './result.js';
import { verdictsOf } from './verdict/verdict.js';
import { parseWhere } from './where.js';

/** One capture to analyse. */
export interface CaptureInput {
  /** A path, or `-` for standard input. */
  readonly path: string;
  readonly vantage: 'client' | 'server';
}

export interface AnalyzeOptions {
  /** One or two captures, one a vantage. */
  readonly captures: readonly CaptureInput[];
  /** Files with the balancer's configuration, or presets such as `azure-standard:idle=15m,reset=on`. */
  readonly lb?: readonly string[];
  /** Only connections with one of these hosts (`host`, `host:port`, `[v6]:port`) at either end. */
  readonly where?: readonly string[];
  readonly onProgress?: (progress: ReadProgress) => void;
}

/**
 * Analyses captures taken around a load balancer: the whole way of the data, from bytes to the report object.
 * @throws InputError in one line when a capture or a policy cannot be used.
 */
export async function analyze(options: AnalyzeOptions): Promise<Result> {
  const where = parseWhere(options.where ?? []);
  const policy = options.lb?.length ? await loadPolicy(options.lb, (path) => readFile(path, 'utf8')) : null;
  const [client, server] = await readAll(options);
  const pairing = pairVantages(client, server);
  const evidence = gatherEvidence(pairing).filter(({ path }) => where(path));
  const verdicts = evidence.flatMap(verdictsOf);
  const findings = buildFindings(verdicts, pairing, policy);
  const idleTimeouts = inferIdleTimeouts(verdicts, pairing, knownDefaults());
  return resultOf(pairing, policy, findings, idleTimeouts);
}

async function readAll({
  captures,
  onProgress,
}: AnalyzeOptions): Promise<[VantageRecord | null, VantageRecord | null]> {
  const at = (vantage: string) => captures.filter((capture) => capture.vantage === vantage);
  const [clients, servers] = [at('client'), at('server')];
  if (captures.length === 0 || clients.length > 1 || servers.length > 1) {
    throw new InputError('give one capture, or two: the client side first, then the server side');
  }
  const read = async (inputs: readonly CaptureInput[]) => {
    const input = inputs[0];
    return input === undefined ? null : readVantage(input.vantage, input.path, onProgress);
  };
  return [await read(clients), await read(servers)];
}
