import { createHash } from 'node:crypto';

/** The halves of the lab: one to tune weights on, one to judge them by. */
export type Half = 'tuning' | 'held-back';

/** Which half a case belongs to, by its name alone; what was made of it by spoiling its captures belongs with it. */
export function halfOf(name: string): Half {
  const [original = name] = name.split('.');
  const [first = 0] = createHash('sha256').update(original).digest();
  return first % 2 === 0 ? 'tuning' : 'held-back';
}
