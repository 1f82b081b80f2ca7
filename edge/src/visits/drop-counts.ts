/** How many events were dropped, by site, hour and closed reason. In memory until they leave with the next batch. */
import type { DropCount, DropReason } from '@avow/protocol/visits';
import type { ReportingHour } from './reporting-hour.ts';

export interface DropCounts {
  count(site: string, reason: DropReason, at: ReportingHour): void;
  /** Takes everything counted; what could not be stored comes back through `giveBack`. */
  take(): DropCount[];
  giveBack(counts: readonly DropCount[]): void;
  readonly size: number;
}

/** Sites, reasons and hours are few: this stays small whatever is sent. */
export function createDropCounts(): DropCounts {
  let counts = new Map<string, DropCount>();

  function add(more: DropCount): void {
    const key = `${more.hour} ${more.site} ${more.reason}`;
    const known = counts.get(key);
    if (known) known.count += more.count;
    else counts.set(key, { ...more });
  }

  return {
    count: (site, reason, { hour, day }) => add({ hour, day, site, reason, count: 1 }),
    take() {
      const taken = [...counts.values()];
      counts = new Map();
      return taken;
    },
    giveBack(taken) {
      for (const count of taken) add(count);
    },
    get size() {
      return counts.size;
    },
  };
}
