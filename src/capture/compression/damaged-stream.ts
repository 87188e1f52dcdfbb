/** Compressed bytes that end early or contradict themselves; what came before them has been handed out. */
export class DamagedStream extends Error {
  override readonly name = 'DamagedStream';
}
