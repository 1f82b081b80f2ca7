/** Everything that is counted of one product in one week, and the noise on it. */
import { addWeeks, weekOf } from '@avow/protocol/improvement/weeks';
import type { ClickHouseClient } from '@clickhouse/client';
import type { IsoDay } from '../platform/day.ts';
import { countApplications, countReports, type ReportCount } from './queries.ts';

/** By label; none is 0. */
export type Cells = ReadonlyMap<string, number>;

export interface WeekCounts {
  actives: number;
  /** Installed in this week or the one before. */
  newInstallations: number;
  cohorts: Cells;
  versions: Cells;
  systems: Cells;
  /** By family. */
  systemVersions: ReadonlyMap<string, Cells>;
  countries: Cells;
  applications: Cells;
  combinations: Cells;
  /** By application. */
  starts: ReadonlyMap<string, Cells>;
}

const cellsOf = (counts: readonly ReportCount[]): Cells =>
  new Map(counts.map(({ label, reports }) => [label, reports]));

function cellsWithin(counts: readonly ReportCount[]): ReadonlyMap<string, Cells> {
  const groups = Map.groupBy(counts, ({ within }) => within);
  return new Map([...groups].map(([within, group]) => [within, cellsOf(group)]));
}

/** Exact counts, by product. They are nobody's to see: `withNoise` comes before anything else. */
export async function readWeekCounts(clickhouse: ClickHouseClient, monday: IsoDay): Promise<Map<string, WeekCounts>> {
  const count = (...asked: [facet: string, label: Parameters<typeof countReports>[3], within?: 'os' | 'application']) =>
    countReports(clickhouse, monday, ...asked);
  const [actives, versions, systems, systemVersions, countries, cohorts, combinations, applications, starts] =
    await Promise.all([
      count('base', null),
      count('base', 'version'),
      count('base', 'os'),
      count('base', 'os_version', 'os'),
      count('base', 'country'),
      count('age', 'installed'),
      count('apps', 'applications'),
      countApplications(clickhouse, monday),
      count('starts', 'starts', 'application'),
    ]);
  const week = weekOf(new Date(monday));
  const products = new Map<string, WeekCounts>();
  for (const { product, reports } of actives) {
    const own = (counts: readonly ReportCount[]) => counts.filter((row) => row.product === product);
    const cohortCells = cellsOf(own(cohorts));
    products.set(product, {
      actives: reports,
      newInstallations: (cohortCells.get(week) ?? 0) + (cohortCells.get(addWeeks(week, -1)) ?? 0),
      cohorts: cohortCells,
      versions: cellsOf(own(versions)),
      systems: cellsOf(own(systems)),
      systemVersions: cellsWithin(own(systemVersions)),
      countries: cellsOf(own(countries)),
      applications: cellsOf(own(applications)),
      combinations: cellsOf(own(combinations)),
      starts: cellsWithin(own(starts)),
    });
  }
  return products;
}

/** Each count with its own noise from `draw`. To be called once for a week, ever. */
export function withNoise(counts: WeekCounts, draw: () => number): WeekCounts {
  const noisy = (count: number) => Math.max(0, count + draw());
  const cells = (exact: Cells): Cells => new Map([...exact].map(([label, count]) => [label, noisy(count)]));
  const groups = (exact: ReadonlyMap<string, Cells>) =>
    new Map([...exact].map(([within, group]) => [within, cells(group)]));
  return {
    actives: noisy(counts.actives),
    newInstallations: noisy(counts.newInstallations),
    cohorts: cells(counts.cohorts),
    versions: cells(counts.versions),
    systems: cells(counts.systems),
    systemVersions: groups(counts.systemVersions),
    countries: cells(counts.countries),
    applications: cells(counts.applications),
    combinations: cells(counts.combinations),
    starts: groups(counts.starts),
  };
}
