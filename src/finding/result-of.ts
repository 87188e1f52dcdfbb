import type { VantageRecord } from '../flow/vantage-record.js';
import { chainOf } from '../lb/chain.js';
import type { Policy } from '../lb/model.js';
import type { PairedRows } from '../pair/pairs.js';
import type { Pairing } from '../pair/path.js';
import type {
  CaptureSummary,
  ClockEstimate,
  Finding,
  PolicySummary,
  ResetSegment,
  Result,
  Summary,
} from '../result.js';
import { VERSION } from '../version.js';
import { mismatches } from './mismatches.js';
import { timeAt } from './time.js';

const SECOND = 1e9;
const PARTS_PER_MILLION = 1e6;

/** Puts the report object together. */
export function resultOf(
  pairing: Pairing,
  between: readonly VantageRecord[],
  policy: Policy | null,
  findings: Finding[],
  inferred: Result['inferred'],
): Result {
  const captures = [pairing.client, ...between, pairing.server]
    .filter((record) => record !== null)
    .map(captureSummary);
  const requests = pairing.requests?.pairs.length ?? 0;
  const folded = pairing.folds?.all.length ?? 0;
  return {
    schemaVersion: 1,
    tool: { name: 'rst-analyze', version: VERSION },
    captures,
    clock: clockEstimate(pairing),
    pairing: {
      paths: pairing.pairs.length,
      unpaired: { client: countOf(pairing.unpaired('client')), server: countOf(pairing.unpaired('server')) },
      methods: countBy(methodsOf(pairing.pairs)),
      ...(requests === 0 ? {} : { requests }),
      ...(folded === 0 ? {} : { folded }),
    },
    policy: policy === null ? null : policySummary(policy, pairing),
    findings,
    inferred,
    summary: summaryOf(findings),
  };
}

function policySummary(policy: Policy, pairing: Pairing): PolicySummary {
  const { model, source } = policy;
  const problems = [...policy.problems, ...mismatches(policy, pairing)];
  const inRow = policy.devices.filter(({ group }) => group === undefined);
  if (inRow.length < 2) return { model, source, problems };
  const { devices, text } = chainOf(policy);
  return {
    model,
    source,
    problems,
    chain: { devices: devices.map((link) => ({ ...link })), text: [...text] },
  };
}

function captureSummary(record: VantageRecord): CaptureSummary {
  const { log, baseTime } = record;
  return {
    vantage: record.vantage,
    path: record.path,
    format: record.format,
    linkTypes: [...record.linkTypes],
    frames: record.frames,
    tcpSegments: log.counts.tcpSegments,
    resetSegments: log.counts.resetSegments,
    connections: log.connections.length,
    firstTime: baseTime === null ? null : timeAt(baseTime, 0),
    lastTime: baseTime === null ? null : timeAt(baseTime, record.lastTime),
    warnings: record.warnings.map((warning) => ({ ...warning })),
    ...(record.interface === undefined ? {} : { interface: record.interface }),
    ...(record.files === undefined
      ? {}
      : { files: record.files.map(({ label, path, frames }) => ({ file: label, path, frames })) }),
    ...(log.counts.duplicates === 0 ? {} : { duplicates: log.counts.duplicates }),
    ...(record.dropsReported === undefined ? {} : { dropsReported: record.dropsReported }),
  };
}

function clockEstimate({ clock }: Pairing): ClockEstimate | null {
  if (clock === null) return null;
  return {
    offsetSeconds: clock.offset / SECOND,
    driftPpm: clock.drift * PARTS_PER_MILLION,
    uncertaintySeconds: clock.uncertainty / SECOND,
    samples: clock.samples,
    ...(clock.steps.length === 0
      ? {}
      : {
          steps: clock.steps.map(({ after, by }) => ({
            afterSeconds: after / SECOND,
            bySeconds: by / SECOND,
          })),
        }),
  };
}

function summaryOf(findings: readonly Finding[]): Summary {
  const classes = findings.flatMap((finding) => (finding.class === null ? [] : [finding.class]));
  return {
    resets: sum(findings, ({ resets }) => sum(resets, isFirstRecord)),
    byClass: countBy(classes),
    violations: findings.filter(({ policyCheck }) => policyCheck?.status === 'violates').length,
    silentDrops: findings.filter(({ kind }) => kind === 'silent-drop').length,
  };
}

function countOf(rows: Iterable<number>): number {
  let count = 0;
  for (const _ of rows) count += 1;
  return count;
}

function* methodsOf(pairs: Iterable<PairedRows>): Generator<string> {
  for (const { method } of pairs) yield method;
}

/** A RST that was recorded more than once counts once. */
function isFirstRecord({ duplicateOf }: ResetSegment): number {
  return duplicateOf === undefined ? 1 : 0;
}

function sum<Item>(items: readonly Item[], measure: (item: Item) => number): number {
  return items.reduce((total, item) => total + measure(item), 0);
}

function countBy<Key extends string>(
  keys: Iterable<Key>,
): Partial<Record<Key, number>> & Record<string, number> {
  const counts: Record<string, number> = {};
  for (const key of keys) counts[key] = (counts[key] ?? 0) + 1;
  return counts as Partial<Record<Key, number>> & Record<string, number>;
}
