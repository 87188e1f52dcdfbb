import { type CaptureFile, filesOf } from '../capture/files.js';
import type { CaptureSummary, Finding, FrameRef, Result, SecondReading } from '../result.js';
import { isStream, whyNotApplicable } from './applicable.js';
import { compareReadings } from './compare.js';
import { type FileOutcome, secondReadingOf } from './outcome.js';
import { readAgain } from './own-reader.js';
import { pcapParser } from './pcap-parser.js';
import type { NamedReader } from './reading.js';

/** Which files a vantage was read from. */
export interface ReadPaths {
  readonly vantage: string;
  readonly path: string;
}

/**
 * The report with the word of an independent second reader on every capture: whether each frame that is cited has the
 * same number, time, lengths and bytes for it.
 */
export async function withSecondReader(
  result: Result,
  inputs: readonly ReadPaths[],
  second: NamedReader = pcapParser,
): Promise<Result> {
  const captures: CaptureSummary[] = [];
  for (const capture of result.captures) {
    const paths = inputs.filter(({ vantage }) => vantage === capture.vantage).map(({ path }) => path);
    const cited = result.findings.flatMap(citedFrames).filter(({ vantage }) => vantage === capture.vantage);
    captures.push({ ...capture, secondReader: await readTwice(capture, paths, cited, second) });
  }
  return { ...result, captures };
}

function citedFrames({ resets, evidence }: Finding): FrameRef[] {
  return [...resets, ...evidence.flatMap(({ frames }) => frames)];
}

async function readTwice(
  capture: CaptureSummary,
  paths: readonly string[],
  cited: readonly FrameRef[],
  second: NamedReader,
): Promise<SecondReading> {
  const several = capture.files !== undefined;
  const outcomes: FileOutcome[] = [];
  for (const { path, label } of capture.files?.map(asCaptureFile) ?? (await onlyFile(paths))) {
    const file = several ? label : undefined;
    const frames = cited.filter((one) => one.file === file).map(({ frame }) => frame);
    outcomes.push({ file, ...(await readFileTwice(path, new Set(frames), second)) });
  }
  return secondReadingOf(second.name, outcomes);
}

function asCaptureFile({ file, path }: { file: string; path: string }): CaptureFile {
  return { path, label: file };
}

/** The one file of a capture that names none: itself, or what a directory holds. A pipe is not touched again. */
async function onlyFile(paths: readonly string[]): Promise<readonly CaptureFile[]> {
  const [path = ''] = paths;
  return (await isStream(path)) ? [{ path, label: path }] : (await filesOf(paths)).files;
}

async function readFileTwice(
  path: string,
  wanted: ReadonlySet<number>,
  second: NamedReader,
): Promise<Omit<FileOutcome, 'file'>> {
  const why = await whyNotApplicable(path);
  if (why !== null) return notApplicable(why);
  const theirs = await second.read(path, wanted);
  if ('refusal' in theirs) return notApplicable(theirs.refusal);
  const ours = await readAgain(path, wanted);
  return {
    notApplicable: null,
    frames: ours.frames,
    ...compareReadings(ours, theirs, wanted),
    tail: theirs.tail,
  };
}

function notApplicable(why: string): Omit<FileOutcome, 'file'> {
  return { notApplicable: why, frames: 0, framesChecked: 0, differences: [], tail: 0 };
}
