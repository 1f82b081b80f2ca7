/**
 * The edge's one database. Each feature adds its tables by declaration merging in its own `tables.ts`:
 * `declare module '../platform/database.ts' { interface EdgeTables { spool_items: SpoolItemsTable } }`.
 */
import { Kysely, PostgresDialect } from 'kysely';
import { Pool, types } from 'pg';

// Dates without a time stay strings (`2026-11-23`): a Date would invent a time and a zone.
types.setTypeParser(types.builtins.DATE, (text) => text);
types.setTypeParser(types.builtins.INT8, Number);

export interface EdgeTables {
  key_sets: { version: number; key_set: unknown };
  public_documents: { name: string; revision: number; content: unknown };
}

export type EdgeDatabase = Kysely<EdgeTables>;

export interface DatabaseOptions {
  connections?: number;
  /** Hears of every connection that the server ended; the pool opens new ones by itself. */
  onLost?: (error: Error) => void;
  /** False: a commit returns before it is on disk. A crash of the server may undo the last ones, in order, and tear none. */
  durable?: boolean;
}

export function openEdgeDatabase(
  url: string,
  { connections = 12, onLost = () => {}, durable = true }: DatabaseOptions = {},
): EdgeDatabase {
  const pool = new Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: 5_000,
    // An acknowledgement means "on disk", whatever the server's default is.
    options: `-c synchronous_commit=${durable ? 'on' : 'off'}`,
  });
  pool.on('error', onLost);
  // The pool listens for errors on idle clients only: a server that dies during a query would end this process.
  pool.on('connect', (client) => client.on('error', onLost));
  return new Kysely<EdgeTables>({ dialect: new PostgresDialect({ pool }) });
}

const LOST_CONNECTION = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', '57P01', '57P02', '57P03']);

/** Whether the database was not there, or went away during the statement (which may or may not have been carried out). */
export function isConnectionLost(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('code' in error && typeof error.code === 'string') {
    return LOST_CONNECTION.has(error.code) || error.code.startsWith('08');
  }
  // node-postgres gives these no code.
  return /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/.test(
    error.message,
  );
}
