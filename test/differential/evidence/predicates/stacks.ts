import { RST } from '../../../support/tshark-packets.js';
import { first } from '../check.js';
import {
  has,
  isFromSame,
  near,
  numbersIn,
  type Predicate,
  packetsAt,
  type Said,
  type Sighting,
  senderOf,
} from '../said.js';

/** The RST, and the packet that it is compared with, at one vantage where both were seen. */
function compared(said: Said): { model: Sighting; reset: Sighting } | null {
  if (said.cited.length !== 2) return null;
  const [before, last] = said.cited;
  const reset = near(last, said);
  const other = [last.client, last.server].find((one) => one !== null && one !== reset) ?? null;
  for (const one of [reset, other]) {
    const model = [before.client, before.server].find((seen) => seen?.recording === one?.recording);
    if (one !== null && model && has(one, RST)) return { model, reset: one };
  }
  return null;
}

const flowLabel: Predicate = (said) => {
  const both = compared(said);
  if (both === null) return 'cites not one packet and the RST';
  const { model, reset } = both;
  const same = model.flowLabel === reset.flowLabel;
  return first(
    [isFromSame(model, reset) && model.frame < reset.frame, 'the packet before is not of the same sender'],
    [said.text.includes(`the ${senderOf(reset, said)}'s`), `the RST is the ${senderOf(reset, said)}'s`],
    [model.flowLabel !== null && model.flowLabel !== 0, 'the packet before has no flow label'],
    [said.text.startsWith('another') !== same, `flow labels ${model.flowLabel} and ${reset.flowLabel}`],
  );
};

/** Segments of an end that are lately. */
const LATELY = 3;

const mirroredWindow: Predicate = (said) => {
  const both = compared(said);
  if (both === null) return 'cites not one packet and the RST';
  const { model, reset } = both;
  const [told] = numbersIn(said.text);
  const own = packetsAt(reset.recording.vantage, said).filter(
    (one) => isFromSame(one, reset) && one.frame < reset.frame && !has(one, RST),
  );
  const lately = own.slice(-LATELY);
  return first(
    [
      reset.window === told && model.window === told && told !== 0,
      `windows ${model.window} and ${reset.window}`,
    ],
    [!isFromSame(model, reset), 'the packet is of the same sender'],
    [said.text.includes(`the ${senderOf(reset, said)} had`), `the RST is the ${senderOf(reset, said)}'s`],
    [lately.length > 0 && lately.every(({ window }) => window !== told), 'its sender had that window too'],
  );
};

/** Forms of other stacks than Linux, and marks that only some headers have. */
export const stacks: Readonly<Record<string, Predicate>> = {
  'flow-label-as-sender': flowLabel,
  'window-mirrors-trigger': mirroredWindow,
};
