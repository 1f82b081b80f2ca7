/** The answers of the Improvement Programme's routes, for checking and for `/api/openapi.json`. */
import { TABLE_KINDS } from '@avow/protocol/improvement/tables';
import { findWeekStart } from '@avow/protocol/improvement/weeks';
import { z } from 'zod';

const week = z
  .string()
  .refine((text) => findWeekStart(text) !== null)
  .describe('ISO week: 2026-W40');
const count = z.int().min(0);
const figure = count.nullable().describe('Null: fewer than the threshold, or it would tell of others that are.');
const share = z.number().min(0).max(1);

const alarm = z.strictObject({
  week,
  product: z.string(),
  facet: z.string(),
  seen: count,
  usual: count,
  raised: z.iso.date(),
});

export const overviewSchema = z.strictObject({
  configuration: z
    .strictObject({ version: z.int(), fieldList: z.int(), created: z.iso.date() })
    .nullable()
    .describe('Null: nothing is signed yet.'),
  threshold: count,
  vagueBelow: count,
  products: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      applications: z.array(z.strictObject({ id: z.string(), name: z.string() })),
      weeks: z.array(week),
    }),
  ),
  alarms: z.array(alarm),
});

export const trendSchema = z.strictObject({
  points: z.array(
    z.strictObject({
      week,
      actives: figure,
      newInstallations: figure,
      distinctInFourWeeks: z.strictObject({ atLeast: count, atMost: count }).nullable(),
    }),
  ),
});

export const shareTableSchema = z.strictObject({
  kind: z.enum(TABLE_KINDS),
  product: z.string(),
  week,
  within: z.string().nullable(),
  total: figure,
  vague: z.boolean(),
  rows: z.array(
    z.strictObject({
      label: z.string(),
      installations: figure,
      share: z
        .strictObject({ value: share, low: share, high: share })
        .nullable()
        .describe('With its 95 % interval (Wilson).'),
    }),
  ),
  other: count,
});

export const shareTrendSchema = z.strictObject({
  weeks: z.array(week),
  series: z.array(
    z.strictObject({ label: z.string(), shares: z.array(share.nullable()), installations: z.array(figure) }),
  ),
});

export const retentionSchema = z.strictObject({
  weeks: z.array(week),
  cohorts: z.array(
    z.strictObject({ installed: z.string(), installations: z.array(figure), kept: z.array(share.nullable()) }),
  ),
});

export const productQuery = z.object({ product: z.string() });
export const seriesQuery = z.object({
  product: z.string(),
  kind: z.enum(TABLE_KINDS),
  within: z.string().optional().describe('The operating system or the application.'),
});
export const tableQuery = seriesQuery.extend({
  week: z.string().optional().describe('Absent: the last finished one.'),
});
