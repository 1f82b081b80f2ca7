/** Sends what is due: a few reports, at random moments, each written down before it leaves. */
import { checkReport } from '@avow/protocol/improvement/check-report';
import { type Week, weekOf } from '@avow/protocol/improvement/weeks';
import { appendToLog, type LogEvent } from '../log/sent-log.ts';
import type { Home } from '../place/home.ts';
import type { KnownConfiguration } from './known-configuration.ts';
import { NotNow, type RelaySession } from './relay-session.ts';
import { nextAttempt, type Random } from './schedule.ts';
import { removeReport, rewriteReport, type SpooledReport } from './spool.ts';

export interface Sending {
  home: Home;
  session: RelaySession;
  known: KnownConfiguration;
  clock(): Date;
  random: Random;
  /** Before each report but the first: waits, and says whether to go on. */
  next(): Promise<boolean>;
  signal: AbortSignal;
}

/** Nothing leaves that the contract does not allow, whoever wrote it into the spool. */
function isAllowed(report: SpooledReport, bytes: Uint8Array, known: KnownConfiguration, now: Week): boolean {
  const checked = checkReport(bytes, known.log, now);
  return !('refused' in checked) && checked.week === report.week;
}

export function postpone(report: SpooledReport, now: Date, random: Random): void {
  const attempts = report.attempts + 1;
  rewriteReport({ ...report, attempts, notBefore: nextAttempt(attempts, now, random) });
}

/** How many reached the relay. Throws the signal's reason when the person leaves; then nothing more is sent. */
export async function sendReports(due: readonly SpooledReport[], sending: Sending): Promise<number> {
  const { home, session, known, clock, random, signal } = sending;
  let sent = 0;
  for (const [index, report] of due.entries()) {
    if (index > 0 && !(await sending.next())) break;
    signal.throwIfAborted();
    const bytes = new TextEncoder().encode(report.body);
    if (!isAllowed(report, bytes, known, weekOf(clock()))) {
      removeReport(report);
      continue;
    }
    const line = appendToLog(home.log, { event: 'leaving', week: report.week, body: report.body }, clock());
    const note = (event: LogEvent) => appendToLog(home.log, event, clock());
    try {
      await session.send(bytes);
    } catch (error) {
      if (signal.aborted) {
        note({ event: 'stopped', of: line });
        throw signal.reason;
      }
      if (!(error instanceof NotNow)) throw error;
      note({ event: 'failed', of: line, reason: error.why });
      postpone(report, clock(), random);
      continue;
    }
    removeReport(report);
    note({ event: 'accepted', of: line });
    sent++;
  }
  return sent;
}
