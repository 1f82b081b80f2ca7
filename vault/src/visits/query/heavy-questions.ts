/** What ClickHouse says when it cannot or will not answer, as refusals. */
import type { Refusal } from '@avow/protocol/refusals';
import { ClickHouseError } from '@clickhouse/client';

/** Its limits of time, memory, rows and answers. */
const LIMITS = new Set(['TIMEOUT_EXCEEDED', 'MEMORY_LIMIT_EXCEEDED', 'TOO_MANY_ROWS', 'TOO_MANY_ROWS_OR_BYTES']);
const AWAY = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOTFOUND', 'ETIMEDOUT']);

/** Rethrows what is a mistake of ours. */
export async function orRefusal<T>(work: () => Promise<T>): Promise<T | Refusal> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ClickHouseError && LIMITS.has(error.type ?? '')) return { refused: 'question_too_heavy' };
    if (error instanceof Error && 'code' in error && AWAY.has(String(error.code)))
      return { refused: 'briefly_unavailable' };
    throw error;
  }
}
