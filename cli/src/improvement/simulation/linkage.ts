/**
 * Somebody has the whole store of a week and knows one report of a person: its product, version, system and country. Can they tell
 * another one of the same person (when it was installed, which applications it has)? The best they can do without a link is to
 * guess what most have. They may try what the store leaves them: the order of its rows, and which rows came together.
 */
import type { HouseInTime } from './house-in-time.ts';
import type { SentReport } from './play-weeks.ts';

export interface StoredRow {
  facet: string;
  batch: string;
  /** What the report says. */
  value: string;
}

const RARE_BELOW = 5;

export type LinkedFacet = 'age' | 'apps';

export interface LinkageFigures {
  /** Shares of installations about which the right thing was said. */
  guess: number;
  byOrder: number;
  byBatch: number;
  /** The same attack on the reports as they would lie if each machine sent all of them at once, and they were kept in order. */
  inTheOrderOfArrival: number;
}

interface Truth {
  base: string;
  other: string;
}

/** As they lie on the disk: file by file, row by row. */
export async function dumpRows({ vault }: HouseInTime, monday: string): Promise<StoredRow[]> {
  const answer = await vault.clickhouse?.query({
    query: `/* improvement.dumpForAttack */ SELECT facet, toString(batch) AS batch,
        concat(version, '|', os, '|', os_version, '|', country, '|', installed, '|', applications) AS value
      FROM improvement_reports WHERE week = {monday:Date} AND facet IN ('base', 'age', 'apps') AND application = ''
      ORDER BY _part, _part_offset`,
    query_params: { monday },
    format: 'JSONEachRow',
  });
  return (await answer?.json<StoredRow>()) ?? [];
}

function rowOf({ bytes }: SentReport): StoredRow | null {
  const told: Record<string, string | string[]> = JSON.parse(new TextDecoder().decode(bytes));
  const { facet, version = '', os = '', osVersion = '', country = '', installed = '', applications } = told;
  if (typeof facet !== 'string' || !['base', 'age', 'apps'].includes(facet)) return null;
  const set = Array.isArray(applications) ? applications.join('+') || '-' : '';
  return { facet, batch: '', value: [version, os, osVersion, country, installed, set].join('|') };
}

function truthsOf(sent: readonly SentReport[], facet: LinkedFacet): Truth[] {
  const byInstallation = Map.groupBy(sent, ({ installation }) => installation.number);
  return [...byInstallation.values()].flatMap((reports) => {
    const rows = reports.map(rowOf);
    const base = rows.find((row) => row?.facet === 'base')?.value;
    const other = rows.find((row) => row?.facet === facet)?.value;
    return base === undefined || other === undefined ? [] : [{ base, other }];
  });
}

/** How often each value of the other facet was seen beside a base. */
type Beside = Map<string, Map<string, number>>;

function see(beside: Beside, base: string, other: string, weight = 1): void {
  const seen = beside.get(base) ?? new Map<string, number>();
  seen.set(other, (seen.get(other) ?? 0) + weight);
  beside.set(base, seen);
}

function largest(counts: ReadonlyMap<string, number>): string {
  return [...counts].reduce((best, one) => (one[1] > best[1] ? one : best), ['', 0] as const)[0];
}

function success(truths: readonly Truth[], say: (base: string) => string): number {
  return truths.filter(({ base, other }) => say(base) === other).length / truths.length;
}

/** The row at the same place among those of the other facet. */
function byOrder(rows: readonly StoredRow[], facet: LinkedFacet): Beside {
  const bases = rows.filter((row) => row.facet === 'base');
  const others = rows.filter((row) => row.facet === facet);
  const beside: Beside = new Map();
  for (const [at, { value }] of bases.entries()) {
    see(beside, value, others[Math.floor((at * others.length) / bases.length)]?.value ?? '');
  }
  return beside;
}

/** What comes with a base more often than it comes at all. */
function byBatch(rows: readonly StoredRow[], facet: LinkedFacet): Beside {
  const beside: Beside = new Map();
  const others = rows.filter((row) => row.facet === facet);
  const overall = new Map([...Map.groupBy(others, ({ value }) => value)].map(([value, all]) => [value, all.length]));
  for (const together of Map.groupBy(rows, ({ batch }) => batch).values()) {
    const own = together.filter((row) => row.facet === facet);
    const counts = new Map([...Map.groupBy(own, ({ value }) => value)].map(([value, all]) => [value, all.length]));
    for (const { value } of together.filter((row) => row.facet === 'base')) {
      for (const [other, count] of counts) see(beside, value, other, count / own.length);
    }
  }
  for (const seen of beside.values()) {
    const weight = [...seen.values()].reduce((sum, n) => sum + n, 0);
    // Seen no more often than everywhere: then what most have is still the best guess.
    for (const [other, n] of seen) {
      const share = (overall.get(other) ?? 0) / others.length;
      seen.set(other, share + Math.max(0, n / weight - share));
    }
  }
  return beside;
}

/** Those whose known report hardly anybody else sent: they are in the greatest danger. */
function rareOf(truths: readonly Truth[]): Truth[] {
  const groups = Map.groupBy(truths, ({ base }) => base);
  return truths.filter(({ base }) => (groups.get(base)?.length ?? 0) < RARE_BELOW);
}

/** `among`: about whom something is said, all installations or those with a rare base. */
export function attack(
  rows: readonly StoredRow[],
  sent: readonly SentReport[],
  facet: LinkedFacet,
  among: 'all' | 'rare',
): LinkageFigures {
  const everybody = truthsOf(sent, facet);
  const truths = among === 'all' ? everybody : rareOf(everybody);
  const all = new Map<string, number>();
  for (const { other } of everybody) all.set(other, (all.get(other) ?? 0) + 1);
  const common = largest(all);
  const from = (beside: Beside) => success(truths, (base) => largest(beside.get(base) ?? all));
  // One that was sent twice is stored once.
  const arrived = [...new Map(sent.map((report) => [report.bytes, report])).values()]
    .sort((a, b) => a.installation.number - b.installation.number)
    .flatMap((report) => rowOf(report) ?? []);
  return {
    guess: success(truths, () => common),
    byOrder: from(byOrder(rows, facet)),
    byBatch: from(byBatch(rows, facet)),
    inTheOrderOfArrival: from(byOrder(arrived, facet)),
  };
}
