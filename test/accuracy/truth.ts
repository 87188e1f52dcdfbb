import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One RST segment of a labelled case: where it is, and what the lab did to cause it. */
export interface LabelledReset {
  /** Of cases with captures between the ends, also one of those. */
  readonly vantage: string;
  readonly frame: number;
  /** Where it is not the vantage's only or first file. */
  readonly file?: string;
  readonly class: string;
  readonly subtype: string;
  readonly originator: string;
  /** Other answers that the same evidence supports as well; the case says why. */
  readonly alsoAccepted?: readonly { readonly class: string; readonly originator: string }[];
}

/** Keepalive settings that a script made. */
export interface LabelledKeepalive {
  readonly by: 'client' | 'backend' | 'load-balancer-client' | 'load-balancer-server';
  readonly timeSeconds: number;
  readonly intervalSeconds: number;
  readonly probes: number;
  readonly userTimeoutSeconds: number | null;
}

/** One connection of a labelled case, with the finding it must lead to. */
export interface LabelledConnection {
  readonly id: string;
  /** Null for a leg that never existed. */
  readonly client: { readonly ip: string; readonly port: number } | null;
  readonly frontend?: { readonly ip: string; readonly port: number } | null;
  readonly lbPeer?: { readonly ip: string; readonly port: number } | null;
  readonly backend?: { readonly ip: string; readonly port: number } | null;
  /** Settings of the sockets that probe it; absent where none does. */
  readonly keepalives?: readonly LabelledKeepalive[];
  /** The balancer's timer that the script waited for; absent where it waited for none. */
  readonly idleTimeoutSeconds?: number;
  readonly did: string;
  readonly finding: { kind: string; class: string; subtype: string; originator: string } | null;
  readonly resets: readonly LabelledReset[];
}

/** `truth.json` of one case: written by the lab from its own log of what it did. */
export interface Truth {
  readonly case: string;
  /** Written byte by byte after a product's documentation, and counted apart. */
  readonly synthetic?: true;
  readonly lb: readonly string[];
  readonly policy: { readonly violations: number };
  readonly clock: { readonly offsetSeconds: number };
  readonly connections: readonly LabelledConnection[];
}

/** A case of the lab on disk. */
export interface Case {
  readonly folder: string;
  readonly truth: Truth;
}

/** Every labelled case below `root`, in the order of their names. */
export function readCases(root: string): Case[] {
  return readdirSync(root)
    .sort()
    .map((name) => join(root, name))
    .filter((folder) => existsSync(join(folder, 'truth.json')))
    .map((folder) => ({
      folder,
      truth: JSON.parse(readFileSync(join(folder, 'truth.json'), 'utf8')) as Truth,
    }));
}

/** The captures of one vantage: more than one where each backend has its own. */
export function capturesOf({ folder }: Case, vantage: string): string[] {
  const own = new RegExp(`^${vantage}\\d*\\.pcap$`);
  return readdirSync(folder)
    .filter((name) => own.test(name))
    .sort()
    .map((name) => join(folder, name));
}

/** What to pass with `--lb`: files stand in the case's folder, everything else is a preset. */
export function lbInputs({ folder, truth }: Case): string[] {
  return truth.lb.map((input) => (existsSync(join(folder, input)) ? join(folder, input) : input));
}
