/** Interactive requests: held in memory only, for as long as the requester waits. A restart forgets them, and may. */
import type { SpoolItem } from './spool.ts';

export interface HeldRequests {
  /** False: there is no room for more. */
  hold(id: string, body: Uint8Array): boolean;
  /** Requests that nobody has taken yet, oldest first. */
  take(max: number): SpoolItem[];
  /** They can be taken again. */
  giveBack(ids: readonly string[]): void;
  /** Everything taken can be taken again: the vault that took it has started anew. */
  giveBackAll(): void;
  drop(id: string): void;
}

const MAX_HELD_BYTES = 64 * 1024 * 1024;

export function createHeldRequests(maxBytes = MAX_HELD_BYTES): HeldRequests {
  const held = new Map<string, { body: Buffer; taken: boolean }>();
  let bytes = 0;

  return {
    hold(id, body) {
      if (bytes + body.length > maxBytes) return false;
      bytes += body.length;
      held.set(id, { body: Buffer.from(body), taken: false });
      return true;
    },
    take(max) {
      const items: SpoolItem[] = [];
      for (const [id, request] of held) {
        if (items.length >= max) break;
        if (request.taken) continue;
        request.taken = true;
        items.push({ id, lane: 'prompt', body: request.body });
      }
      return items;
    },
    giveBack(ids) {
      for (const id of ids) {
        const request = held.get(id);
        if (request) request.taken = false;
      }
    },
    giveBackAll() {
      for (const request of held.values()) request.taken = false;
    },
    drop(id) {
      const request = held.get(id);
      if (!request) return;
      bytes -= request.body.length;
      held.delete(id);
    },
  };
}
