import * as fs from 'node:fs/promises';
import path from 'node:path';
import { FileMigrationProvider, Migrator } from 'kysely/migration';
import type { EdgeDatabase } from './database.ts';

const folder = path.join(import.meta.dirname, '../../migrations');

/** Brings the edge's database to the newest shape. Returns the names of the migrations that ran. */
export async function migrateEdge(db: EdgeDatabase): Promise<string[]> {
  const provider = new FileMigrationProvider({ fs, path, migrationFolder: folder });
  const { error, results } = await new Migrator({ db, provider }).migrateToLatest();
  if (error !== undefined) throw new Error('The database of the edge could not be migrated.', { cause: error });
  return (results ?? []).map((result) => result.migrationName);
}
