/** Requesters who are still connected and wait for the answer to a spooled item. */
import type { Answer } from './spool.ts';

export interface Waiter {
  /** The answer, or null when `milliseconds` have passed, the requester has gone, or the house closes. */
  answered(milliseconds: number, gone: AbortSignal): Promise<Answer | null>;
  leave(): void;
}

export interface Waiters {
  wait(id: string): Waiter;
  /** Hands the answer over. False: nobody waits (any more). */
  deliver(id: string, answer: Answer): boolean;
  isWaiting(id: string): boolean;
  /** Ids that somebody waits for, oldest first. */
  ids(): Iterable<string>;
  sendAllAway(): void;
}

export function createWaiters(): Waiters {
  const waiting = new Map<string, (answer: Answer | null) => void>();

  return {
    wait(id) {
      const { promise, resolve } = Promise.withResolvers<Answer | null>();
      // Leaving the map and getting the answer happen in the same turn: an answer is never handed to one who has left.
      const leave = () => {
        if (waiting.delete(id)) resolve(null);
      };
      waiting.set(id, resolve);
      return {
        leave,
        async answered(milliseconds, gone) {
          const timer = setTimeout(leave, milliseconds);
          gone.addEventListener('abort', leave, { once: true });
          if (gone.aborted) leave();
          try {
            return await promise;
          } finally {
            clearTimeout(timer);
            gone.removeEventListener('abort', leave);
          }
        },
      };
    },
    deliver(id, answer) {
      const resolve = waiting.get(id);
      if (!resolve) return false;
      waiting.delete(id);
      resolve(answer);
      return true;
    },
    isWaiting: (id) => waiting.has(id),
    ids: () => waiting.keys(),
    sendAllAway() {
      for (const resolve of waiting.values()) resolve(null);
      waiting.clear();
    },
  };
}
