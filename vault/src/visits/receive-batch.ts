/**
 * Batches of visits, from the spool into ClickHouse, each exactly once: written down as pending in PostgreSQL, inserted,
 * confirmed, and only then acknowledged. Whatever comes in between, a pending batch is counted in ClickHouse before anything of
 * it is inserted again. ClickHouse's own deduplication token was tried and lost a batch.
 *
 * What waits is stored together: one insert for many batches costs as much as one for one.
 */
import type { LinkAnswer } from '@avow/protocol/link';
import type { ClickHouseClient } from '@clickhouse/client';
import type { Logger } from 'pino';
import type { VaultDatabase } from '../platform/database.ts';
import { type IsoDay, isoDay } from '../platform/day.ts';
import { oneAtATime } from '../platform/one-at-a-time.ts';
import { untilOver } from '../platform/running-work.ts';
import type { ActiveVisitsMemory } from './active-visits.ts';
import {
  confirmBatches,
  countUpRetries,
  findBatches,
  findPending,
  findRetryNumber,
  type PendingBatch,
  recordPending,
} from './batch-record.ts';
import { type BatchTable, type NumberedBatch, rowsOfBatches } from './batch-rows.ts';
import { type ReadBatch, readVisitBatch } from './read-batch.ts';
import { reportingDay } from './reporting-day.ts';
import { loadRetriedEvents, type RetriedEvents } from './retried-events.ts';
import { countRows, daysOfBatches, insertRows, removeRows } from './stored-rows.ts';

export interface VisitItem {
  /** The spool item's id: the batch's from now on. */
  id: string;
  body: Uint8Array;
}

/** Throws when a database is away; the same items may then be given again. */
export type ReceiveVisits = (items: readonly VisitItem[], edge: string) => Promise<LinkAnswer[]>;

export interface VisitReceiver {
  /** Answers acknowledge. In the order of the items; one call at a time is carried out. */
  receive: ReceiveVisits;
  /** Confirms what a vault that died had stored wholly. The rest comes again from the edge. Returns how many were confirmed. */
  reconcile(): Promise<number>;
}

export interface VisitReceiverOptions {
  db: VaultDatabase;
  clickhouse: ClickHouseClient;
  active: ActiveVisitsMemory;
  siteIds: readonly string[];
  timeZone: string;
  clock: () => Date;
  log: Logger;
}

/** Class of the lock ("Visi" in ASCII): of several vault workers one stores visits at a time. */
const LOCK = 0x56697369;
/** However much one edge sends, no more of it is in memory. */
const MOST_EVENTS_TOGETHER = 20_000;
/** Their ids have to fit into one address. */
const BATCHES_PER_REMOVAL = 64;
const BATCH_TABLES = ['visit_events', 'drop_counts', 'quiet_views', 'minute_counts'] as const satisfies BatchTable[];

