import { CLOSED_BY_FIN, ESTABLISHED, RESET_SEEN } from '../flow/connection-flags.js';
import type { FlowLog } from '../flow/log.js';
import { type End, onCommonClock, type Pairing, type Path } from '../pair/path.js';

const SECOND = 1e9;
/** A second try comes within this. */
const AT_ONCE = 1 * SECOND;
/** A client that was served this soon before too opens connections all the time: one of them is no second try. */
const QUIET_BEFORE = 5 * SECOND;

/** Connections of the clients whose connections were reset, by client and service: who was served again, and when. */
export class Retries {
  readonly #wanted: Record<End, Set<string>> = { client: new Set(), server: new Set() };
  readonly #served: Partial<Record<End, ReadonlyMap<string, readonly number[]>>> = {};

  constructor(private readonly pairing: Pairing) {}

  /** Takes a connection that was reset into account; before the first question is asked. */
  add(path: Path): void {
    const place = this.#placeOf(path);
    if (place !== null) this.#wanted[place.end].add(place.key);
  }

  /**
   * Nanoseconds until the client of a path was served by the same service again; null where it was not within a
   * second, or where it had been served just before as well, so that the new connection need not be a second try.
   * @param time on the client's time line
   */
  after(path: Path, time: number): number | null {
    const place = this.#placeOf(path);
    if (place === null) return null;
    const served = this.#servedAt(place.end).get(place.key) ?? [];
    const around = served
      .map((at) => onCommonClock(this.pairing, place.end, at) - time)
      .filter((since) => since > -QUIET_BEFORE && since <= AT_ONCE);
    const [only] = around;
    return around.length === 1 && only !== undefined && only > 0 ? only : null;
  }

  /** Where the client itself can be seen to try again: a leg that a proxy opened is nobody's second try. */
  #placeOf(path: Path): { end: End; key: string } | null {
    if (path.client !== null) return this.#place('client', path.client.row);
    if (path.server === null || path.mode === 'proxy') return null;
    return this.#place('server', path.server.row);
  }

  #place(end: End, row: number): { end: End; key: string } | null {
    const log = this.pairing[end]?.log;
    return log === undefined ? null : { end, key: keyOf(log, row) };
  }

  #servedAt(end: End): ReadonlyMap<string, readonly number[]> {
    const known = this.#served[end];
    if (known !== undefined) return known;
    const log = this.pairing[end]?.log;
    const found = log === undefined ? new Map<string, number[]>() : servedIn(log, this.#wanted[end]);
    this.#served[end] = found;
    return found;
  }
}

/** When connections began that were answered and not reset, by client and service. */
function servedIn(log: FlowLog, wanted: ReadonlySet<string>): Map<string, number[]> {
  const served = new Map<string, number[]>();
  for (let row = 0; row < log.connections.length; row += 1) {
    const { flags, detail, firstTime } = log.connections.at(row);
    if ((flags & ESTABLISHED) === 0 || (flags & RESET_SEEN) !== 0) continue;
    const answered =
      detail >= 0 ? log.details.at(detail + 1).payloadBytes > 0 : (flags & CLOSED_BY_FIN) !== 0;
    if (!answered) continue;
    const key = keyOf(log, row);
    if (!wanted.has(key)) continue;
    const times = served.get(key);
    if (times === undefined) served.set(key, [firstTime]);
    else times.push(firstTime);
  }
  return served;
}

function keyOf(log: FlowLog, row: number): string {
  const { family, address0, address1, port1 } = log.connections.at(row);
  return String.fromCharCode(family, address0 >>> 16, address0, address1 >>> 16, address1, port1);
}
