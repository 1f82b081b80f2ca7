/** Brings the vault's two databases to today's shape. Forward only; whoever starts first does it, the others wait. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Kysely } from 'kysely';
import { type Migration, type MigrationProvider, Migrator } from 'kysely/migration';
import type { KeyringDatabase, VaultDatabase } from './database.ts';

const FOLDERS = join(import.meta.dirname, '..', '..', 'migrations');

export class MigrationFailed extends Error {}

/** `2026-11-23-01-persons.ts`; anything else in the folder is a mistake, not something to pass over. */
const FILE_NAME = /^(\d{4}-\d{2}-\d{2}-\d{2}-[a-z0-9-]+)\.ts$/;

function migrationsIn(folder: string): MigrationProvider {
  return {
    async getMigrations() {
      const migrations: Record<string, Migration> = {};
      for (const file of await readdir(folder)) {
        const name = FILE_NAME.exec(file)?.[1];
        if (!name) throw new MigrationFailed(`${join(folder, file)} is not named like a migration`);
        const { up }: Migration = await import(join(folder, file));
        // No `down`, even where a file has one: a database with persons in it is never taken back by a program.
        migrations[name] = { up };
      }
      return migrations;
    },
  };
}

/**
 * Runs every migration of `folder` that has not run yet, all in one transaction, and returns their names.
 * Several processes may call it at the same time. Throws MigrationFailed.
 */
export async function migrate<Tables>(db: Kysely<Tables>, folder: string): Promise<string[]> {
  const { error, results } = await new Migrator({ db, provider: migrationsIn(folder) }).migrateToLatest();
  if (error) {
    const culprit = results?.find((result) => result.status === 'Error')?.migrationName;
    throw new MigrationFailed(`the database could not be migrated${culprit ? ` (${culprit})` : ''}`, { cause: error });
  }
  return (results ?? []).map((result) => result.migrationName);
}

export function migrateVaultDatabase(db: VaultDatabase): Promise<string[]> {
  return migrate(db, join(FOLDERS, 'postgres'));
}

export function migrateKeyringDatabase(db: KeyringDatabase): Promise<string[]> {
  return migrate(db, join(FOLDERS, 'keyring'));
}
