import type { FlowLog } from '../flow/log.js';
import { handshakeKey } from '../flow/twins.js';
import type { VantageRecord } from '../flow/vantage-record.js';
import type { End, Pairing } from './path.js';
import { streamsOf } from './streams.js';

/** Connections that are looked at: what they show, the others do too. */
const ENOUGH = 4096;
/** Connections that must be there twice, and their share of those that could. */
const LEAST_TWICE = 3;
const LEAST_SHARE = 0.25;
/** A proxy opens its leg within this after the client's. Nanoseconds. */
const OPENED_WITHIN = 1e9;
/** Bytes that two legs must have in common at least, both ways together: a greeting is everybody's. */
const LEAST_COMMON = 24;

/**
 * Says of a capture that it was taken on the balancer itself, with both of its sides in it: connections stand there twice,
 * with the same numbers where it translates, with the same words where it is a proxy. Then neither end of what it shows
 * need be an end of the path.
 */
export function withBothSides(pairing: Pairing): Pairing {
  const has = (end: End) => {
    const record = pairing[end];
    return record !== null && showsBothSides(record.log);
  };
  const bothSides = { client: has('client'), server: has('server') };
  if (!bothSides.client && !bothSides.server) return pairing;
  const warned = (end: End) => {
    const record = pairing[end] === null ? null : explained(pairing[end]);
    return record !== null && bothSides[end] ? withWarning(record) : record;
  };
  return { ...pairing, client: warned('client'), server: warned('server'), bothSides };
}

/** That nothing is in common needs no other explanation any more. */
function explained(record: VantageRecord): VantageRecord {
  return { ...record, warnings: record.warnings.filter(({ code }) => code !== 'no-common-connection') };
}

function withWarning(record: VantageRecord): VantageRecord {
  const message =
    'shows connections on both sides of a load balancer, as a capture of all its interfaces does: what came and what went is not told apart; capture one interface (tcpdump -i eth0), or each end';
  const warning = { code: 'both-sides', message, frame: null, byteOffset: null };
  return { ...record, warnings: [...record.warnings, warning] };
}

function showsBothSides(log: FlowLog): boolean {
  return areMany(translated(log)) || areMany(proxied(log));
}

interface Count {
  readonly twice: number;
  readonly all: number;
}

function areMany({ twice, all }: Count): boolean {
  return twice >= LEAST_TWICE && twice >= LEAST_SHARE * all;
}

/** Handshakes that are there twice, under other addresses. */
function translated(log: FlowLog): Count {
  const rows = new Map<number, number>();
  for (let row = 0; row < Math.min(ENOUGH, log.connections.length); row += 1) {
    const key = handshakeKey(log, row);
    if (key !== null) rows.set(key, (rows.get(key) ?? 0) + 1);
  }
  return { twice: [...rows.values()].filter((count) => count === 2).length, all: rows.size };
}

/** Who calls and who is called on one side of a balancer. */
interface Half {
  readonly callers: Set<string>;
  readonly called: Set<string>;
}

/**
 * Conversations that are there twice at one time, between other hosts: one half to those that call the balancer, the
 * other from the balancer to those that it calls. Hosts that are found in both halves are no balancer's.
 */
function proxied(log: FlowLog): Count {
  const begun = new Map<string, number>();
  const [front, back] = [half(), half()];
  let all = 0;
  let twice = 0;
  for (let row = 0; row < Math.min(ENOUGH, log.connections.length); row += 1) {
    const conversation = conversationOf(log, row);
    if (conversation === null) continue;
    all += 1;
    const earlier = begun.get(conversation);
    begun.set(conversation, row);
    if (earlier === undefined || !areTwoLegs(log, earlier, row)) continue;
    begun.delete(conversation);
    twice += 1;
    note(front, log, earlier);
    note(back, log, row);
  }
  const isMixed = haveCommon(front.callers, back.callers) || haveCommon(front.called, back.called);
  return isMixed ? { twice: 0, all } : { twice, all: all - twice };
}

/** What both sides of a connection said, as far as it was taken; null where that is too little to tell it by. */
function conversationOf(log: FlowLog, row: number): string | null {
  const streams = streamsOf(log);
  const words = new Uint32Array(3);
  const said = (side: 0 | 1) =>
    streams.digest(row, side, 'whole', words) && words[2] > 0 ? words.join(' ') : null;
  const [asked, answered] = [said(0), said(1)];
  if (asked === null || answered === null) return null;
  return streams.length(row, 0) + streams.length(row, 1) < LEAST_COMMON ? null : `${asked} ${answered}`;
}

function areTwoLegs({ connections }: FlowLog, earlier: number, later: number): boolean {
  const { firstTime, address0, address1, port1 } = connections.at(earlier);
  const other = connections.at(later);
  const isElsewhere = other.address0 !== address0 && (other.address1 !== address1 || other.port1 !== port1);
  return isElsewhere && other.firstTime - firstTime <= OPENED_WITHIN;
}

function half(): Half {
  return { callers: new Set(), called: new Set() };
}

function note({ callers, called }: Half, { connections }: FlowLog, row: number): void {
  const { family, address0, address1, port1 } = connections.at(row);
  callers.add(`${family} ${address0}`);
  called.add(`${family} ${address1} ${port1}`);
}

function haveCommon(some: ReadonlySet<string>, others: ReadonlySet<string>): boolean {
  return [...some].some((one) => others.has(one));
}
