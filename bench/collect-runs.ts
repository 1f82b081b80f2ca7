/** The servers and the load of the benchmarks of page views, each in a process of its own. */
import { type ChildProcess, execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { promisify } from 'node:util';

export interface LoadResult {
  perSecond: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
  /** Answers by status. */
  statuses: Record<string, number>;
}

export interface BenchServer {
  child: ChildProcess;
  url: string;
}

/** `file`: of this folder; prints one line of JSON with its `url` when it is ready. */
export async function startBenchServer(file: string, env: Record<string, string> = {}): Promise<BenchServer> {
  const child = fork(join(import.meta.dirname, file), [], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    env: { ...process.env, ...env },
  });
  const [line] = await once(child.stdout ?? child, 'data');
  return { child, url: JSON.parse(String(line)).url };
}

export async function stopBenchServer({ child }: BenchServer): Promise<void> {
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
}

/** Sends page views for so many seconds. Throws unless each of them was acknowledged. */
export async function runLoad(
  url: string,
  connections: number,
  seconds: number,
  visitors = 20_000,
): Promise<LoadResult> {
  const args = [join(import.meta.dirname, 'collect-load.ts'), url, ...[connections, seconds, visitors].map(String)];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  const result: LoadResult = JSON.parse(stdout);
  if (Object.keys(result.statuses).join() !== '202') throw new Error(`answers: ${JSON.stringify(result.statuses)}`);
  return result;
}
