/** What the staff see of finished weeks, made of their tables and nothing else. */
import type { ConfigurationContent } from '@avow/protocol/improvement/configuration';
import { SUB_REGIONS } from '@avow/protocol/improvement/regions';
import { OS_FAMILIES, OTHER, START_BUCKETS } from '@avow/protocol/improvement/report';
import type { ImprovementTable, TableKind, WeekTables } from '@avow/protocol/improvement/tables';
import { addWeeks } from '@avow/protocol/improvement/weeks';
import type { Retention, ShareRow, ShareTable, ShareTrend, TrendPoint } from '@avow/protocol/staff/improvement';
import { noiseBound } from './noise.ts';

/** ±5 % at 95 %. */
export const VAGUE_BELOW = 384;
const Z = 1.959964;
/** How rarely a bound may be wrong because of the noise. */
const RARELY = 0.001;
const WEEKS_IN_BOUND = 4;

/** The 95 % interval of a share (Wilson 1927): it stays between 0 and 1, also where few were asked. */
export function wilson(part: number, whole: number): { value: number; low: number; high: number } {
  const value = Math.min(1, part / whole);
  const centre = value + Z ** 2 / (2 * whole);
  const half = Z * Math.sqrt((value * (1 - value)) / whole + Z ** 2 / (4 * whole ** 2));
  const scale = 1 + Z ** 2 / whole;
  return { value, low: Math.max(0, (centre - half) / scale), high: Math.min(1, (centre + half) / scale) };
}

export function findTable(week: WeekTables, kind: TableKind, within: string | null): ImprovementTable | undefined {
  return week.tables.find((table) => table.kind === kind && table.within === within);
}

/** `weeks`: of one product, oldest first. */
export function trendOf(weeks: readonly WeekTables[], epsilon: number): TrendPoint[] {
  return weeks.map((week, at) => ({
    week: week.week,
    actives: week.actives,
    newInstallations: findTable(week, 'new-installations', null)?.total ?? null,
    distinctInFourWeeks: boundsOf(weeks.slice(Math.max(0, at - WEEKS_IN_BOUND + 1), at + 1), epsilon),
  }));
}

/** Nobody is counted over several weeks, so how many there were can only be bounded: at least the largest week, at most their sum. */
function boundsOf(weeks: readonly WeekTables[], epsilon: number): TrendPoint['distinctInFourWeeks'] {
  const first = weeks[0];
  const last = weeks.at(-1);
  const counts = weeks.flatMap(({ actives }) => (actives === null ? [] : [actives]));
  if (!first || !last || counts.length < WEEKS_IN_BOUND) return null;
  if (addWeeks(first.week, WEEKS_IN_BOUND - 1) !== last.week) return null;
  const margin = noiseBound(epsilon, RARELY);
  const sum = counts.reduce((total, count) => total + count, 0);
  return { atLeast: Math.max(0, Math.max(...counts) - margin), atMost: sum + margin * counts.length };
}

/** Every value that a table can have, so that one that is missing is known to be suppressed and not to be none. */
function labelsOf(content: ConfigurationContent, product: string, kind: TableKind, within: string | null): string[] {
  const own = content.products.find(({ id }) => id === product);
  if (kind === 'versions') return [...(own?.versions ?? []), OTHER];
  if (kind === 'systems') return [...OS_FAMILIES];
  if (kind === 'countries') return [...content.countries, ...Object.keys(SUB_REGIONS), OTHER];
  if (kind === 'applications') return own?.applications.map(({ id }) => id) ?? [];
  if (kind === 'starts') return [...START_BUCKETS];
  if (kind === 'system-versions' && within !== null && within in content.osVersions) {
    return [...content.osVersions[within as keyof ConfigurationContent['osVersions']], OTHER];
  }
  return [];
}

export function shareTableOf(table: ImprovementTable, content: ConfigurationContent): ShareTable {
  const { total, rows } = table;
  const told: ShareRow[] = rows.map(({ label, installations }) => ({
    label,
    installations,
    share: total === null ? null : wilson(installations, total),
  }));
  const hidden = labelsOf(content, table.product, table.kind, table.within)
    .filter((label) => !rows.some((row) => row.label === label))
    .map((label): ShareRow => ({ label, installations: null, share: null }));
  return { ...table, vague: total === null || total < VAGUE_BELOW, rows: [...told, ...hidden] };
}

export function shareTrendOf(weeks: readonly WeekTables[], kind: TableKind, within: string | null): ShareTrend {
  const tables = weeks.map((week) => findTable(week, kind, within));
  const labels = [...tables].reverse().flatMap((table) => table?.rows.map(({ label }) => label) ?? []);
  const countIn = (table: ImprovementTable | undefined, label: string) =>
    table?.rows.find((row) => row.label === label)?.installations ?? null;
  return {
    weeks: weeks.map(({ week }) => week),
    series: [...new Set(labels)].map((label) => {
      const installations = tables.map((table) => countIn(table, label));
      return {
        label,
        installations,
        shares: installations.map((count, at) => {
          const total = tables[at]?.total;
          return count === null || !total ? null : count / total;
        }),
      };
    }),
  };
}

export function retentionOf(weeks: readonly WeekTables[]): Retention {
  const { series } = shareTrendOf(weeks, 'cohorts', null);
  const cohorts = series.map(({ label, installations }) => {
    const largest = Math.max(...installations.map((count) => count ?? 0));
    const kept = installations.map((count) => (count === null ? null : count / largest));
    return { installed: label, installations, kept };
  });
  return {
    weeks: weeks.map(({ week }) => week),
    cohorts: cohorts.sort((a, b) => (a.installed < b.installed ? -1 : 1)),
  };
}
