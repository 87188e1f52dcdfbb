import type { CaptureSummary, CaptureWarning, Result } from '../../result.js';
import { clockOf, count, dayOf, plural, seconds } from '../text/units.js';
import { columns } from '../text/width.js';
import { hang } from '../text/wrap.js';
import type { Page } from './page.js';

const LABEL_WIDTH = 'pairing  '.length;

/** What was read and how it hangs together: captures, time, clocks, pairing, policy, warnings. */
export function header(result: Result, page: Page): string[] {
  return [
    ...result.captures.flatMap((capture) => labelled(capture.vantage, captureText(capture), page)),
    ...timeLines(result, page),
    ...sidesLines(result, page),
    ...policyLines(result, page),
    ...result.captures.flatMap((capture) => secondReaderLines(capture, page)),
    ...result.captures.flatMap((capture) => warningLines(capture, page)),
  ];
}

function captureText(capture: CaptureSummary): string {
  const { path, interface: name, files, frames, resetSegments, connections } = capture;
  const numbers = [plural(frames, 'frame'), plural(connections, 'connection'), plural(resetSegments, 'RST')];
  const parts = [
    ...(name === undefined ? [] : [`interface ${name}`]),
    ...(files === undefined ? [] : [plural(files.length, 'file')]),
  ];
  return `${path}${parts.length === 0 ? '' : ` (${parts.join(', ')})`}: ${numbers.join(', ')}`;
}

function timeLines({ captures }: Result, page: Page): string[] {
  const first = captures.flatMap(({ firstTime }) => firstTime ?? []).sort()[0];
  const last = captures
    .flatMap(({ lastTime }) => lastTime ?? [])
    .sort()
    .at(-1);
  if (!first || !last) return [];
  const end = dayOf(first) === dayOf(last) ? clockOf(last) : `${dayOf(last)} ${clockOf(last)}`;
  return labelled('time', `${dayOf(first)} ${clockOf(first)} to ${end} UTC`, page);
}

/** How the two sides fit together, or what the missing one would have told. */
function sidesLines({ captures, clock, pairing }: Result, page: Page): string[] {
  if (captures.length < 2) {
    const missing = captures[0]?.vantage === 'server' ? 'client' : 'server';
    const text = `one side only; a capture of the ${missing} side from the same time would show which box sent each RST`;
    return labelled('pairing', text, page, '!');
  }
  const methods = Object.entries(pairing.methods).map(([name, n]) => `${count(n)} by ${name}`);
  const { client, server } = pairing.unpaired;
  const text = `${plural(pairing.paths, 'path')}${methods.length > 0 ? ` (${methods.join(', ')})` : ''}`;
  const alone =
    client + server > 0 ? `; seen on one side only: client ${count(client)}, server ${count(server)}` : '';
  const requests = pairing.requests === undefined ? '' : `, ${plural(pairing.requests, 'HTTP request')}`;
  return [
    ...labelled('clocks', clockText(clock, page), page),
    ...labelled('pairing', text + requests + alone, page),
    ...foldedLines(pairing.folded ?? 0, page),
  ];
}

function foldedLines(folded: number, page: Page): string[] {
  if (folded === 0) return [];
  const text = `${plural(folded, 'time')} the load balancer gave the address and port of a living connection at the backend to another one`;
  return labelled('', text, page, '!');
}

function clockText(clock: Result['clock'], { symbols }: Page): string {
  if (clock === null) return 'offset between the captures unknown: no path was seen on both sides';
  const { offsetSeconds, uncertaintySeconds, driftPpm, steps = [] } = clock;
  const size = seconds(Math.abs(offsetSeconds));
  const relation =
    offsetSeconds === 0 ? 'equal' : `server ${size} ${offsetSeconds > 0 ? 'ahead of' : 'behind'} client`;
  const drift = driftPpm === 0 ? '' : `, drifting ${Number(driftPpm.toPrecision(2))} ppm`;
  const stepped = steps.map(
    ({ afterSeconds, bySeconds }) =>
      `; then one was set: the server ${bySeconds > 0 ? 'gained' : 'lost'} ${seconds(Math.abs(bySeconds))} on the client after ${seconds(afterSeconds)}`,
  );
  return `${relation}, ${symbols.plusMinus} ${seconds(uncertaintySeconds)}${drift}${stepped.join('')}`;
}

function policyLines({ policy }: Result, page: Page): string[] {
  if (policy === null)
    return labelled('policy', 'none given; --lb checks each finding against the LB configuration', page);
  const source = policy.source === policy.model ? '' : ` from ${policy.source}`;
  return [
    ...labelled('policy', `${policy.model}${source}`, page),
    ...chainLines(policy.chain, page),
    ...policy.problems.flatMap((problem) => labelled('', problem, page, '!')),
  ];
}

/** The devices in a row with their timers, and what follows from their order. */
function chainLines(chain: NonNullable<Result['policy']>['chain'], page: Page): string[] {
  if (chain === undefined) return [];
  const links = chain.devices.map(({ device, seconds: value, atExpiry }) =>
    value === null ? `${device} (${atExpiry})` : `${device} ${seconds(value)}`,
  );
  return [
    ...labelled('chain', links.join(` ${page.symbols.arrow} `), page),
    ...chain.text.flatMap((sentence) => labelled('', sentence, page)),
  ];
}

/** The word of the second reader; anything but agreement is a warning. */
function secondReaderLines({ vantage, secondReader }: CaptureSummary, page: Page): string[] {
  if (secondReader === undefined) return [];
  const { status, text } = secondReader;
  return labelled('reread', `${vantage}: ${text}`, page, status === 'agrees' ? '' : '!');
}

function warningLines({ vantage, warnings }: CaptureSummary, page: Page): string[] {
  return warnings.flatMap((warning) =>
    labelled('warning', `${vantage}: ${warning.message}${placeOf(warning)}`, page, '!'),
  );
}

function placeOf({ frame, byteOffset, file }: CaptureWarning): string {
  const places = [
    ...(file === undefined ? [] : [file]),
    ...(frame === null ? [] : [`frame ${frame}`]),
    ...(byteOffset === null ? [] : [`byte ${count(byteOffset)}`]),
  ];
  return places.length === 0 ? '' : ` (${places.join(', ')})`;
}

/** A line of the header. A mark makes it a warning. */
function labelled(label: string, text: string, page: Page, mark = ''): string[] {
  const name = label.padEnd(LABEL_WIDTH);
  const lines = hang(name, mark === '' ? text : `${mark} ${text}`, page.width);
  return lines.map((line) => {
    const split = columns(name);
    return (
      page.paint(line.slice(0, split), 'dim') +
      page.paint(line.slice(split), mark === '' ? undefined : 'warn')
    );
  });
}
