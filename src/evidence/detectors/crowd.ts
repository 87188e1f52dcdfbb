import { type Fact, fact, nameOf } from '../fact.js';
import type { Scene } from '../scene.js';

/** Other connections that the same host reset at the same moment. */
export function crowd(scene: Scene): Fact[] {
  const { atOnce } = scene.crowd;
  const text = () =>
    `${atOnce} other connection${atOnce === 1 ? '' : 's'} of the same ${nameOf(scene.sender)} reset at the same moment`;
  return [fact('several-at-once', atOnce > 0, text)];
}
