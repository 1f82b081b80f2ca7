/** The two ports of the house: read from the environment, looked at before anything starts, fixed for its whole life. */
import { createServer } from 'node:net';

/** A port that cannot be listened on, or text that is none; the message says which setting to change. */
export class PortProblem extends Error {}

export interface WantedPort {
  /** 0 takes any free one. */
  port: number;
  host: string;
  /** Name in the configuration, e.g. `edge.port`. */
  setting: string;
  /** Name in the environment. */
  variable: string;
}

/** The port of an environment variable; undefined where it is not set. Throws PortProblem. */
export function readPort(variable: string, env: NodeJS.ProcessEnv = process.env): number | undefined {
  const text = env[variable];
  if (text === undefined || text === '') return undefined;
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new PortProblem(`${variable}: "${text}" is no port (0 to 65535).`);
  return port;
}

/** The port itself, or a free one for 0: a program has to come back under the same address after a restart. Throws PortProblem. */
export async function fixPort({ port, host, setting, variable }: WantedPort): Promise<number> {
  const server = createServer();
  const code = await new Promise<string | null>((told) => {
    server.once('error', (error: NodeJS.ErrnoException) => told(error.code ?? error.message));
    server.listen(port, host, () => told(null));
  });
  if (code !== null) {
    const why = WHY[code] ?? `The system says ${code} of`;
    throw new PortProblem(
      `${why} ${host}:${port}. Choose another port: ${setting} in the configuration, or ${variable}.`,
    );
  }
  const address = server.address();
  await new Promise((closed) => server.close(closed));
  if (address === null || typeof address === 'string') throw new Error('a TCP server has an address with a port');
  return address.port;
}

const WHY: Record<string, string> = {
  EADDRINUSE: 'Another program already listens on',
  EACCES: 'This user may not listen on',
  EADDRNOTAVAIL: 'This machine does not have the address of',
};
