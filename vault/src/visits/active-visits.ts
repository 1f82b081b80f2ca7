/** Visits of the last minutes, as each edge last told them. In memory only. */
import type { ActiveVisits } from '@avow/protocol/visits';

export interface ActiveVisitsMemory {
  heard(edge: string, active: readonly ActiveVisits[]): void;
  /** One line for each site, over all edges. */
  now(): ActiveVisits[];
}

/** An edge without visits sends no batches, so what it said last grows old. */
const VALID_MS = 5 * 60_000;

export function createActiveVisits(clock: () => Date): ActiveVisitsMemory {
  const byEdge = new Map<string, { at: number; active: readonly ActiveVisits[] }>();
  return {
    heard(edge, active) {
      byEdge.set(edge, { at: clock().getTime(), active });
    },
    now() {
      const oldest = clock().getTime() - VALID_MS;
      const visits = new Map<string, number>();
      for (const { at, active } of byEdge.values()) {
        if (at < oldest) continue;
        for (const one of active) visits.set(one.site, (visits.get(one.site) ?? 0) + one.visits);
      }
      return [...visits].map(([site, count]) => ({ site, visits: count }));
    },
  };
}
