/** Looks at even intervals for what other processes did, never twice at the same time. */
import type { Logger } from 'pino';
import { withoutContents } from './database-errors.ts';

export function repeat(
  everyMs: number,
  look: () => Promise<unknown>,
  complaint: string,
  log: Logger,
): { stop(): void } {
  let looking = false;
  const timer = setInterval(async () => {
    if (looking) return;
    looking = true;
    try {
      await look();
    } catch (error) {
      log.warn({ error: withoutContents(error) }, complaint);
    } finally {
      looking = false;
    }
  }, everyMs);
  return { stop: () => clearInterval(timer) };
}
