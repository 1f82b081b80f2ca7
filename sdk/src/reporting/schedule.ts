/** When a report leaves: at a random time of its own, so that those of one installation are not found together. */
import { addWeeks, type Week, weekStart } from '@avow/protocol/improvement/weeks';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Nothing is sent so soon after an application was started, or after the week was frozen. */
export const QUIET_MS = 10 * MINUTE_MS;
/** A week is frozen this long after its end, and clocks that are further off than this are not believed. */
export const CLOCK_TOLERANCE_MS = HOUR_MS;
/** Room for the random times of a machine that was off while the others sent. */
const LATE_WINDOW_MS = 12 * HOUR_MS;
const MAX_BACK_OFF_MS = 24 * HOUR_MS;

/** From 0 to just below 1. */
export type Random = () => number;

export function isOver(week: Week, now: Date): boolean {
  return now.getTime() >= weekStart(addWeeks(week, 1)).getTime() + CLOCK_TOLERANCE_MS;
}

/** Of one report of `week`, frozen at `now`. */
export function firstSending(week: Week, now: Date, windowHours: number, random: Random): Date {
  const earliest = now.getTime() + QUIET_MS;
  const windowEnd = weekStart(addWeeks(week, 1)).getTime() + windowHours * HOUR_MS;
  const latest = Math.max(windowEnd, earliest + LATE_WINDOW_MS);
  return new Date(earliest + random() * (latest - earliest));
}

/** 1 h, 2 h, 4 h … up to 24 h, each ± 50 %. `attempts`: how often it has failed, at least once. */
export function nextAttempt(attempts: number, now: Date, random: Random): Date {
  const base = HOUR_MS * 2 ** Math.min(attempts - 1, 20);
  return new Date(now.getTime() + Math.min(base * (0.5 + random()), MAX_BACK_OFF_MS));
}

export function shuffled<T>(items: readonly T[], random: Random): T[] {
  const order = [...items];
  for (let at = order.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    const [a, b] = [order[at], order[other]];
    if (a !== undefined && b !== undefined) [order[at], order[other]] = [b, a];
  }
  return order;
}
