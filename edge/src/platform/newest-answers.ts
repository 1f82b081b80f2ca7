/**
 * The answer under way on each connection, if any. One entry for each connection, which its answers take turns in: a Set of
 * answers would be rebuilt every few of them, and each of its former tables would keep, until a full garbage collection, the
 * answers that it held and the table that came after it.
 */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

export interface NewestAnswers {
  /** Where several wait on one connection, the last of them. Null: none is under way. */
  on(socket: Duplex): ServerResponse | null;
  all(): Iterable<ServerResponse>;
}

export function watchAnswers(server: Server): NewestAnswers {
  const newest = new Map<Duplex, ServerResponse | null>();
  server.on('connection', (socket: Duplex) => {
    newest.set(socket, null);
    socket.once('close', () => newest.delete(socket));
  });
  server.on('request', ({ socket }: IncomingMessage, outgoing: ServerResponse) => {
    if (!newest.has(socket)) return;
    newest.set(socket, outgoing);
    outgoing.on('close', () => {
      if (newest.get(socket) === outgoing) newest.set(socket, null);
    });
  });
  return {
    on: (socket) => newest.get(socket) ?? null,
    *all() {
      for (const outgoing of newest.values()) if (outgoing !== null) yield outgoing;
    },
  };
}
