/** How much of the machine the engine may take. Its own default is 90 % of the memory. */
import { totalmem } from 'node:os';
import type { Lane } from './statement.ts';

const MEGABYTE = 1024 * 1024;

/** A quarter of the machine, between half a gigabyte and eight. */
export function defaultMemoryBytes(): number {
  return Math.min(Math.max(Math.floor(totalmem() / 4), 512 * MEGABYTE), 8192 * MEGABYTE);
}

/** For the engine as a whole, as arguments of the connection: only there they are obeyed. */
export function connectionArguments(memoryBytes: number, configFile: string): string[] {
  return [
    `--config-file=${configFile}`,
    `--max_server_memory_usage=${memoryBytes}`,
    `--max_memory_usage=${Math.floor(memoryBytes / 2)}`,
    `--mark_cache_size=${Math.floor(memoryBytes / 16)}`,
    // Tables are there, and broken parts known, when the first query runs.
    '--async_load_databases=0',
  ];
}

/** Settings of a lane's sessions; a request may lower those that are limits, never raise them. */
export function laneSettings(lane: Lane, memoryBytes: number): Record<string, number> {
  if (lane === 'write') return {};
  if (lane === 'rebuild') return { max_threads: 1 };
  return {
    max_threads: 1,
    max_execution_time: 30,
    max_memory_usage: Math.floor(memoryBytes / 4),
    // An answer is held in memory as a whole before it is sent.
    max_result_bytes: Math.floor(memoryBytes / 8),
    readonly: 1,
  };
}

/** The stricter of both for each limit of the lane (0 asks for no limit, and does not get it); other settings as the request wishes. */
export function withinLimits(wished: Record<string, string>, limits: Record<string, number>): Record<string, string> {
  const settings = { ...wished };
  for (const [name, limit] of Object.entries(limits)) {
    const wish = Number(wished[name]);
    settings[name] = String(wish > 0 && wish < limit ? wish : limit);
  }
  return settings;
}
