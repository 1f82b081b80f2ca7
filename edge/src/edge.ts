/** The public program, put together and running. `main.ts` starts it as a process. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { openAccessLog } from './access-log/access-log.ts';
import { createEdgeApp } from './app.ts';
import { documentChecks } from './document-checks.ts';
import { loadAssets } from './platform/assets.ts';
import { boundHeap } from './platform/bound-heap.ts';
import { openEdgeDatabase } from './platform/database.ts';
import { describeError, type Log } from './platform/log.ts';
import { migrateEdge } from './platform/migrate.ts';
import { openPublicDocuments } from './platform/public-documents.ts';
import { openPublishedKeys } from './platform/published-keys.ts';
import { createRateLimits } from './platform/rate-limits.ts';
import { startServer } from './platform/server.ts';
import type { Settings } from './platform/settings.ts';
import { startTimetable } from './platform/timetable.ts';
import { createReports } from './relay/reports.ts';
import { createExchange } from './spool/exchange.ts';
import { openSpool } from './spool/spool.ts';
import { openCollector } from './visits/collector.ts';

export interface RunningEdge {
  url: string;
  /** Finishes what is under way, writes what is still in memory. */
  stop(): Promise<void>;
}

const GRACE_MS = 5_000;

async function ownVersion(): Promise<string> {
  const file = await readFile(path.join(import.meta.dirname, '../package.json'), 'utf8');
  return String(JSON.parse(file).version);
}

export async function startEdge(settings: Settings, log: Log): Promise<RunningEdge> {
  boundHeap();
  const { config } = settings;
  const onLost = (error: Error) => log.warn({ error: describeError(error) }, 'a database connection was lost');
  const db = openEdgeDatabase(settings.databaseUrl, { onLost });
  const undoable = openEdgeDatabase(settings.databaseUrl, { onLost, connections: 3, durable: false });
  const migrated = await migrateEdge(db);
  if (migrated.length > 0) log.info({ migrated }, 'database migrated');

  const { spoolMaxBytes, diskMinFreeBytes, accessLogDays, reverseLookup, heldReports } = config.edge;
  const marks = { spoolMaxBytes, diskMinFreeBytes, diskFolder: settings.diskFolder };
  const spool = await openSpool(db, { marks, undoable });
  const exchange = createExchange({ spool });
  const reports = createReports(exchange, heldReports.atLeast);
  const accessLog = await openAccessLog({ db, keepDays: accessLogDays, reverseLookup, log });
  const limits = createRateLimits(settings.rateLimits);
  const collector = await openCollector({ config, db, exchange, limits, log });
  const app = createEdgeApp({
    config,
    publicUrl: settings.publicUrl,
    version: await ownVersion(),
    assets: await loadAssets(settings.browserDist),
    exchange,
    keys: await openPublishedKeys(db, settings.rootPublicKey),
    documents: await openPublicDocuments(db, documentChecks(settings.rootPublicKey)),
    reports,
    linkPublicKey: settings.linkPublicKey,
    accessLog,
    limits,
    log,
  });
  const server = await startServer(app.fetch, {
    host: config.edge.host,
    port: settings.port,
    before: collector.handle,
  });
  const stopTimetable = startTimetable(
    [
      { name: 'spool.tidy', everySeconds: 30, run: () => spool.tidy() },
      { name: 'relay.releaseReports', everySeconds: heldReports.atMostSeconds, run: () => reports.release() },
      { name: 'accessLog.flushCounts', everySeconds: 5, run: () => accessLog.flushCounts() },
      { name: 'visits.flush', everySeconds: 5, run: () => collector.flush() },
      { name: 'visits.turnSalts', everySeconds: 60, run: () => collector.turnSalts() },
      { name: 'accessLog.turnDays', everySeconds: 3_600, run: () => accessLog.turnDays() },
    ],
    log,
  );

  return {
    url: server.url,
    async stop() {
      exchange.close();
      await server.stop(GRACE_MS);
      await stopTimetable();
      await collector.close();
      await spool.close();
      await accessLog.close();
      await Promise.all([db.destroy(), undoable.destroy()]);
    },
  };
}
