import { availableParallelism, cpus, release, totalmem, type } from 'node:os';

const GIBIBYTE = 2 ** 30;

/** One line on what the numbers were taken on. */
export function describeMachine(): string {
  const model = cpus()[0]?.model.trim() || 'unknown processor';
  const memory = `${Math.round(totalmem() / GIBIBYTE)} GiB`;
  return `${model}, ${availableParallelism()} cores, ${memory}, ${type()} ${release()}, Node ${process.versions.node}`;
}
