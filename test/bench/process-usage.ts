import { readFileSync } from 'node:fs';

/** What a process used so far. */
export interface ProcessUsage {
  /** Seconds of processor time, user and system, of all threads. */
  readonly cpu: number;
  /** Most bytes that were resident at once. */
  readonly peak: number;
}

/** Linux gives times in `/proc` in this unit on every architecture that Node runs on (proc(5), `sysconf(_SC_CLK_TCK)`). */
const TICKS_A_SECOND = 100;
const KIBIBYTE = 1024;
/** Positions of `utime` and `stime` in `/proc/<pid>/stat`, counted behind the name of the program. */
const USER_TIME = 11;
const SYSTEM_TIME = 12;

const SAMPLE_MS = 10;

/** Samples a process from now on; the function that it returns ends that and says what it used up to then. */
export function watchProcess(pid: number | undefined): () => ProcessUsage | null {
  let last: ProcessUsage | null = null;
  const sampling = setInterval(() => {
    if (pid !== undefined) last = readProcessUsage(pid) ?? last;
  }, SAMPLE_MS);
  return () => {
    clearInterval(sampling);
    return last;
  };
}

/** Null where the system has no `/proc`, or the process is gone. */
function readProcessUsage(pid: number): ProcessUsage | null {
  try {
    return parseProcessUsage(
      readFileSync(`/proc/${pid}/stat`, 'latin1'),
      readFileSync(`/proc/${pid}/status`, 'latin1'),
    );
  } catch {
    return null;
  }
}

/** Of the text of `/proc/<pid>/stat` and `/proc/<pid>/status`; null for one that has ended and holds no memory. */
export function parseProcessUsage(stat: string, status: string): ProcessUsage | null {
  const peak = /^VmHWM:\s+(\d+) kB/m.exec(status);
  // The name stands in parentheses and may hold spaces and parentheses itself.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = Number(fields[USER_TIME]) + Number(fields[SYSTEM_TIME]);
  return peak === null || Number.isNaN(ticks)
    ? null
    : { cpu: ticks / TICKS_A_SECOND, peak: Number(peak[1]) * KIBIBYTE };
}
