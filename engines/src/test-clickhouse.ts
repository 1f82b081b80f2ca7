/** One ClickHouse engine for a whole test run, started when the first test file asks for it: most runs need none. */
import { createServer } from 'node:http';
import { join } from 'node:path';
import { type RunningClickHouse, startClickHouse } from './clickhouse.ts';

const MEMORY_BYTES = 1024 ** 3;

export interface TestClickHouse {
  /** Answers any request with the engine's URL, as text. */
  askAt: string;
  stop(): Promise<void>;
}

/** `given`: a server that runs already, instead of the engine from npm. */
export async function offerTestClickHouse(folder: string, given: string | undefined): Promise<TestClickHouse> {
  let engine: Promise<RunningClickHouse> | undefined;
  const address = async () => {
    if (given) return given;
    engine ??= startClickHouse({ dir: join(folder, 'clickhouse'), memoryBytes: MEMORY_BYTES });
    return (await engine).url;
  };
  const server = createServer((_request, response) => {
    address().then(
      (url) => response.end(url),
      (error) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const listening = server.address();
  if (listening === null || typeof listening === 'string') throw new Error('no port');
  return {
    askAt: `http://127.0.0.1:${listening.port}`,
    async stop() {
      server.closeAllConnections();
      server.close();
      await (await engine?.catch(() => undefined))?.stop();
    },
  };
}
