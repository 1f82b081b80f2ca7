/** The last half hour: page views by minute and page, from a table without visits that forgets within the hour. */
import type { Figure, Realtime } from '@avow/protocol/staff/visits';
import type { ActiveVisits } from '@avow/protocol/visits';
import type { ClickHouseClient } from '@clickhouse/client';
import { tellRows } from './suppress.ts';

const MINUTES = 30;
const MOST_PAGES = 1000;

export async function readRealtime(options: {
  clickhouse: ClickHouseClient;
  active: readonly ActiveVisits[];
  sites: readonly string[];
  now: Date;
  suppressBelow: number;
}): Promise<Realtime> {
  const { clickhouse, active, sites, now, suppressBelow: k } = options;
  const thisMinute = Math.floor(now.getTime() / 60_000);
  const since = (thisMinute - MINUTES + 1) * 60;
  const answer = await clickhouse.query({
    query: `/* visits.realtime */
      SELECT toUInt32(minute) AS at, site, path, sum(views) AS seen FROM minute_counts
      WHERE site IN {sites:Array(String)} AND minute >= toDateTime({since:UInt32}, 'UTC')
      GROUP BY at, site, path ORDER BY seen DESC`,
    query_params: { sites, since },
    format: 'JSONEachRow',
  });
  const rows = await answer.json<{ at: number; site: string; path: string; seen: string }>();
  const byMinute = new Map<string, number>();
  for (let minute = since / 60; minute <= thisMinute; minute++) byMinute.set(minuteName(minute * 60), 0);
  const byPage = new Map<string, number>();
  for (const { at, site, path, seen } of rows) {
    add(byMinute, minuteName(at), Number(seen));
    add(byPage, JSON.stringify([site, path]), Number(seen));
  }
  const visits = active.filter(({ site }) => sites.includes(site));
  return {
    suppressedBelow: k,
    activeVisits: tell(new Map(visits.map(({ site, visits }) => [site, visits])), k).map(([site, figure]) => ({
      site,
      ...figure,
    })),
    minutes: tell(byMinute, k).map(([minute, figure]) => ({ minute, ...figure })),
    pages: tell(byPage, k)
      .sort(([, one], [, other]) => (other.value ?? -1) - (one.value ?? -1))
      .slice(0, MOST_PAGES)
      .map(([key, figure]) => {
        const [site, page]: [string, string] = JSON.parse(key);
        return { site, page, ...figure };
      }),
  };
}

function minuteName(seconds: number): string {
  return `${new Date(seconds * 1000).toISOString().slice(0, 16)}:00Z`;
}

function add(counts: Map<string, number>, key: string, count: number): void {
  counts.set(key, (counts.get(key) ?? 0) + count);
}

/** Nobody knows how many visitors are behind so many views: at most as many. */
function tell(counts: ReadonlyMap<string, number>, k: number): [string, Figure][] {
  const rows = [...counts].map(([key, count]) => ({ keys: [key], sums: { views: count, visitors: count } }));
  return tellRows(rows, ['pageViews'], k).map(({ keys, figures }) => [
    keys[0] ?? '',
    figures.pageViews ?? { value: null },
  ]);
}
