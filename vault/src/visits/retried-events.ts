/**
 * A browser that got no answer sends an event again, with the same id, perhaps through another edge. A retried event counts
 * only if the first one is not stored; a first one that comes later than its retry does not count either.
 */
import type { VisitEvent } from '@avow/protocol/visits';
import type { ClickHouseClient } from '@clickhouse/client';
import { addDays, type IsoDay } from '../platform/day.ts';

export interface RetriedEvents {
  /** Without those that are stored already or come twice; in their order. Nothing is remembered yet. */
  withoutRepeats(batches: readonly VisitEvent[][]): Promise<VisitEvent[][]>;
  /** These are stored. */
  remember(events: readonly VisitEvent[], today: IsoDay): void;
}

/** How many days after its first event a retry may come. */
const DAYS_REMEMBERED = 2;

/** Reads the retried events of the last days. */
export async function loadRetriedEvents(clickhouse: ClickHouseClient, today: IsoDay): Promise<RetriedEvents> {
  const byDay = new Map<IsoDay, Set<string>>();
  const rememberOne = (id: string, day: IsoDay) => {
    const ids = byDay.get(day) ?? new Set();
    byDay.set(day, ids.add(id));
  };
  const answer = await clickhouse.query({
    query: '/* visits.retriedEvents */ SELECT id, day FROM visit_events WHERE retried AND day >= {from:Date}',
    query_params: { from: addDays(today, -DAYS_REMEMBERED) },
    format: 'JSONEachRow',
  });
  for (const { id, day } of await answer.json<{ id: string; day: IsoDay }>()) rememberOne(id, day);

  async function findStored(retried: readonly VisitEvent[]): Promise<Set<string>> {
    if (retried.length === 0) return new Set();
    const days = [...new Set(retried.flatMap(({ day }) => [day, addDays(day, -1)]))];
    const found = await clickhouse.query({
      query: `/* visits.findStored */ SELECT DISTINCT id FROM visit_events
        WHERE day IN {days:Array(Date)} AND id IN {ids:Array(UInt64)}`,
      query_params: { days, ids: retried.map(({ id }) => BigInt(id)) },
      use_multipart_params: true,
      format: 'JSONEachRow',
    });
    return new Set((await found.json<{ id: string }>()).map(({ id }) => id));
  }

  return {
    async withoutRepeats(batches) {
      const stored = await findStored(batches.flatMap((events) => events.filter(({ retried }) => retried)));
      const seen = new Set<string>();
      const isNew = ({ id, retried }: VisitEvent): boolean => {
        if (seen.has(id) || (retried && stored.has(id))) return false;
        for (const ids of byDay.values()) if (ids.has(id)) return false;
        seen.add(id);
        return true;
      };
      return batches.map((events) => events.filter(isNew));
    },
    remember(events, today) {
      for (const { id, day, retried } of events) if (retried) rememberOne(id, day);
      const oldest = addDays(today, -DAYS_REMEMBERED);
      for (const day of byDay.keys()) if (day < oldest) byDay.delete(day);
    },
  };
}
