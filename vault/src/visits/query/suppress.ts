/**
 * Small groups are not told. A figure is suppressed if its row has fewer visitors than k, or if it counts, or is divided by, fewer than k of
 * anything; nothing at all is a zero. Where the suppressed of a list could be had from the total and the others, another goes with them.
 */
import type { Figure } from '@avow/protocol/staff/visits';
import { figureOf, type MetricName, metricOf, type Sums } from './metrics.ts';

export interface SummedRow {
  /** The values of the row, time included. */
  keys: readonly string[];
  sums: Sums;
}

export interface ToldRow extends SummedRow {
  figures: Record<string, Figure>;
}

/** How many of anything a figure is about. */
function weightOf(metric: MetricName, sums: Sums): number {
  const { part, per } = metricOf(metric);
  return sums[per ?? part] ?? 0;
}

function isSmall(metric: MetricName, sums: Sums, k: number): boolean {
  const weight = weightOf(metric, sums);
  if (weight === 0) return false;
  return weight < k || (sums.visitors ?? 0) < k;
}

/** The rows with their figures; `k` 0 suppresses nothing. */
export function tellRows(rows: readonly SummedRow[], metrics: readonly MetricName[], k: number): ToldRow[] {
  const hidden = new Map(metrics.map((metric) => [metric, hiddenOf(rows, metric, k)]));
  return rows.map((row) => {
    const figures: Record<string, Figure> = {};
    for (const metric of metrics) {
      const suppressed = hidden.get(metric)?.has(row);
      figures[metric] = suppressed ? { value: null, suppressed } : { value: figureOf(metric, row.sums) };
    }
    return { ...row, figures };
  });
}

export function tellTotals(sums: Sums, metrics: readonly MetricName[], k: number): Record<string, Figure> {
  return tellRows([{ keys: [], sums }], metrics, k)[0]?.figures ?? {};
}

function hiddenOf(rows: readonly SummedRow[], metric: MetricName, k: number): Set<SummedRow> {
  const hidden = new Set(rows.filter(({ sums }) => isSmall(metric, sums, k)));
  if (k === 0) return hidden;
  // Hiding a row for the sake of its line may leave it alone in its column, hence again until nothing changes.
  const lines = linesOf(rows);
  for (let before = -1; before !== hidden.size; ) {
    before = hidden.size;
    for (const line of lines) complete(line, hidden, metric, k);
  }
  return hidden;
}

/** Lists of rows that add up to something that may be known: all of them, and those that agree in all values but one. */
function linesOf(rows: readonly SummedRow[]): SummedRow[][] {
  const lines = new Map<string, SummedRow[]>([['all', [...rows]]]);
  const width = rows[0]?.keys.length ?? 0;
  for (let free = 0; width > 1 && free < width; free++) {
    for (const row of rows) {
      const name = JSON.stringify([free, ...row.keys.filter((_, index) => index !== free)]);
      const line = lines.get(name);
      if (line) line.push(row);
      else lines.set(name, [row]);
    }
  }
  return [...lines.values()];
}

/** Adds the smallest of the told to the hidden, until the hidden are at least two and together no small group. */
function complete(line: readonly SummedRow[], hidden: Set<SummedRow>, metric: MetricName, k: number): void {
  const alone = line.filter((row) => hidden.has(row));
  if (alone.length === 0) return;
  const told = line
    .filter((row) => !hidden.has(row) && weightOf(metric, row.sums) > 0)
    .sort((one, other) => weightOf(metric, one.sums) - weightOf(metric, other.sums));
  const weight = () => alone.reduce((sum, row) => sum + weightOf(metric, row.sums), 0);
  for (const next of told) {
    if (alone.length > 1 && weight() >= k) return;
    hidden.add(next);
    alone.push(next);
  }
}
