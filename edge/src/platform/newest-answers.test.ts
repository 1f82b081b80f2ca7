/** Memory stays flat, however many requests there were: what belongs to one goes with it. */
import { connect, type Socket } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { startServer } from './server.ts';

const CONNECTIONS = 32;
const ROUNDS = 150;
const MIB = 2 ** 20;

setFlagsFromString('--expose-gc');
const collect: (how?: { type: 'minor' }) => void = runInNewContext('gc');

/** One request on each connection, all of them under way at the same time. */
function ask(sockets: readonly Socket[]): Promise<unknown> {
  return Promise.all(
    sockets.map((socket) => {
      const answered = new Promise((resolve) => socket.once('data', resolve));
      socket.write('GET / HTTP/1.1\r\nhost: nordlicht.example\r\n\r\n');
      return answered;
    }),
  );
}

test('requests leave nothing behind that only a full collection of garbage would take away', async () => {
  const server = await startServer(() => new Response(), {
    host: '127.0.0.1',
    port: 0,
    before: (_request, response) => {
      setImmediate(() => response.writeHead(202, { 'content-length': 0 }).end());
      return true;
    },
  });
  const port = Number(new URL(server.url).port);
  const sockets = Array.from({ length: CONNECTIONS }, () => connect(port, '127.0.0.1'));
  for (let n = 0; n < 10; n += 1) await ask(sockets);
  collect();
  const before = process.memoryUsage().heapUsed;
  for (let n = 0; n < ROUNDS; n += 1) {
    await ask(sockets);
    collect({ type: 'minor' });
  }
  const grown = (process.memoryUsage().heapUsed - before) / MIB;
  for (const socket of sockets) socket.destroy();
  await server.stop(1_000);
  expect(grown).toBeLessThan(4);
});
