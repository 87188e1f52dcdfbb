import { basename, join } from 'node:path';
import { analyze } from '#src/analyze.js';
import type { EvidenceLine, Finding, FrameRef, Result } from '#src/result.js';
import { type Case, capturesOf, lbInputs, readCases } from '../../accuracy/truth.js';
import { ROOT } from '../../support/root.js';
import { type TsharkPacket, tsharkPacketsOf } from '../../support/tshark-packets.js';
import { type Recording, type Said, type Sighting, saidBy, type Vantage } from './said.js';

const ROOTS = ['captures', 'pairing', 'policy'].map((name) => join(ROOT, 'fixtures', name));
const VANTAGES: readonly Vantage[] = ['client', 'server'];

/** Captures that the tool refuses, with reason. */
const REFUSED = new Set(['wrong-incident']);

/** A line of evidence of a case, and what it says beside what tshark shows. */
export interface LabLine {
  readonly where: string;
  readonly line: EvidenceLine;
  readonly said: Said;
}

/** Every line of evidence of every finding about the lab's cases. */
export async function labLines(roots: readonly string[] = ROOTS): Promise<LabLine[]> {
  const cases = roots.flatMap(readCases).filter(({ truth }) => !REFUSED.has(truth.case));
  const paths = cases.flatMap((one) => VANTAGES.flatMap((vantage) => capturesOf(one, vantage)));
  const packets = await tsharkPacketsOf(paths);
  const lines: LabLine[] = [];
  for (const one of cases) lines.push(...(await linesOf(one, packets)));
  return lines;
}

async function linesOf(one: Case, packets: ReadonlyMap<string, readonly TsharkPacket[]>): Promise<LabLine[]> {
  const captures = VANTAGES.flatMap((vantage) => capturesOf(one, vantage).map((path) => ({ vantage, path })));
  const result = await analyze({ captures, lb: lbInputs(one) });
  const recordings = new Map<string, Recording>(
    captures.map(({ vantage, path }) => [path, { vantage, packets: packets.get(path) ?? [] }]),
  );
  const find = finder(result, recordings);
  return result.findings.flatMap((finding: Finding) =>
    finding.evidence.map((line) => ({
      where: `${one.truth.case} ${finding.id} ${line.id}: "${line.text}" ${framesIn(line)}`,
      line,
      said: saidBy(line, finding, result, find, [...recordings.values()]),
    })),
  );
}

function framesIn({ frames }: EvidenceLine): string {
  return frames.map(({ vantage, file, frame }) => `${file ?? vantage} #${frame}`).join(', ');
}

/** A frame of the report among what tshark shows: it is cited by its vantage, or by its file where that has several. */
function finder(result: Result, recordings: ReadonlyMap<string, Recording>): (ref: FrameRef) => Sighting {
  const files = [...recordings].map(([path, recording]) => ({ path, recording }));
  return ({ vantage, file, frame }) => {
    const own = files.find(
      ({ path, recording }) =>
        recording.vantage === vantage && (file === undefined || basename(path) === file),
    );
    const packet = own?.recording.packets.find((one) => one.frame === frame);
    if (own === undefined || packet === undefined)
      throw new Error(`${result.captures[0]?.path}: tshark shows no segment in ${file ?? vantage} #${frame}`);
    return { ...packet, recording: own.recording };
  };
}
