/** Every statement of an import. */
import { sql } from 'kysely';
import type { EdgeDatabase } from '../platform/database.ts';
import { insertItems } from '../spool/queries.ts';
import type { NewItem } from '../spool/spool.ts';
import './tables.ts';

export interface ImportIdentity {
  id: string;
  fileHash: string;
  fileBytes: number;
  site: string;
  format: string;
}

export interface ImportState {
  position: number;
  counted: number;
  finished: boolean;
}

/** Also of an import that was never begun. */
export async function findImport(db: EdgeDatabase, id: string): Promise<ImportState> {
  const row = await db.selectFrom('visit_imports').selectAll().where('id', '=', id).executeTakeFirst();
  return { position: row?.position ?? 0, counted: row?.counted ?? 0, finished: row?.finished != null };
}

/** What was imported of this site in this format, shortest file first. */
export async function findImported(
  db: EdgeDatabase,
  site: string,
  format: string,
): Promise<{ id: string; hash: string; bytes: number }[]> {
  const rows = await db
    .selectFrom('visit_imports')
    .select(['id', 'file_hash', 'file_bytes'])
    .where('site', '=', site)
    .where('format', '=', format)
    .orderBy('file_bytes')
    .execute();
  return rows.map((row) => ({ id: row.id, hash: row.file_hash.toString('hex'), bytes: row.file_bytes }));
}

/** Begins it, or goes on with it: the file may have grown since. */
export async function beginImport(db: EdgeDatabase, identity: ImportIdentity): Promise<void> {
  const { id, site, format } = identity;
  const file = { file_hash: Buffer.from(identity.fileHash, 'hex'), file_bytes: identity.fileBytes, finished: null };
  await db
    .insertInto('visit_imports')
    .values({ id, site, format, ...file })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(file))
    .execute();
}

export interface SpooledStretch {
  id: string;
  from: number;
  to: number;
  items: readonly NewItem[];
  events: number;
}

/** Both or neither: the batches are in the spool, and the position says so. False: somebody else has moved it. */
export function spoolStretch(db: EdgeDatabase, stretch: SpooledStretch): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const { numUpdatedRows } = await tx
      .updateTable('visit_imports')
      .set((row) => ({ position: stretch.to, counted: row('counted', '+', stretch.events) }))
      .where('id', '=', stretch.id)
      .where('position', '=', stretch.from)
      .where('finished', 'is', null)
      .executeTakeFirst();
    if (numUpdatedRows !== 1n) return false;
    if (stretch.items.length > 0) await insertItems(tx, stretch.items);
    return true;
  });
}

export async function finishImport(db: EdgeDatabase, id: string): Promise<void> {
  await sql`/* visitsImport.finish */
    UPDATE visit_imports SET finished = (now() AT TIME ZONE 'UTC')::date WHERE id = ${id}::uuid`.execute(db);
}

export async function findSalt(db: EdgeDatabase, id: string): Promise<Buffer | null> {
  const row = await db.selectFrom('visit_import_salts').select('salt').where('id', '=', id).executeTakeFirst();
  return row?.salt ?? null;
}

export async function keepSalt(db: EdgeDatabase, id: string, salt: Buffer): Promise<void> {
  await db
    .insertInto('visit_import_salts')
    .values({ id, salt })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ salt }))
    .execute();
}

/**
 * Of this import, and of those that nobody has taken up again for a week. A deleted row would stay readable in the table's
 * file; TRUNCATE begins a new file.
 */
export async function destroySalts(db: EdgeDatabase, id: string): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await sql`LOCK TABLE visit_import_salts IN ACCESS EXCLUSIVE MODE`.execute(tx);
    const kept = await tx
      .selectFrom('visit_import_salts')
      .selectAll()
      .where('id', '!=', id)
      .where('day', '>', sql<string>`(now() AT TIME ZONE 'UTC')::date - 7`)
      .execute();
    await sql`TRUNCATE visit_import_salts`.execute(tx);
    if (kept.length > 0) await tx.insertInto('visit_import_salts').values(kept).execute();
  });
}
