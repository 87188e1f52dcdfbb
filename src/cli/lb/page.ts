import { escapeForAscii, escapeForTerminal } from '../../report/escape.js';
import { hang, wrap } from '../../report/text/wrap.js';
import type { Io } from '../io.js';
import { canShowUnicode, outputWidth } from '../terminal.js';

/** Lines for a terminal: every text may come out of a configuration, so none goes there as it is. */
export class Lines {
  readonly #lines: string[] = [];
  readonly #width: number;
  readonly #escape: (text: string) => string;

  constructor(io: Io) {
    this.#width = outputWidth(io);
    this.#escape = canShowUnicode(io) ? escapeForTerminal : escapeForAscii;
  }

  /** A paragraph. */
  say(text: string): this {
    this.#lines.push(...wrap(this.#escape(text), this.#width));
    return this;
  }

  /** A text beside its label; further lines begin below the text. */
  item(label: string, text: string): this {
    this.#lines.push(...hang(this.#escape(label), this.#escape(text), this.#width));
    return this;
  }

  /** A link, unbroken however long: it is there to be copied. */
  link(indent: string, url: string): this {
    this.#lines.push(indent + this.#escape(url));
    return this;
  }

  gap(): this {
    this.#lines.push('');
    return this;
  }

  toString(): string {
    return `${this.#lines.join('\n')}\n`;
  }
}
