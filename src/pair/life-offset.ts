import { isOver, type Life } from './lives.js';

/** What lives that are told on two clocks have in common. */
export interface CommonOffset {
  /** How much later the server's lives ended by their clock, in nanoseconds. */
  readonly offset: number;
  /** The lives that say so, each with the only one that does. */
  readonly pairs: readonly (readonly [Life, Life])[];
}

/** Lives of each vantage that are looked at: those that lasted longest, which are longest at the other one too. */
const MOST_LIVES = 512;
/** A proxy opens its leg at most so much after the client's, and ends it so much apart. Nanoseconds. */
const MOST_APART = 1e9;
/** Legs of one service behave alike within twice this. */
const CELL = 0.02e9;
/** How far an offset may be from the difference of the clocks: by the way to the proxy and back, which it cannot know of. */
export const OFFSET_ERROR = 0.1e9;
/** Lives that must agree on how the clocks differ, and by how much more of them than on any other difference. */
const LEAST_AGREEING = 4;
const TIMES_AS_MANY = 2;

/** One life of each vantage, and how much later the server's began and ended. */
interface Vote {
  readonly client: Life;
  readonly server: Life;
  readonly began: number;
  readonly ended: number;
}

/**
 * How the clocks of two vantages differ, from the lives of connections alone: by that much more of them begin and end
 * alike than by any other. Null where nothing stands out: connections that come at even intervals agree on many.
 */
export function commonOffset(ours: readonly Life[], theirs: readonly Life[]): CommonOffset | null {
  const cells = votesByCell(longest(ours), longest(theirs));
  const blocks = [...cells.keys()]
    .map((cell) => blockAt(cells, cell))
    .sort((a, b) => b.agreeing - a.agreeing);
  const [best] = blocks;
  if (best === undefined || best.agreeing < LEAST_AGREEING) return null;
  const other = blocks.find(({ column }) => Math.abs(column - best.column) > 2);
  if (best.agreeing < TIMES_AS_MANY * (other?.agreeing ?? 0)) return null;
  const offsets = best.votes.map(({ ended }) => ended).sort((a, b) => a - b);
  return { offset: offsets[offsets.length >> 1], pairs: unambiguous(best.votes) };
}

function longest(lives: readonly Life[]): readonly Life[] {
  return lives
    .filter((life) => life.begin !== null && isOver(life))
    .sort((a, b) => lengthOf(b) - lengthOf(a))
    .slice(0, MOST_LIVES);
}

function lengthOf({ begin, end }: Life): number {
  return end - (begin ?? end);
}

/** Votes of all lives that may be one connection's, by when they ended and by how much longer one was than the other. */
function votesByCell(ours: readonly Life[], theirs: readonly Life[]): ReadonlyMap<string, Vote[]> {
  const cells = new Map<string, Vote[]>();
  for (const client of ours) {
    for (const server of theirs) {
      if (Math.abs(lengthOf(server) - lengthOf(client)) > MOST_APART) continue;
      const vote = {
        client,
        server,
        began: (server.begin ?? server.end) - (client.begin ?? client.end),
        ended: server.end - client.end,
      };
      const key = keyOf(Math.floor(vote.ended / CELL), Math.floor((vote.ended - vote.began) / CELL));
      const cell = cells.get(key);
      if (cell === undefined) cells.set(key, [vote]);
      else cell.push(vote);
    }
  }
  return cells;
}

function keyOf(column: number, row: number): string {
  return `${column} ${row}`;
}

/** A cell and its neighbours above: what agrees need not do so on one side of a border. */
function blockAt(cells: ReadonlyMap<string, readonly Vote[]>, cell: string) {
  const [column, row] = cell.split(' ').map(Number);
  const votes = [0, 1].flatMap((right) =>
    [0, 1].flatMap((up) => cells.get(keyOf(column + right, row + up)) ?? []),
  );
  const agreeing = Math.min(
    new Set(votes.map(({ client }) => client)).size,
    new Set(votes.map(({ server }) => server)).size,
  );
  return { column, votes, agreeing };
}

function unambiguous(votes: readonly Vote[]): [Life, Life][] {
  const times = new Map<Life, number>();
  for (const life of votes.flatMap(({ client, server }) => [client, server]))
    times.set(life, (times.get(life) ?? 0) + 1);
  return votes.flatMap(({ client, server }): [Life, Life][] =>
    times.get(client) === 1 && times.get(server) === 1 ? [[client, server]] : [],
  );
}
