import { Option } from 'commander';
import { capturesOf, type NamedCapture } from './captures.js';
import { collect, collectList } from './program.js';

/** What is analysed, and against what. */
export interface InputOptions {
  readonly captures: readonly NamedCapture[];
  readonly lb: readonly string[];
  readonly where: readonly string[];
  /** Whether an independent second reader checks the frames that are cited. */
  readonly secondReader: boolean;
}

/** How a run behaves towards the terminal. */
export interface TerminalOptions {
  /** Undefined when neither `--color` nor `--no-color` was given. */
  readonly color: boolean | undefined;
  readonly progress: boolean;
}

/** As commander hands them over: what was not given is not there. */
export interface InputFlags {
  readonly lb?: readonly string[];
  readonly where?: readonly string[];
  readonly vantage?: readonly string[];
  readonly r?: readonly string[];
  readonly secondReader?: true;
}

/** As commander hands them over. */
export interface TerminalFlags {
  readonly color?: boolean;
  readonly progress: boolean;
}

/** `--lb`: what the findings are checked against. */
export function lbOption(): Option {
  return new Option('-l, --lb <file or preset>', "the LB's configuration or a preset, repeatable").argParser(
    collect,
  );
}

/** `--where`: which connections are wanted. */
export function whereOption(): Option {
  return new Option('--where <host[:port],...>', 'only these connections').argParser(collectList);
}

/** Which captures are read, and how. */
export function captureOptions(): Option[] {
  return [
    new Option(
      '--vantage <side=where,...>',
      'client= or server= a file (each file of a ring), or if:eth0, an interface of the one capture; other names are points between, in their order',
    ).argParser(collect),
    new Option('--second-reader', 'read cited frames once more, with the independent pcap-parser'),
    new Option('-r <file>', 'a capture, as tcpdump and tshark take it').argParser(collect),
  ];
}

/** Colours and progress. */
export function terminalOptions(): Option[] {
  return [
    new Option('--color', 'colours even where no terminal is'),
    new Option('--no-color', 'no colours (also NO_COLOR, FORCE_COLOR)'),
    new Option('--no-progress', 'no progress on standard error'),
  ];
}

/**
 * What the flags and the captures beside them say of the input.
 * @throws InputError when they do not make one capture, or one of each side
 */
export function toInput(flags: InputFlags, positional: readonly string[]): InputOptions {
  return {
    captures: capturesOf([...(flags.r ?? []), ...positional], flags.vantage ?? []),
    lb: flags.lb ?? [],
    where: flags.where ?? [],
    secondReader: flags.secondReader === true,
  };
}

/** What the flags say of the terminal. */
export function toTerminal({ color, progress }: TerminalFlags): TerminalOptions {
  return { color, progress };
}
