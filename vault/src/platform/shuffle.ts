/**
 * Rewrites a table so that neither the order of its rows nor the numbers of the transactions that wrote them tell when a row
 * came (DESIGN "Time is data too").
 */
import { sql } from 'kysely';
import type { KeyringDatabase, VaultDatabase } from './database.ts';

/** The tables need a primary key whose first column is random. Throws for a table without one. */
export async function shuffleTable(db: VaultDatabase | KeyringDatabase, table: string): Promise<void> {
  const { rows } = await sql<{ index: string; column: string }>`
    /* shuffle.primaryKey */
    SELECT i.indexrelid::regclass::text AS index, a.attname AS column
    FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
    WHERE i.indrelid = ${table}::regclass AND i.indisprimary`.execute(db);
  const [key] = rows;
  if (!key) throw new Error(`${table} has no primary key to be shuffled by`);
  // One transaction writes every row again: they all carry its number (xmin) from then on.
  await sql`UPDATE ${sql.table(table)} SET ${sql.ref(key.column)} = ${sql.ref(key.column)}`.execute(db);
  // Written out anew in the order of the random key, large values kept apart (TOAST) included. The old rows go with the old file.
  await sql`CLUSTER ${sql.table(table)} USING ${sql.raw(key.index)}`.execute(db);
}
