/**
 * Weights that several rules share, in decibans. Absence at a complete capture and presence near the sender decide
 * where a RST was made; nothing in its header outweighs that.
 */
export const ORIGIN_SEEN = 25;
export const ANSWER_FITS = 6;
export const FORM_FITS = 4;
/** Current numbers, timestamps and all: only who owns the socket, or reads along, gets an abort right. */
export const ABORT_FITS = 8;
export const SEQUENCE_FITS = 2;
