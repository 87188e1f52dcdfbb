import { OPENED_BROKEN, OPENED_HELLO, OPENED_HTTP } from '../flow/opening/beginning.js';
import { SHORT_DIGEST } from '../flow/opening/openings.js';
import type { PairingContext } from './method.js';
import { type Stream, streamsOf } from './streams.js';

/** Whether the words that both clients began with are not the same, as far as a proxy would pass them on. */
export function sayOtherwise({ client, server }: PairingContext, a: number, b: number): boolean {
  const here = streamsOf(client.log).of(a, 0);
  const there = streamsOf(server.log).of(b, 0);
  if (here === null || there === null) return there !== null && there.length > 0;
  const all = here.kinds | there.kinds;
  const both = here.kinds & there.kinds;
  if ((all & OPENED_BROKEN) !== 0 || ((all ^ both) & OPENED_HELLO) !== 0) return false;
  return (both & OPENED_HTTP) !== 0 ? !asksTheSame(here, there) : !saysTheSame(here, there);
}

/** Whether two streams of HTTP have the same requests in the same order. */
export function asksTheSame(here: Stream, there: Stream): boolean {
  return (
    here.requests === there.requests &&
    here.requests0 === there.requests0 &&
    here.requests1 === there.requests1
  );
}

/** As far as it is known: what a proxy had not passed on when its leg ended, it never did. */
function saysTheSame(here: Stream, there: Stream): boolean {
  if (here.length === there.length) return here.digest0 === there.digest0 && here.digest1 === there.digest1;
  if (here.length < there.length) return false;
  return there.length < SHORT_DIGEST || (here.short0 === there.short0 && here.short1 === there.short1);
}
