/**
 * Rewrites a table so that neither the order of its rows nor the numbers of the transactions that wrote them tell when a row
 * came (DESIGN "Time is data too").
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';

const LOOK_EVERY_MS = 50;
const PATIENCE_MS = 60_000;

/** The tables need a primary key whose first column is random. Throws for a table without one. */
export async function shuffleTable<Tables>(db: Kysely<Tables>, table: string): Promise<void> {
  const { rows } = await sql<{ index: string; column: string }>`
    /* shuffle.primaryKey */
    SELECT i.indexrelid::regclass::text AS index, a.attname AS column
    FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
    WHERE i.indrelid = ${table}::regclass AND i.indisprimary`.execute(db);
  const [key] = rows;
  if (!key) throw new Error(`${table} has no primary key to be shuffled by`);

  // One transaction writes every row again: they all carry its number (xmin) from then on.
  const rewriting = await db.transaction().execute(async (tx) => {
    await sql`UPDATE ${sql.table(table)} SET ${sql.ref(key.column)} = ${sql.ref(key.column)}`.execute(tx);
    return sql<{ xid: string }>`SELECT pg_current_xact_id()::text AS xid`.execute(tx);
  });
  await untilNobodySeesBefore(db, rewriting.rows[0]?.xid ?? '');
  // Written out anew in the order of the random key, large values kept apart (TOAST) included. The old rows go with the old file.
  await sql`CLUSTER ${sql.table(table)} USING ${sql.raw(key.index)}`.execute(db);
}

/**
 * While anybody can still see the old rows, CLUSTER copies them into the new file, old transaction numbers and all: it counts
 * running writers of the whole server, and readers of this database. After a minute it is done as well as it can be; what was
 * copied goes the next night.
 */
async function untilNobodySeesBefore<Tables>(db: Kysely<Tables>, xid: string): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const { rows } = await sql<{ passed: boolean }>`
      /* shuffle.oldestViewer */
      SELECT pg_snapshot_xmin(pg_current_snapshot()) > ${xid}::xid8 AND NOT EXISTS (
        SELECT FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid() AND age(backend_xmin) >= age(${xid}::xid8::xid)
      ) AS passed`.execute(db);
    if (rows[0]?.passed || performance.now() > deadline) return;
    await sleep(LOOK_EVERY_MS);
  }
}
