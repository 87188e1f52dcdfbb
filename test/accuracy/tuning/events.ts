import type { Facts } from '#src/evidence/detectors/index.js';
import { type Fact, fact } from '#src/evidence/fact.js';
import { gatherEvidence, type JudgedScene } from '#src/evidence/gather.js';
import { citedFrame } from '#src/flow/vantage-record.js';
import { inOrder } from '#src/pair/order.js';
import { type Pairing, pairVantages } from '#src/pair/path.js';
import { readVantage } from '#src/read-vantage.js';
import { type Case, capturesOf, type LabelledReset } from '../truth.js';

/** What the right verdict would say; several where the captures support several. */
export interface Answer {
  readonly class: string;
  readonly originator: string;
}

/** One reset event of a labelled case: what was established about it, and what it really was. */
export interface LabelledEvent {
  readonly case: string;
  readonly facts: Facts;
  readonly answers: readonly Answer[];
  /** What it counts: each case alike, but for the root of its events. */
  share: number;
}

/** The events of a case that a rule has to judge; those of an end that only answers after an earlier reset are not. */
export async function eventsOf(one: Case): Promise<LabelledEvent[]> {
  const given = await Promise.all(
    (['client', 'server'] as const).map((vantage) =>
      readVantage(vantage, { paths: capturesOf(one, vantage) }),
    ),
  );
  const [client, server] = inOrder(given[0] ?? null, given[1] ?? null);
  const pairing = pairVantages(client, server);
  const labels = new Map<string, LabelledReset>();
  for (const { resets } of one.truth.connections)
    for (const reset of resets) labels.set(keyOf(reset.vantage, reset.file, reset.frame), reset);
  const events: LabelledEvent[] = [];
  for (const { events: scenes } of gatherEvidence(pairing, () => true)) {
    for (const { scene, facts } of scenes) {
      const label = labelOf(scene, pairing, labels);
      if (label === undefined || facts.get('after-earlier-reset')?.state === true) continue;
      const answers = [label, ...(label.alsoAccepted ?? [])];
      events.push({ case: one.truth.case, facts: bare(facts), answers, share: 0 });
    }
  }
  return events;
}

function keyOf(vantage: string, file: string | undefined, frame: number): string {
  return `${file === undefined || file === `${vantage}.pcap` ? vantage : file} ${frame}`;
}

function labelOf(
  { event }: JudgedScene['scene'],
  pairing: Pairing,
  labels: ReadonlyMap<string, LabelledReset>,
): LabelledReset | undefined {
  for (const packet of event.packets) {
    for (const vantage of ['client', 'server'] as const) {
      const seen = packet[vantage];
      const record = pairing[vantage];
      if (seen === null || record === null) continue;
      const { file, frame } = citedFrame(record, seen.frame);
      const label = labels.get(keyOf(vantage, file, frame));
      if (label !== undefined) return label;
    }
  }
  return undefined;
}

/** The facts without their words and packets: many events are kept. */
function bare(facts: Facts): Facts {
  return new Map(
    [...facts.values()].map(({ id, state, quality }): [Fact['id'], Fact] => [
      id,
      fact(id, state, '', [], quality),
    ]),
  );
}
