import { fileURLToPath } from 'node:url';

/** The project's folder; this file runs from `build/test/support`. */
export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
