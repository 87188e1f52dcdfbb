import type { Writable } from 'node:stream';

/** Where text goes. A write settles when the text is out, or when nobody reads any more. */
export interface Sink {
  readonly isTTY: boolean;
  /** Unknown where it is not a terminal. */
  readonly columns: number | undefined;
  write(text: string): Promise<void>;
}

/** Everything the program takes from the process it runs in; tests hand in their own. */
export interface Io {
  readonly stdin: { readonly isTTY: boolean };
  readonly stdout: Sink;
  readonly stderr: Sink;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
  /** Milliseconds that only grow. */
  readonly now: () => number;
  /** The day, in UTC: `2027-01-31`. */
  readonly today: () => string;
  /** The folder that relative paths start from. */
  readonly cwd: () => string;
  readonly writeFile: (path: string, text: string) => Promise<void>;
  /** Calls back at the first Ctrl-C; the second one ends the process. Returns what takes it back. */
  readonly onInterrupt: (stop: () => void) => () => void;
}

const DAY_LENGTH = '2027-01-31'.length;

/** The Io of the running process. Streams are opened when first asked for: for the help, that is only one. */
export function processIo(): Io {
  let stdout: Sink | undefined;
  let stderr: Sink | undefined;
  return {
    stdin: {
      get isTTY() {
        return process.stdin.isTTY === true;
      },
    },
    get stdout() {
      stdout ??= sink(process.stdout);
      return stdout;
    },
    get stderr() {
      stderr ??= sink(process.stderr);
      return stderr;
    },
    env: process.env,
    platform: process.platform,
    now: () => performance.now(),
    today: () => new Date().toISOString().slice(0, DAY_LENGTH),
    cwd: () => process.cwd(),
    writeFile: async (path, text) => (await import('node:fs/promises')).writeFile(path, text),
    onInterrupt(stop) {
      process.once('SIGINT', stop);
      return () => process.removeListener('SIGINT', stop);
    },
  };
}

/** A stream as a sink. Its reader leaving early (`| head`) is that reader's right, not an error. */
export function sink(stream: Writable & { readonly isTTY?: boolean; readonly columns?: number }): Sink {
  // The callback of a write gets the error too; without a listener the event would end the process.
  stream.on('error', () => {});
  return {
    isTTY: stream.isTTY === true,
    get columns() {
      return stream.columns;
    },
    write: (text) =>
      new Promise((resolve, reject) => {
        stream.write(text, (error) => (error && !readerLeft(error) ? reject(error) : resolve()));
      }),
  };
}

const READER_LEFT = new Set(['EPIPE', 'ECONNRESET', 'ERR_STREAM_DESTROYED']);

function readerLeft(error: Error): boolean {
  return 'code' in error && typeof error.code === 'string' && READER_LEFT.has(error.code);
}
