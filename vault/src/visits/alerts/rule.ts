/** What an alert is for, and whether an hour is a case of it. */
import { z } from 'zod';

export const ALERT_METRICS = ['pageViews', 'visits', 'visitors'] as const;
export type AlertMetric = (typeof ALERT_METRICS)[number];

const minimum = z
  .int()
  .min(1)
  .max(1_000_000_000)
  .describe('A spike has at least so many; of a drop, so many are usual at least.');
const metric = z.enum(ALERT_METRICS).default('visits');

/** The schema of a rule for these sites. */
export function ruleSchema(siteIds: readonly string[]) {
  const site = z.enum(siteIds, { error: 'value_unknown' }).nullable().default(null).describe('Null: the whole group.');
  const percent = (from: number, to: number, means: string) => z.int().min(from).max(to).describe(means);
  return z.discriminatedUnion('direction', [
    z.strictObject({
      site,
      metric,
      direction: z.literal('spike'),
      percent: percent(101, 100_000, 'Of the usual; so much or more is a spike.'),
      minimum,
    }),
    z.strictObject({
      site,
      metric,
      direction: z.literal('drop'),
      percent: percent(0, 99, 'Of the usual; so much or less is a drop.'),
      minimum,
    }),
  ]);
}

export type AlertRule = z.output<ReturnType<typeof ruleSchema>>;

export interface Reading {
  /** Of the hour that is judged. */
  count: number;
  /** The median of the same hour in the weeks before; null: there are too few of them. */
  usual: number | null;
}

/** `unknown`: nobody can say; that neither begins an episode nor ends one. */
export function judge(
  { direction, percent, minimum }: Pick<AlertRule, 'direction' | 'percent' | 'minimum'>,
  { count, usual }: Reading,
): 'alarming' | 'normal' | 'unknown' {
  if (usual === null) return 'unknown';
  const mark = (usual * percent) / 100;
  if (direction === 'spike') return count >= minimum && count >= mark ? 'alarming' : 'normal';
  if (usual < minimum) return 'unknown';
  return count <= mark ? 'alarming' : 'normal';
}
