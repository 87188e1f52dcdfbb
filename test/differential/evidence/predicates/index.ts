import type { Predicate } from '../said.js';
import { around } from './around.js';
import { closing } from './close.js';
import { crowd } from './crowd.js';
import { fold } from './fold.js';
import { shape } from './form.js';
import { silence } from './idle.js';
import { legs } from './legs.js';
import { marks } from './marks.js';
import { origin } from './origin.js';
import { outlived } from './outlived.js';
import { paths } from './paths.js';
import { place } from './place.js';
import { reply } from './reply.js';
import { stacks } from './stacks.js';
import { timers } from './timers.js';
import { waiting } from './waiting.js';

/** What tshark has to show for a line of evidence, by its id. */
export const PREDICATES: Readonly<Record<string, Predicate | undefined>> = {
  ...origin,
  ...reply,
  ...fold,
  ...silence,
  ...waiting,
  ...closing,
  ...shape,
  ...marks,
  ...stacks,
  ...around,
  ...crowd,
  ...legs,
  ...paths,
  ...place,
  ...outlived,
  ...timers,
};
