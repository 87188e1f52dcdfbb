import type { Importer } from '../importer.js';
import { azure } from './azure.js';

/** Every importer, the more particular ones first; a further one is one more line. */
export const IMPORTERS: readonly Importer[] = [azure];
