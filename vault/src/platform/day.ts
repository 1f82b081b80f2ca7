/** ISO days (`2026-11-23`, UTC): the finest time that anything about a person carries. */
export type IsoDay = string;

const DAY_MS = 86_400_000;

export function isoDay(moment: Date): IsoDay {
  return moment.toISOString().slice(0, 10);
}

export function addDays(day: IsoDay, days: number): IsoDay {
  return isoDay(new Date(Date.parse(day) + days * DAY_MS));
}

/** Whole days from the first to the second; negative when the second is earlier. */
export function daysBetween(from: IsoDay, to: IsoDay): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
}
