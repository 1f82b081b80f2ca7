/** The tables beside the truth. */
import { trendOf } from '@avow/vault/improvement/figures';
import type { Played } from './play-weeks.ts';
import { distinctOver } from './truth.ts';

export interface WeekComparison {
  week: string;
  actives: { told: number | null; truth: number };
  newInstallations: { told: number | null; truth: number };
  /** Over this and the three weeks before; null: there are not four. */
  distinct: { atLeast: number; atMost: number; truth: number } | null;
  /** Largest difference of a version's number that is shown. */
  versionsOff: number;
}

export interface Comparison {
  weeks: WeekComparison[];
  /** Of weekly actives: the largest difference, as a share of the truth. */
  activesOff: number;
  boundsHold: boolean;
}

export function compare({ truths, operator }: Played, epsilon: number): Comparison {
  const points = trendOf(operator, epsilon);
  const weeks = truths.map((truth, at): WeekComparison => {
    const point = points.find(({ week }) => week === truth.week);
    const table = operator.find(({ week }) => week === truth.week)?.tables.find(({ kind }) => kind === 'versions');
    const bounds = point?.distinctInFourWeeks ?? null;
    const off = table?.rows.map(({ label, installations }) =>
      Math.abs(installations - (truth.versions.get(label) ?? 0)),
    );
    return {
      week: truth.week,
      actives: { told: point?.actives ?? null, truth: truth.actives.size },
      newInstallations: { told: point?.newInstallations ?? null, truth: truth.newInstallations },
      distinct: bounds && { ...bounds, truth: distinctOver(truths.slice(Math.max(0, at - 3), at + 1)) },
      versionsOff: Math.max(0, ...(off ?? [])),
    };
  });
  return {
    weeks,
    activesOff: Math.max(...weeks.map(({ actives: { told, truth } }) => Math.abs((told ?? 0) - truth) / truth)),
    boundsHold: weeks.every(({ distinct: d }) => d === null || (d.atLeast <= d.truth && d.truth <= d.atMost)),
  };
}
