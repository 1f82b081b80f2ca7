/** Days of which single events are gone. */
import { addDays, type IsoDay, isoDay } from '../../platform/day.ts';
import { type KeptDays, shortestKept } from '../kept-days.ts';
import type { RolledUpDay } from '../rollup-days.ts';
import type { Days } from './period.ts';

/** Those of which events have expired, or have begun to. */
export function expiredDays(
  rolledUp: readonly RolledUpDay[],
  { now, kept }: { now: Date; kept: KeptDays },
  sites: readonly string[],
): IsoDay[] {
  const last = addDays(isoDay(now), -shortestKept(kept, sites));
  return rolledUp.flatMap(({ day, oldestReceived }) =>
    oldestReceived !== null && oldestReceived <= last ? [day] : [],
  );
}

/** From the first to the last of these days, which are in order, under this name; nothing if there are none. */
export function spanOf<Name extends string>(name: Name, days: readonly IsoDay[]): { [span in Name]?: Days } {
  const [from] = days;
  const to = days.at(-1);
  return from !== undefined && to !== undefined ? ({ [name]: { from, to } } as { [span in Name]: Days }) : {};
}
