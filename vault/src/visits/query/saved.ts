/** What the staff keep beside the figures: segments, goals, funnels, annotations. Kept as they were asked, checked again when read. */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { z } from 'zod';
import type { VaultDatabase } from '../../platform/database.ts';
import type { IsoDay } from '../../platform/day.ts';
import { filterSchema } from './question.ts';

interface VisitSavedTable {
  id: string;
  name: string;
  content: unknown;
  created: string;
}

declare module '../../platform/database.ts' {
  interface VaultTables {
    visit_saved: VisitSavedTable;
  }
}

const step = filterSchema.omit({ within: true });

const contentSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('segment'), filters: z.array(filterSchema).min(1).max(16) }),
  z.strictObject({ kind: z.literal('goal'), step: step.describe('What has to happen in a visit.') }),
  z.strictObject({ kind: z.literal('funnel'), steps: z.array(step).min(2).max(8) }),
  z.strictObject({ kind: z.literal('annotation'), day: z.iso.date(), site: z.string().max(40).optional() }),
]);

export const savedInputSchema = z.strictObject({
  name: z.string().trim().min(1).max(200).describe('Of an annotation: its text.'),
  content: contentSchema,
});
export const savedSchema = z.strictObject({ id: z.uuid(), ...savedInputSchema.shape, created: z.iso.date() });
export const savedListSchema = z.strictObject({ saved: z.array(savedSchema) });

export type Saved = z.output<typeof savedSchema>;
export type Kind = Saved['content']['kind'];
export const KINDS = ['segment', 'goal', 'funnel', 'annotation'] as const satisfies readonly Kind[];

export async function save(db: VaultDatabase, wish: z.output<typeof savedInputSchema>, today: IsoDay): Promise<Saved> {
  const saved = { id: randomUUID(), ...wish, created: today };
  await db
    .insertInto('visit_saved')
    .values({ ...saved, content: sql`${JSON.stringify(saved.content)}::jsonb` })
    .execute();
  return saved;
}

/** By name. What a later version kept and this one does not know is left out. */
export async function listSaved(db: VaultDatabase, kind?: Kind): Promise<Saved[]> {
  const rows = await db.selectFrom('visit_saved').selectAll().orderBy('name').orderBy('id').execute();
  const known = rows.flatMap((row) => savedSchema.safeParse(row).data ?? []);
  return known.filter(({ content }) => kind === undefined || content.kind === kind);
}

/** False if there is nothing of that id. */
export async function deleteSaved(db: VaultDatabase, id: string): Promise<boolean> {
  const { numDeletedRows } = await db.deleteFrom('visit_saved').where('id', '=', id).executeTakeFirst();
  return numDeletedRows > 0n;
}

/** The filters of a segment; null if there is none of that id. */
export async function filtersOfSegment(db: VaultDatabase, id: string): Promise<z.output<typeof filterSchema>[] | null> {
  const segment = (await listSaved(db, 'segment')).find((saved) => saved.id === id);
  return segment?.content.kind === 'segment' ? segment.content.filters : null;
}
