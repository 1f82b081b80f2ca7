/**
 * The tables of one product and week. They fit together: every one that divides the same installations adds up to the same total,
 * and a table about a part (an operating system, an application) adds up to the number that is shown for that part. So no two of
 * them differ by a number that is hidden.
 */
import { START_BUCKETS } from '@avow/protocol/improvement/report';
import type { ImprovementTable, TableKind, TableRow, WeekTables } from '@avow/protocol/improvement/tables';
import { addWeeks, type Week } from '@avow/protocol/improvement/weeks';
import { fitting, type Partition, partition, type Rule, shown } from './partition.ts';
import { NO_APPLICATIONS } from './stored-report.ts';
import type { Cells, WeekCounts } from './week-counts.ts';

export interface TableOptions {
  product: string;
  week: Week;
  rule: Rule;
}

const EMPTY: Cells = new Map();

/** `counts` carry their noise already; the same counts make the tables of every audience. */
export function makeTables(counts: WeekCounts, { product, week, rule }: TableOptions): WeekTables {
  const actives = shown(counts.actives, rule);
  const table = (kind: TableKind, { total, rows, other }: Partition, within: string | null = null) =>
    ({ kind, product, week, within, total, rows, other }) satisfies ImprovementTable;

  const cohorts = partition(actives, counts.cohorts, rule);
  const systems = partition(actives, counts.systems, rule);
  const combinations = partition(actives, counts.combinations, rule);
  const applications = applicationRows(actives, counts.applications, combinations, rule);
  return {
    product,
    week,
    actives,
    tables: [
      table('new-installations', newInstallations(counts.newInstallations, cohorts, week, rule)),
      table('cohorts', { ...cohorts, rows: sortedBy(cohorts.rows, ({ label }) => label) }),
      table('versions', partition(actives, counts.versions, rule)),
      table('systems', systems),
      ...systems.rows.map(({ label, installations }) =>
        table('system-versions', partition(installations, counts.systemVersions.get(label) ?? EMPTY, rule), label),
      ),
      table('countries', partition(actives, counts.countries, rule)),
      table('applications', { total: actives, rows: applications, other: 0 }),
      table('combinations', combinations),
      ...applications.map(({ label, installations }) => {
        const starts = partition(installations, counts.starts.get(label) ?? EMPTY, rule);
        return table('starts', { ...starts, rows: sortedBy(starts.rows, bucketPlace) }, label);
      }),
    ],
  };
}

const BUCKETS: readonly string[] = START_BUCKETS;
const bucketPlace = ({ label }: TableRow): number => BUCKETS.indexOf(label);

function sortedBy(rows: readonly TableRow[], place: (row: TableRow) => string | number): TableRow[] {
  return [...rows].sort((a, b) => (place(a) < place(b) ? -1 : 1));
}

const sum = (rows: readonly TableRow[]): number => rows.reduce((total, { installations }) => total + installations, 0);

/** They overlap. Each is made of the combinations with it that are shown, and of an unknown part of the others. */
function applicationRows(total: number | null, cells: Cells, combinations: Partition, rule: Rule): TableRow[] {
  if (total === null) return [];
  const rows = [...cells].flatMap(([label, count]) => {
    const known = combinations.rows.filter(
      (row) => row.label !== NO_APPLICATIONS && row.label.split('+').includes(label),
    );
    const installations = fitting(count, sum(known), combinations.other, rule);
    return installations === null ? [] : [{ label, installations }];
  });
  return rows.sort((a, b) => b.installations - a.installations || (a.label < b.label ? -1 : 1));
}

function newInstallations(count: number, cohorts: Partition, week: Week, rule: Rule): Partition {
  const weeks = [week, addWeeks(week, -1)];
  const known = cohorts.rows.filter(({ label }) => weeks.includes(label));
  const hidden = known.length === weeks.length ? 0 : cohorts.other;
  const total = cohorts.total === null ? null : fitting(count, sum(known), hidden, rule);
  return { total, rows: [], other: 0 };
}
