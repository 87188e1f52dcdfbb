import {
  droppedBy,
  INTERFACE_LENGTH,
  type Interface,
  readInterface,
  STATISTICS_LENGTH,
} from './interface.js';

/** More interfaces than any capture has: a file that is made of them must not fill the memory. */
const MOST_INTERFACES = 65_536;

/** The interfaces of the section that is being read, and what all sections reported lost. */
export class InterfaceTable {
  /** Whether an interface that is wanted was described. */
  matched: boolean;
  #interfaces: Interface[] = [];
  /** Frames lost in sections that are over; null while no statistics were seen. */
  #droppedBefore: number | null = null;

  /** @param choice name or number of the one interface whose frames are wanted; null for all */
  constructor(private readonly choice: string | null) {
    this.matched = choice === null;
  }

  /** Interfaces are numbered within their section. */
  startSection(): void {
    this.#droppedBefore = this.dropped();
    this.#interfaces = [];
  }

  get(number: number): Interface | undefined {
    return this.#interfaces[number];
  }

  /** Takes the interface description block at `at`; one that is too short describes nothing, but has a number. */
  add(view: DataView, at: number, end: number, little: boolean): void {
    const number = this.#interfaces.length;
    if (end - at < INTERFACE_LENGTH || number >= MOST_INTERFACES) return;
    const described = readInterface(view, at, end, little, number, this.choice);
    this.#interfaces.push(described);
    if (described.wanted) this.matched = true;
  }

  /** Takes the statistics block at `at`; counters only grow, so the last one of an interface counts. */
  noteStatistics(number: number, view: DataView, at: number, end: number, little: boolean): void {
    const about = this.#interfaces[number];
    if (about === undefined || !about.wanted || end - at < STATISTICS_LENGTH) return;
    about.dropped = droppedBy(view, at, end, little) ?? about.dropped;
  }

  /** Frames reported lost so far; null when nothing was reported. */
  dropped(): number | null {
    const counts = this.#interfaces.flatMap(({ dropped }) => dropped ?? []);
    if (counts.length === 0) return this.#droppedBefore;
    return counts.reduce((sum, count) => sum + count, this.#droppedBefore ?? 0);
  }

  /** The interfaces as a user can name them: `eth0 (0)`. */
  names(): string[] {
    return this.#interfaces.map(
      ({ name, description }, i) => `${name ?? description ?? 'without name'} (${i})`,
    );
  }
}
