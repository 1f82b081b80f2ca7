/** How long single events are kept: as the house says, or as a site's collection contract says for that site. */
import type { AvowConfig } from '@avow/config/config';
import { addDays, type IsoDay } from '../platform/day.ts';

export interface KeptDays {
  /** Where a site says nothing, and for what belongs to none. */
  house: number;
  /** Sites that say something else. */
  sites: readonly { site: string; days: number }[];
}

export function keptDaysOf({ sites, visits }: Pick<AvowConfig, 'sites' | 'visits'>): KeptDays {
  return {
    house: visits.rawDays,
    sites: sites.flatMap(({ id, collect: { rawDays } }) =>
      rawDays === undefined || rawDays === visits.rawDays ? [] : [{ site: id, days: rawDays }],
    ),
  };
}

/** Of these sites together: so long there are events of each of them. */
export function shortestKept({ house, sites }: KeptDays, of: readonly string[]): number {
  const days = of.map((site) => sites.find((one) => one.site === site)?.days ?? house);
  return days.length === 0 ? house : Math.min(...days);
}

/** A day with events that were stored on this one or before has begun to lose them, on one site at least. */
export function beganToExpire({ house, sites }: KeptDays, today: IsoDay): IsoDay {
  return addDays(today, -Math.min(house, ...sites.map(({ days }) => days)));
}

/** The days as an expression of ClickHouse over a table with the column `site`. */
export function keptDaysSql({ house, sites }: KeptDays): string {
  if (sites.length === 0) return String(house);
  const names = sites.map(({ site }) => `'${site}'`).join(', ');
  return `transform(toString(site), [${names}], [${sites.map(({ days }) => days).join(', ')}], ${house})`;
}
