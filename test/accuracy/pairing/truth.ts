import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Endpoint {
  readonly ip: string;
  readonly port: number;
}

/** One TCP connection as one capture shows it. */
export interface Leg {
  readonly id: string;
  readonly vantage: string;
  /** Where it is not the vantage's only file. */
  readonly file?: string;
  readonly client: Endpoint;
  readonly server: Endpoint;
  readonly firstFrame: number;
}

/** Two legs at neighbouring vantages; with `requests`, for as long as those. */
interface LegPair {
  readonly legs: readonly [string, string];
  readonly requests?: readonly { readonly token: string; readonly nth: readonly [number, number] }[];
}

/** Two legs that share their ends at a vantage at one time, and the frame of the SYN that began the second. */
interface FoldedLegs {
  readonly vantage: string;
  readonly legs: readonly [string, string];
  readonly frame: number;
}

/** `pairs.json` of one case: written by the lab from its own log of what it did. */
export interface PairsTruth {
  readonly case: string;
  readonly mode: string;
  readonly captures: readonly { readonly vantage: string; readonly file: string }[];
  readonly refused: string | null;
  readonly legs: readonly Leg[];
  readonly pairs: readonly LegPair[];
  readonly folded: readonly FoldedLegs[];
}

/** A case of the lab that tells which connection is which. */
export interface PairingCase {
  readonly folder: string;
  readonly truth: PairsTruth;
}

/** Every case below `root` that tells of pairs, in the order of their names. */
export function readPairingCases(root: string): PairingCase[] {
  return readdirSync(root)
    .sort()
    .map((name) => join(root, name))
    .filter((folder) => existsSync(join(folder, 'pairs.json')))
    .map((folder) => ({
      folder,
      truth: JSON.parse(readFileSync(join(folder, 'pairs.json'), 'utf8')) as PairsTruth,
    }));
}

/** The files of one vantage of a case. */
export function filesOf({ folder, truth }: PairingCase, vantage: string): string[] {
  return truth.captures.filter((one) => one.vantage === vantage).map(({ file }) => join(folder, file));
}

/** For each leg of the client's vantage, the legs of the server's that were it, over all vantages in between. */
export function partnersOf({ legs, pairs }: PairsTruth): Map<string, Set<string>> {
  const next = new Map<string, string[]>();
  for (const {
    legs: [from, to],
  } of pairs)
    next.set(from, [...(next.get(from) ?? []), to]);
  const vantageOf = new Map(legs.map(({ id, vantage }) => [id, vantage]));
  const follow = (id: string): string[] =>
    vantageOf.get(id) === 'server' ? [id] : (next.get(id) ?? []).flatMap(follow);
  const clients = legs.filter(({ vantage }) => vantage === 'client');
  return new Map(clients.map(({ id }) => [id, new Set(follow(id))]));
}
