/**
 * The engine and its lanes: one for writing, one for rebuilding, two for reading. A connection of the binding runs one query after the
 * other, so a slow one holds up what waits on its lane, and only that.
 */
import { EngineError } from './errors.ts';
import { connectionArguments, laneSettings } from './limits.ts';
import type { Answer, Query } from './query.ts';
import { Sessions } from './sessions.ts';
import { type Lane, readStatement } from './statement.ts';

const LONGEST_QUEUE = 500;

export interface Engine {
  /** Answers when the query is done. A query whose caller went away before its turn (`gone`) is not begun. */
  run(query: Query, gone?: () => boolean): Promise<Answer>;
  close(): Promise<void>;
}

interface LaneQueue {
  sessions: Sessions;
  last: Promise<unknown>;
  waiting: number;
}

export function openEngine({
  dir,
  memoryBytes,
  configFile,
}: {
  dir: string;
  memoryBytes: number;
  configFile: string;
}): Engine {
  const lane = (kind: Lane): LaneQueue => ({
    sessions: new Sessions({
      dir,
      connectionArguments: connectionArguments(memoryBytes, configFile),
      limits: laneSettings(kind, memoryBytes),
    }),
    last: Promise.resolve(),
    waiting: 0,
  });
  const lanes = { write: [lane('write')], rebuild: [lane('rebuild')], read: [lane('read'), lane('read')] };
  return {
    async run(query, gone = () => false) {
      const statement = readStatement(query.sql);
      const queue = lanes[statement.lane].reduce((best, other) => (other.waiting < best.waiting ? other : best));
      if (queue.waiting >= LONGEST_QUEUE) {
        throw new EngineError(202, 'TOO_MANY_SIMULTANEOUS_QUERIES', 'Too many queries wait for their turn');
      }
      queue.waiting += 1;
      const turn = queue.last.then(() => {
        if (gone()) throw new EngineError(394, 'QUERY_WAS_CANCELLED', 'The client went away');
        return queue.sessions.run(query, statement);
      });
      queue.last = turn
        .catch(() => {})
        .finally(() => {
          queue.waiting -= 1;
        });
      return turn;
    },
    async close() {
      const all = Object.values(lanes).flat();
      await Promise.all(all.map((queue) => queue.last));
      for (const { sessions } of all) sessions.close();
    },
  };
}
