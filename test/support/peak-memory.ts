import { readFileSync } from 'node:fs';

const KIBIBYTE = 1024;

/**
 * Most bytes that this process held. Where Linux tells its own peak, that one: `maxRSS` also counts what the process
 * that started this one held.
 */
export function peakMemory(): number {
  return KIBIBYTE * (highWaterMark() ?? process.resourceUsage().maxRSS);
}

function highWaterMark(): number | null {
  try {
    const found = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync('/proc/self/status', 'latin1'));
    return found === null ? null : Number(found[1]);
  } catch {
    return null;
  }
}
