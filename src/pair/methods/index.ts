import type { PairingMethod } from '../method.js';
import { isn } from './isn.js';
import { isnClient } from './isn-client.js';
import { segments } from './segments.js';

/** Every method, strongest first: what one has paired, the next leaves alone. */
export const METHODS: readonly PairingMethod[] = [isn, isnClient, segments];
