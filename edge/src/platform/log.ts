/** The edge's own log (JSON lines on stderr). It never holds bodies, headers, addresses, or the words of an error. */
import { type Logger, pino } from 'pino';

export type Log = Logger;

export function createLog(level = process.env.AVOW_LOG_LEVEL ?? 'info'): Log {
  return pino({ level, base: { program: 'edge' } }, pino.destination({ fd: 2, sync: true }));
}

/** For tests that do not look at the log. */
export const silentLog: Log = pino({ level: 'silent' });

/**
 * What may be logged of an error: its kind, its code and where it happened. Not its message: those of databases and
 * parsers quote the input they met.
 */
export function describeError(error: unknown): { kind: string; code?: string; frames: string[]; cause?: object } {
  if (!(error instanceof Error)) return { kind: typeof error, frames: [] };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const frames = (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 8)
    .map((line) => line.trim());
  return {
    kind: error.name,
    ...(code !== undefined && { code }),
    frames,
    ...(error.cause !== undefined && { cause: describeError(error.cause) }),
  };
}
