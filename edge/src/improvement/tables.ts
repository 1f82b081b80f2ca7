/** The tables of the Improvement Programme as they come over the link. No number below the threshold is served, whoever sent it. */
import { type PublishedTables, TABLE_KINDS } from '@avow/protocol/improvement/tables';
import { findWeekStart } from '@avow/protocol/improvement/weeks';
import type { PublicDocument } from '@avow/protocol/link';
import { z } from 'zod';

const MAX_ROWS = 1_000;
/** The threshold that was promised to the public, whatever a configuration says later. */
const LEAST_THRESHOLD = 50;

const count = z.int().min(0);
const week = z.string().refine((text) => findWeekStart(text) !== null);
const label = z.string().max(600);

const weekTables = z.strictObject({
  product: label,
  week,
  actives: count.nullable(),
  tables: z
    .array(
      z.strictObject({
        kind: z.enum(TABLE_KINDS),
        product: label,
        week,
        within: label.nullable(),
        total: count.nullable(),
        rows: z.array(z.strictObject({ label, installations: count })).max(MAX_ROWS),
        other: count,
      }),
    )
    .max(MAX_ROWS),
});

const published = z.strictObject({
  published: z.iso.date(),
  threshold: z.int().min(LEAST_THRESHOLD),
  roundedTo: z.int().positive(),
  epsilon: z.number().positive(),
  weeks: z.array(weekTables).max(10_000),
}) satisfies z.ZodType<PublishedTables>;

function numbersOf({ weeks }: PublishedTables): number[] {
  return weeks.flatMap(({ actives, tables }) => [
    actives ?? 0,
    ...tables.flatMap(({ total, other, rows }) => [total ?? 0, other, ...rows.map((row) => row.installations)]),
  ]);
}

export function isPublishable({ content }: PublicDocument): boolean {
  const parsed = published.safeParse(content);
  return parsed.success && numbersOf(parsed.data).every((n) => n === 0 || n >= parsed.data.threshold);
}
