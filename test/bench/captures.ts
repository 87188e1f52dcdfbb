import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Written, writeCapture } from './capture-file.js';
import type { CapturePair } from './contenders.js';
import type { Vantage } from './frame.js';
import type { Traffic } from './traffic.js';

/** A generated capture. */
export interface GeneratedCapture {
  readonly path: string;
  readonly written: Written;
}

/** The captures in one folder, each written when it is first asked for. */
export class Captures {
  private readonly paths = new Set<string>();

  constructor(
    private readonly folder: string,
    private readonly keep: boolean,
    private readonly signal: AbortSignal,
  ) {}

  async get(traffic: Traffic, vantage: Vantage): Promise<GeneratedCapture> {
    const { packetSize, packets, concurrent, resetShare, seed } = traffic;
    const name = [packetSize, packets, concurrent, resetShare, seed, vantage].join('-');
    const path = join(this.folder, `${name}.pcap`);
    const written = readNote(path) ?? (await this.write(path, traffic, vantage));
    this.paths.add(path);
    return { path, written };
  }

  /** Both sides of the traffic. */
  async pair(traffic: Traffic): Promise<CapturePair & { readonly written: Written }> {
    const { path: client, written } = await this.get(traffic, 'client');
    const { path: server } = await this.get(traffic, 'server');
    return { client, server, written };
  }

  /** Makes room, unless the captures are to be kept. */
  clear(): void {
    if (this.keep) return;
    for (const path of this.paths) for (const file of [path, noteOf(path)]) rmSync(file, { force: true });
    this.paths.clear();
  }

  /** Under its name only once it is whole: an interrupted run leaves nothing that a later one would take. */
  private async write(path: string, traffic: Traffic, vantage: Vantage): Promise<Written> {
    const unfinished = `${path}.part`;
    const written = await writeCapture(unfinished, traffic, vantage, this.signal);
    renameSync(unfinished, path);
    writeFileSync(noteOf(path), JSON.stringify(written));
    return written;
  }
}

function noteOf(path: string): string {
  return `${path}.json`;
}

/** What an earlier run noted of a capture; null when it is not there, or not as it was. */
function readNote(path: string): Written | null {
  try {
    const written = JSON.parse(readFileSync(noteOf(path), 'utf8')) as Written;
    return statSync(path).size === written.bytes ? written : null;
  } catch {
    return null;
  }
}
