/**
 * Reports, from PostgreSQL, where they are accepted, into ClickHouse, where they are counted: many at a time, in an order that
 * their contents give, each exactly once. A batch is written down before the first of its rows is inserted; until it is sure that
 * all of them are there, its reports stay here.
 */
import { randomUUID } from 'node:crypto';
import type { ClickHouseClient } from '@clickhouse/client';
import { type Kysely, sql } from 'kysely';
import type { VaultDatabase, VaultTables } from '../platform/database.ts';
import { oneAtATime } from '../platform/one-at-a-time.ts';
import { untilOver } from '../platform/running-work.ts';
import { countBatch, forgetBatches, insertReports, removeBatch } from './queries.ts';
import type { StoredReport } from './stored-report.ts';
import './tables.ts';

export interface Mover {
  /** Everything that waits, in batches of many. Returns how many reports were moved. */
  move(): Promise<number>;
  /** Moves, and then no trace is left of which reports came together. */
  settle(): Promise<void>;
  /** Runs `work` when everything has been moved, and nothing is being moved. */
  afterMoving<T>(work: () => Promise<T>): Promise<T>;
}

/** Class of the lock ("Impr" in ASCII). */
const LOCK = 0x496d7072;
const MOST_AT_ONCE = 100_000;

export function createMover({ db, clickhouse }: { db: VaultDatabase; clickhouse: ClickHouseClient }): Mover {
  async function insert(batch: string): Promise<void> {
    const rows = await db
      .selectFrom('improvement_waiting')
      .select('report')
      .where('batch', '=', batch)
      .orderBy(sql`report::text`)
      .execute();
    await insertReports(
      clickhouse,
      batch,
      rows.map(({ report }) => report as StoredReport),
    );
  }

  async function confirm(batch: string): Promise<void> {
    await db.transaction().execute(async (tx) => {
      await tx.deleteFrom('improvement_waiting').where('batch', '=', batch).execute();
      await tx.deleteFrom('improvement_batches').where('id', '=', batch).execute();
    });
  }

  /** Of a vault that died, or of a try that failed: whole in ClickHouse, or begun again. */
  async function finishOpenBatches(): Promise<number> {
    const open = await db.selectFrom('improvement_batches').selectAll().execute();
    if (open.length > 0) await untilOver(clickhouse, 'batches');
    let moved = 0;
    for (const { id, reports } of open) {
      const there = await countBatch(clickhouse, id);
      if (there > 0 && there < reports) await removeBatch(clickhouse, id);
      if (there < reports) await insert(id);
      await confirm(id);
      moved += reports;
    }
    return moved;
  }

  async function beginBatch(): Promise<{ id: string; reports: number } | null> {
    const id = randomUUID();
    return db.transaction().execute(async (tx) => {
      const reports = await assign(tx, id);
      if (reports === 0) return null;
      await tx.insertInto('improvement_batches').values({ id, reports }).execute();
      return { id, reports };
    });
  }

  async function moveAll(): Promise<number> {
    let moved = await finishOpenBatches();
    for (let batch = await beginBatch(); batch; batch = await beginBatch()) {
      await insert(batch.id);
      await confirm(batch.id);
      moved += batch.reports;
    }
    return moved;
  }

  let last: Promise<unknown> = Promise.resolve();

  /** One at a time in this process, before it asks the others: each that waits for the lock holds a connection. */
  function alone<T>(work: () => Promise<T>): Promise<T> {
    const turn = last.then(() => oneAtATime(db, LOCK, work));
    last = turn.catch(() => {});
    return turn;
  }

  const afterMoving = <T>(work: () => Promise<T>): Promise<T> =>
    alone(async () => {
      await moveAll();
      return work();
    });

  return {
    move: () => alone(moveAll),
    settle: () => afterMoving(() => forgetBatches(clickhouse)),
    afterMoving,
  };
}

async function assign(tx: Kysely<VaultTables>, batch: string): Promise<number> {
  const { numAffectedRows } = await sql`/* improvement.assign */
    UPDATE improvement_waiting SET batch = ${batch}
    WHERE id IN (SELECT id FROM improvement_waiting WHERE batch IS NULL LIMIT ${MOST_AT_ONCE})`.execute(tx);
  return Number(numAffectedRows ?? 0);
}
