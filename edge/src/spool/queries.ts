/** Every statement on the spool. One statement is one transaction here, so each is atomic by itself. */
import type { Lane } from '@avow/protocol/link';
import { CompiledQuery, sql } from 'kysely';
import type { EdgeDatabase } from '../platform/database.ts';
import { createMemo } from '../platform/memo.ts';
import type { NewItem, SpoolAnswer, SpoolItem } from './spool.ts';
import './tables.ts';

const today = sql`(now() AT TIME ZONE 'UTC')::date`;

const MAX_KNOWN_INSERTIONS = 64;

/** Single bytes travel as they are; in an array, node-postgres would write them as hexadecimal text. */
const bytesOf = (body: Uint8Array): Buffer => Buffer.from(body.buffer, body.byteOffset, body.byteLength);

/** Written once: to put it together costs as much as to send it, and most are of one item or a few. */
const insertion = createMemo(MAX_KNOWN_INSERTIONS, (items) => {
  const rows = Array.from({ length: Number(items) }, (_, n) => `($${3 * n + 1}::uuid, $${3 * n + 2}, $${3 * n + 3})`);
  return {
    text: `/* spool.insertItems */
    INSERT INTO spool_items (id, lane, body) VALUES ${rows.join(', ')} ON CONFLICT (id) DO NOTHING`,
  };
});

/** Can be repeated when it is not known whether it was carried out. */
export async function insertItems(db: EdgeDatabase, items: readonly NewItem[]): Promise<void> {
  const values = items.flatMap(({ id, lane, body }) => [id, lane, bytesOf(body)]);
  await db.executeQuery(CompiledQuery.raw(insertion(String(items.length)).text, values));
}

export interface Claim {
  max: number;
  /** Bytes of all bodies together. */
  maxBytes: number;
  lanes: readonly Lane[];
  /** Only these ids; null: any. */
  only: readonly string[] | null;
}

/** The lane `mixed` from now on. Written anew, the rows also lose the order in which they came. */
export async function releaseHeldItems(db: EdgeDatabase): Promise<number> {
  const { numAffectedRows } = await sql`/* spool.releaseHeldItems */
    UPDATE spool_items SET lane = 'mixed' WHERE lane = 'held'`.execute(db);
  return Number(numAffectedRows ?? 0);
}

/**
 * Claims waiting items for process `claimant`, the lane `prompt` before others. The lane `mixed` has to be asked for alone: it is
 * handed out by the random id.
 */
export async function claimItems(
  db: EdgeDatabase,
  claimant: number,
  { max, maxBytes, lanes, only }: Claim,
): Promise<SpoolItem[]> {
  const { rows } = await sql<SpoolItem>`/* spool.claimItems */
    UPDATE spool_items SET claimed_by = ${claimant}
    WHERE id IN (
      SELECT id FROM (
        SELECT id, sum(octet_length(body)) OVER (ORDER BY lane, id ROWS UNBOUNDED PRECEDING) AS bytes
        FROM (
          SELECT id, lane, body FROM spool_items
          WHERE claimed_by IS NULL AND answer IS NULL AND refused IS NULL
            AND lane = ANY(${[...lanes]}::text[])
            AND ${only === null ? sql`true` : sql`id = ANY(${[...only]}::uuid[])`}
          ORDER BY ${lanes.includes('mixed') ? sql`id` : sql`lane`}
          LIMIT ${max}
          FOR UPDATE SKIP LOCKED
        ) AS waiting
      ) AS measured
      WHERE bytes <= ${maxBytes}
    )
    RETURNING id, lane, body`.execute(db);
  return rows;
}

export async function releaseItems(db: EdgeDatabase, claimant: number, ids: readonly string[]): Promise<void> {
  await sql`/* spool.releaseItems */
    UPDATE spool_items SET claimed_by = NULL
    WHERE id = ANY(${[...ids]}::uuid[]) AND claimed_by = ${claimant}`.execute(db);
}

/** Returns how many of the items were still unanswered. */
export async function deleteItems(db: EdgeDatabase, ids: readonly string[]): Promise<number> {
  const { rows } = await sql<{ open: boolean }>`/* spool.deleteItems */
    DELETE FROM spool_items WHERE id = ANY(${[...ids]}::uuid[])
    RETURNING answer IS NULL AND refused IS NULL AS open`.execute(db);
  return rows.filter((row) => row.open).length;
}

/** The request has served its purpose: its body goes, the answer takes its place. Returns how many items took one. */
export async function storeItemAnswers(db: EdgeDatabase, answers: readonly SpoolAnswer[]): Promise<number> {
  const { numAffectedRows } = await sql`/* spool.storeItemAnswers */
    UPDATE spool_items AS item
    SET answer = given.answer, refused = given.refused, body = ''::bytea, claimed_by = NULL, day = ${today}
    FROM unnest(
      ${answers.map((answer) => answer.id)}::uuid[],
      ${answers.map((answer) => ('body' in answer ? Buffer.from(answer.body) : null))}::bytea[],
      ${answers.map((answer) => ('refused' in answer ? answer.refused : null))}::text[]
    ) AS given (id, answer, refused)
    WHERE item.id = given.id AND item.answer IS NULL AND item.refused IS NULL`.execute(db);
  return Number(numAffectedRows ?? 0);
}

/** Takes the answer out; an item without one stays. `null`: there is no such item. */
export async function takeItemAnswer(
  db: EdgeDatabase,
  id: string,
): Promise<{ answer: Buffer | null; refused: string | null } | null> {
  const taken = await sql<{ answer: Buffer | null; refused: string | null }>`/* spool.takeItemAnswer */
    DELETE FROM spool_items
    WHERE id = ${id}::uuid AND (answer IS NOT NULL OR refused IS NOT NULL)
    RETURNING answer, refused`.execute(db);
  if (taken.rows[0]) return taken.rows[0];
  const waiting = await sql`/* spool.itemExists */ SELECT FROM spool_items WHERE id = ${id}::uuid`.execute(db);
  return waiting.rows.length > 0 ? { answer: null, refused: null } : null;
}

/** Answers nobody came for. The day is the finest time there is, so "a day" is one whole day at least. */
export async function forgetOldAnswers(db: EdgeDatabase): Promise<number> {
  const { numAffectedRows } = await sql`/* spool.forgetOldAnswers */
    DELETE FROM spool_items
    WHERE (answer IS NOT NULL OR refused IS NOT NULL) AND day < ${today} - 1`.execute(db);
  return Number(numAffectedRows ?? 0);
}

export interface SpoolMeasure {
  /** Unanswered ones. */
  items: number;
  /** Of all. */
  bytes: number;
  /** Days since the oldest came that a vault could have taken; null: there is none. */
  oldestDays: number | null;
}

/** Lengths come from the rows' heads: no body is read. */
export async function measureSpool(db: EdgeDatabase): Promise<SpoolMeasure> {
  const { rows } = await sql<SpoolMeasure>`/* spool.measureSpool */
    SELECT count(*) FILTER (WHERE answer IS NULL AND refused IS NULL) AS items,
      ${today} - min(day) FILTER (WHERE answer IS NULL AND refused IS NULL AND lane <> 'held') AS "oldestDays",
      coalesce(sum(octet_length(body) + coalesce(octet_length(answer), 0)), 0)::bigint AS bytes
    FROM spool_items`.execute(db);
  return rows[0] ?? { items: 0, bytes: 0, oldestDays: null };
}
