import { BACKEND, OWN_HOST, type Rule } from '../rule.js';
import { FORM_FITS, ORIGIN_SEEN } from './weights.js';

/** Nothing listens on the backend's port. */
const refused: Rule = {
  class: 'backend-originated',
  subtype: 'connection-refused',
  originator: 'backend',
  title: 'the backend refused the connection: nothing listens on that port',
  requires: [BACKEND.born, 'answers-syn'],
  excludes: ['trigger-never-crossed'],
  weights: { ...OWN_HOST, [BACKEND.born]: ORIGIN_SEEN, 'answers-syn': 10, 'form-refusal': FORM_FITS },
  impact: 'harmful',
  advice: [
    'start the service, or take the backend out of the pool: the health check does not see that the port is closed',
  ],
};

/** One that the balancer asked about the port, as it does at fixed intervals: nobody's connection was lost by that. */
const checkRefused: Rule = {
  ...refused,
  title: 'the backend refused a health check of the load balancer: nothing listens on that port',
  requires: [...refused.requires, 'no-partner', 'called-at-interval'],
  // A user who tries again and again does the same; that it is none shows in the client's capture alone.
  weights: { ...refused.weights, 'no-partner': 5, 'called-at-interval': -1 },
  impact: 'harmless',
  advice: [
    'expected while the service is down: the load balancer finds that out by this, and sends no user there; start the service, or take the backend out of the pool for good',
  ],
};

/** Refusals of a backend. */
export const refusals: readonly Rule[] = [refused, checkRefused];