export function createVisitReceiver(options: VisitReceiverOptions): VisitReceiver {
  const { db, clickhouse, active, clock, log, timeZone } = options;
  const sites = new Set(options.siteIds);
  let retriedEvents: Promise<RetriedEvents> | undefined;
  let retryNumber: number | undefined;
  let last: Promise<unknown> = Promise.resolve();

  const today = () => reportingDay(clock(), timeZone);
  const late = (days: readonly IsoDay[]) => days.filter((day) => day < today());

  function alone<T>(work: () => Promise<T>): Promise<T> {
    const turn = last.then(() => oneAtATime(db, LOCK, work));
    last = turn.catch(() => {});
    return turn;
  }

  /** In memory, as long as no other worker has stored any. */
  async function knownRetries(): Promise<RetriedEvents> {
    const number = await findRetryNumber(db);
    if (number !== retryNumber) retriedEvents = undefined;
    retryNumber = number;
    retriedEvents ??= loadRetriedEvents(clickhouse, today());
    try {
      return await retriedEvents;
    } catch (error) {
      retriedEvents = undefined;
      throw error;
    }
  }

  /** Which of these are in ClickHouse with all their rows. */
  async function findWhole(batches: readonly PendingBatch[]): Promise<string[]> {
    if (batches.length === 0) return [];
    const ids = batches.map(({ id }) => id);
    const [events, drops, quiet] = await Promise.all(
      BATCH_TABLES.slice(0, 3).map((table) => countRows(clickhouse, table, ids)),
    );
    return batches
      .filter(({ id, ...expected }) => {
        const counts = (drops?.get(id) ?? 0) + (quiet?.get(id) ?? 0);
        return (events?.get(id) ?? 0) === expected.events && counts === expected.counts;
      })
      .map(({ id }) => id);
  }

  /** Begins these again: whatever of them is stored goes. */
  async function clear(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    for (const table of BATCH_TABLES) {
      const stored = [...(await countRows(clickhouse, table, ids)).keys()];
      for (let from = 0; from < stored.length; from += BATCHES_PER_REMOVAL) {
        await removeRows(clickhouse, table, stored.slice(from, from + BATCHES_PER_REMOVAL));
      }
    }
  }

  async function store(batches: readonly NumberedBatch[]): Promise<void> {
    const now = clock();
    const retries = await knownRetries();
    const events = await retries.withoutRepeats(batches.map(({ content }) => content.events));
    const stored = batches.map(({ id, content }, at) => ({ id, content: { ...content, events: events[at] ?? [] } }));
    const pending = stored.map(({ id, content }) => ({
      id,
      events: content.events.length,
      counts: content.drops.length + content.quiet.length,
    }));
    if (events.some((those) => those.some(({ retried }) => retried))) retryNumber = await countUpRetries(db);
    await recordPending(db, pending, isoDay(now));
    for (const rows of rowsOfBatches(stored, now, isoDay(now))) await insertRows(clickhouse, rows);
    const ids = batches.map(({ id }) => id);
    await confirmBatches(db, ids, late(daysOf(stored.map(({ content }) => content))));
    retries.remember(events.flat(), today());
  }

  /** Confirms what is stored wholly, and says what that was. */
  async function confirmWhole(pending: readonly PendingBatch[]): Promise<Set<string>> {
    if (pending.length === 0) return new Set();
    await untilOver(clickhouse, 'batches');
    const whole = await findWhole(pending);
    // There may be retried events among them, which no worker remembers.
    if (whole.length > 0) await countUpRetries(db);
    if (whole.length > 0) await confirmBatches(db, whole, late(await daysOfBatches(clickhouse, whole)));
    return new Set(whole);
  }

  /** Those of a dead or failed try that are stored wholly are confirmed; of the others nothing is left. */
  async function settlePending(ids: readonly string[]): Promise<Set<string>> {
    const pending = (await findPending(db)).filter(({ id }) => ids.includes(id));
    const whole = await confirmWhole(pending);
    await clear(pending.map(({ id }) => id).filter((id) => !whole.has(id)));
    return whole;
  }

  async function receiveTogether(batches: ReadonlyMap<string, ReadBatch>, edge: string): Promise<void> {
    if (batches.size === 0) return;
    const known = await findBatches(db, [...batches.keys()]);
    const unsettled = [...known].filter(([, state]) => state === 'pending').map(([id]) => id);
    const settled = unsettled.length > 0 ? await settlePending(unsettled) : new Set<string>();
    const open = [...batches].filter(([id]) => known.get(id) !== 'confirmed' && !settled.has(id));
    if (open.length > 0) await store(open.map(([id, content]) => ({ id, content })));
    // An edge says it now and then; nothing said is no news.
    const news = [...batches.values()].findLast((batch) => batch.active.length > 0);
    if (news) active.heard(edge, news.active);
  }

  return {
    receive: (items, edge) =>
      alone(async () => {
        const rules = { sites, today: today() };
        const answers: LinkAnswer[] = [];
        let batches = new Map<string, ReadBatch>();
        let events = 0;
        for (const { id, body } of items) {
          const content = readVisitBatch(body, rules);
          answers.push(content ? { id } : { id, refused: 'malformed' });
          if (!content) log.error({ edge, batch: id }, 'a batch of visits is malformed');
          else batches.set(id, content);
          if (content?.leftOut)
            log.error({ edge, batch: id, leftOut: content.leftOut }, 'some of a batch is malformed');
          events += content?.events.length ?? 0;
          if (events < MOST_EVENTS_TOGETHER) continue;
          await receiveTogether(batches, edge);
          batches = new Map();
          events = 0;
        }
        await receiveTogether(batches, edge);
        return answers;
      }),

    reconcile: () => alone(async () => (await confirmWhole(await findPending(db))).size),
  };
}

function daysOf(batches: readonly ReadBatch[]): string[] {
  const days = new Set<string>();
  for (const { events, drops, quiet } of batches) for (const { day } of [...events, ...drops, ...quiet]) days.add(day);
  return [...days];
}
