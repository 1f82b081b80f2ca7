/**
 * Counts that divide a total, as they may be shown: none below the threshold, and nothing hidden that could be worked out. What is
 * shown and `other` always add up to the total, and `other` is nothing or at least the threshold.
 */
import type { TableRow } from '@avow/protocol/improvement/tables';
import type { Cells } from './week-counts.ts';

export interface Rule {
  threshold: number;
  /** Numbers are multiples of it; it divides the threshold. */
  roundedTo: number;
}

export interface Partition {
  total: number | null;
  rows: TableRow[];
  other: number;
}

export const rounded = (count: number, { roundedTo }: Rule): number => Math.round(count / roundedTo) * roundedTo;

/** As it may be shown by itself; null: not at all. */
export function shown(count: number, rule: Rule): number | null {
  return count < rule.threshold ? null : Math.max(rule.threshold, rounded(count, rule));
}

/** `total`: as it is shown itself, null if it is not. Largest row first. Only looks at numbers that carry their noise. */
export function partition(total: number | null, cells: Cells, rule: Rule): Partition {
  if (total === null) return { total, rows: [], other: 0 };
  const { threshold } = rule;
  const rows = [...cells]
    .flatMap(([label, count]) => {
      const installations = shown(count, rule);
      return installations === null ? [] : [{ label, installations }];
    })
    .sort((a, b) => b.installations - a.installations || (a.label < b.label ? -1 : 1));
  let other = total - rows.reduce((sum, { installations }) => sum + installations, 0);
  while (other < threshold && other !== 0) {
    const [largest] = rows;
    // All is hidden: what is left over is the total, which is shown.
    if (!largest) return { total, rows, other: total };
    if (other < threshold / 2 && largest.installations + other >= threshold) {
      // Noise and rounding; or so few that they vanish in the largest.
      largest.installations += other;
      other = 0;
    } else {
      // Secondary suppression: the hidden ones would follow from the total.
      other += rows.pop()?.installations ?? 0;
    }
  }
  return { total, rows, other };
}

/**
 * The number next to `count` that a part may show whose known pieces are `known` and to which some of `hidden` others belong: it
 * tells of them nothing, all, or that at least a threshold of them belong to it and as many do not. Null: it cannot be shown.
 */
export function fitting(count: number, known: number, hidden: number, rule: Rule): number | null {
  const { threshold } = rule;
  if (count < threshold) return null;
  const wish = rounded(count, rule);
  const choices = [known, known + hidden];
  const [low, high] = [known + threshold, known + hidden - threshold];
  if (low <= high) choices.push(Math.min(high, Math.max(low, wish)));
  const [nearest = known] = choices.sort((a, b) => Math.abs(a - wish) - Math.abs(b - wish));
  return nearest < threshold ? null : nearest;
}
