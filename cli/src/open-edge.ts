/** Opens the edge's store for a command, beside a running house or without one. */
import { type AvowConfig, loadConfig } from '@avow/config/config';
import { type EdgeDatabase, openEdgeDatabase } from '@avow/edge/platform/database';
import { migrateEdge } from '@avow/edge/platform/migrate';
import { attachPostgres } from '@avow/engines/postgres';
import { edgePostgresOptions } from './house/engines.ts';
import { configFile, dataDir } from './place.ts';

export interface EdgeHandle {
  config: AvowConfig;
  db: EdgeDatabase;
  close(): Promise<void>;
}

export interface EdgeContext {
  openEdge(): Promise<EdgeHandle>;
}

export async function openEdge(): Promise<EdgeHandle> {
  const dir = dataDir();
  const config = await loadConfig(await configFile(dir));
  const given = process.env.EDGE_DATABASE_URL;
  const postgres = given ? null : await attachPostgres(edgePostgresOptions(dir));
  const db = openEdgeDatabase(given ?? postgres?.urls.edge ?? '', { connections: 4 });
  const close = async (): Promise<void> => {
    await db.destroy();
    await postgres?.stop();
  };
  try {
    await migrateEdge(db);
    return { config, db, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Opens the edge's store, does the work, and closes it again whatever happens. */
export async function withEdge<T>(context: EdgeContext, work: (edge: EdgeHandle) => Promise<T>): Promise<T> {
  const edge = await context.openEdge();
  try {
    return await work(edge);
  } finally {
    await edge.close();
  }
}
