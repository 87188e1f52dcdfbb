import { BACKEND, OWN_HOST, type Rule } from '../rule.js';
import { FORM_FITS, ORIGIN_SEEN } from './weights.js';

/** Nothing listens on the backend's port. */
export const refused: Rule = {
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
