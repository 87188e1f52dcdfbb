import type { PairingMethod } from '../method.js';
import { isn } from './isn.js';
import { isnClient } from './isn-client.js';
import { segments } from './segments.js';
import { shift } from './shift.js';
import { shiftSyn } from './shift-syn.js';

/** Every method, strongest first: what one has paired, the next leaves alone. */
export const METHODS: readonly PairingMethod[] = [isn, isnClient, segments, shift, shiftSyn];
