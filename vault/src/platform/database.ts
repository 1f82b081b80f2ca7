/**
 * The vault's two databases. Each feature adds its tables to the interfaces by declaration merging in its own `tables.ts`:
 * `declare module '../platform/database.ts' { interface VaultTables { persons: PersonsTable } }`.
 */
import { Kysely, PostgresDialect } from 'kysely';
import { Pool, types } from 'pg';

// Dates without a time stay strings (`2026-11-23`): a Date would invent a time and a zone.
types.setTypeParser(types.builtins.DATE, (text) => text);
types.setTypeParser(types.builtins.INT8, Number);

// biome-ignore lint/suspicious/noEmptyInterface: filled by declaration merging in each feature's tables.ts
export interface VaultTables {}
// biome-ignore lint/suspicious/noEmptyInterface: filled by declaration merging in people/tables.ts
export interface KeyringTables {}

export type VaultDatabase = Kysely<VaultTables>;
export type KeyringDatabase = Kysely<KeyringTables>;

function postgres(url: string, connections: number): PostgresDialect {
  const pool = new Pool({ connectionString: url, max: connections });
  // A connection that dies (the server restarts) is replaced by the pool, and met by the query that was using it; without a
  // listener, on idle and on busy ones, it would end the process.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return new PostgresDialect({ pool });
}

export function openVaultDatabase(url: string, connections = 16): VaultDatabase {
  return new Kysely<VaultTables>({ dialect: postgres(url, connections) });
}

export function openKeyringDatabase(url: string, connections = 8): KeyringDatabase {
  return new Kysely<KeyringTables>({ dialect: postgres(url, connections) });
}
