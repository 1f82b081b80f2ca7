/** For commands beside a running house, or without one. */
import { realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { DATABASE, USER } from './clickhouse/names.ts';
import { type ClickHouseOptions, startClickHouse } from './clickhouse.ts';
import { findAccess } from './system/access-file.ts';

export interface AttachedClickHouse {
  url: string;
  /** Ends the engine if it was started here. */
  stop(): Promise<void>;
}

/** The running engine of this directory, or one for as long as it is needed. */
export async function attachClickHouse(options: ClickHouseOptions): Promise<AttachedClickHouse> {
  const running = await findRunning(options.dir);
  if (running !== null) return { url: running, stop: async () => {} };
  const { url, stop } = await startClickHouse(options);
  return { url, stop };
}

async function findRunning(dir: string): Promise<string | null> {
  const folder = await realpath(dirname(dir)).catch(() => null);
  if (folder === null) return null;
  const access = await findAccess<{ port: number; password: string }>(join(folder, basename(dir)));
  if (access === null) return null;
  const { port, password } = access;
  const authorization = `Basic ${Buffer.from(`${USER}:${password}`).toString('base64')}`;
  const options = { method: 'POST', body: 'SELECT 1', headers: { authorization }, signal: AbortSignal.timeout(5_000) };
  const answer = await fetch(`http://127.0.0.1:${port}/`, options).catch(() => null);
  return answer?.ok ? `http://${USER}:${password}@127.0.0.1:${port}/${DATABASE}` : null;
}
