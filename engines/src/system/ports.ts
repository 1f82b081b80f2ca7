/** Ports on the loopback address. */
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below every system's range for outgoing connections (Linux begins at 32768, others at 49152). */
const OURS = { first: 20_000, end: 32_000 };

/**
 * A free port of the loopback address: the wanted one if it can be had, else one that can be kept for good. The system's own choice (port 0)
 * could not: it comes from the range of outgoing connections, so while the server is down any client, even one that tries to reach it
 * again, may be given its port.
 */
export async function findPort(wanted = 0): Promise<number> {
  if (wanted !== 0 && (await portIsFree(wanted))) return wanted;
  for (let attempt = 0; attempt < 100; attempt++) {
    const port = randomInt(OURS.first, OURS.end);
    if (await portIsFree(port)) return port;
  }
  throw new Error(`no free port between ${OURS.first} and ${OURS.end}`);
}

async function portIsFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch {
    return false;
  }
  server.close();
  await once(server, 'close');
  return true;
}
