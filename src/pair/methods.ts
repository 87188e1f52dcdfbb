/** How two connections were recognised as one, strongest first. */
export type PairMethod = 'isn' | 'isn-client' | 'segments';
