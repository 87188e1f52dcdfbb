import type { Weights } from '../rule.js';

/**
 * What a RST says of itself, weighed: a claim of whoever built it. It tells kinds of resets apart and never where one was
 * made, so no entry outweighs what the captures show, and none decides alone.
 */
const FITS = 6;
const FITS_LOOSELY = 4;
const DOES_NOT_FIT = -3;

/** A vendor's own format: load balancers write it, hosts and forgers hardly do. */
const BALANCER_WROTE_IT = 8;
const NO_BALANCER = -3;

/** A reset at, or after, the end of a balancer's idle timer. */
export const CLAIMED_IDLE: Weights = {
  'declares-idle-timeout': FITS,
  'declares-balancer': BALANCER_WROTE_IT,
  'declares-abort': DOES_NOT_FIT,
  'declares-relayed-reset': 2 * DOES_NOT_FIT,
  'declares-overload': DOES_NOT_FIT,
  'declares-rejection': DOES_NOT_FIT,
};

/** A balancer that had forgotten the flow may say just that. */
export const CLAIMED_FORGOTTEN: Weights = { ...CLAIMED_IDLE, 'declares-no-socket': FITS };

/** A balancer that resets for reasons of its own. */
export const CLAIMED_OTHER: Weights = {
  'declares-reason': FITS,
  'declares-balancer': BALANCER_WROTE_IT,
  'declares-overload': FITS_LOOSELY,
  'declares-idle-timeout': 2 * DOES_NOT_FIT,
  'declares-relayed-reset': 2 * DOES_NOT_FIT,
};

/** A balancer that passes on what an end did. */
export const CLAIMED_RELAYED: Weights = {
  'declares-relayed-reset': FITS,
  'declares-balancer': BALANCER_WROTE_IT,
  'declares-idle-timeout': DOES_NOT_FIT,
};

/** A balancer that lets nobody in. */
export const CLAIMED_REJECTED: Weights = {
  'declares-rejection': FITS,
  'declares-overload': FITS,
  'declares-balancer': BALANCER_WROTE_IT,
};

/** An end that aborts: by itself, or when its own idle timer says so. */
export const CLAIMED_ABORT: Weights = {
  'declares-abort': FITS,
  'declares-idle-timeout': FITS_LOOSELY,
  'declares-no-socket': DOES_NOT_FIT,
  'declares-balancer': NO_BALANCER,
};

/** An end that answers what it has no socket for. */
export const CLAIMED_NO_SOCKET: Weights = {
  'declares-no-socket': FITS,
  'declares-abort': DOES_NOT_FIT,
  'declares-idle-timeout': DOES_NOT_FIT,
  'declares-balancer': NO_BALANCER,
};

/** A forger has no reason to give one. */
export const CLAIMED_BY_FORGER: Weights = {
  'declares-reason': DOES_NOT_FIT,
  'declares-rejection': FITS,
  'declares-balancer': NO_BALANCER,
};

/** Shapes that an end's own kernel does not give an abort, and its flow label, which it does. */
export const ABORT_SHAPE: Weights = {
  'form-bare-window': -10,
  'window-mirrors-trigger': -8,
  'ip-id-class-differs': -5,
};

/** Shapes that boxes leave which edit packets instead of having sockets. */
export const FORGED_SHAPE: Weights = {
  'numbers-guessed': 15,
  'window-mirrors-trigger': 10,
  'form-filter-reject': 6,
  'form-copied': 12,
  'form-bare-window': 3,
  'ip-id-class-differs': 3,
};
