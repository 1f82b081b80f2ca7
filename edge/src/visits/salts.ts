/**
 * Salts of the visitor ids: 32 random bytes for one UTC day. In memory and in an UNLOGGED table (so that a restart does not
 * make every visitor a new one), and destroyed with a receipt. After that nobody can ask "was this address here?".
 */
import { createHash, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { EdgeDatabase } from '../platform/database.ts';
import './tables.ts';

export interface DaySalts {
  today: Buffer;
  /** Yesterday's, as long as it serves visits that span midnight. */
  previous: Buffer | null;
}

export interface Salts {
  /** Null: not there yet for this moment; `turn` brings them. */
  at(now: number): DaySalts | null;
  /** Makes the salts that are needed, destroys the others. To be called every minute. */
  turn(now: number): Promise<void>;
  /** Forgets what is in memory; the table keeps the day's salt for the next start. */
  close(): void;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** A visit that goes on longer than this after midnight begins anew. */
const SPAN_MS = 3 * HOUR_MS;
/** Tomorrow's salt is there before the first visit of tomorrow. */
const AHEAD_MS = HOUR_MS;

/** The UTC day, of one moment after the other: most lie in the day of the one before. */
function createDays(): (now: number) => string {
  let number = Number.NaN;
  let text = '';
  return (now) => {
    if (Math.floor(now / DAY_MS) !== number) {
      number = Math.floor(now / DAY_MS);
      text = new Date(now).toISOString().slice(0, 10);
    }
    return text;
  };
}

async function writeReceipts(db: EdgeDatabase, salts: readonly { day: string; salt: Buffer }[]): Promise<void> {
  await sql`/* visits.writeReceipts */
    INSERT INTO salt_receipts (day, salt_hash)
    SELECT * FROM unnest(
      ${salts.map(({ day }) => day)}::date[],
      ${salts.map(({ salt }) => createHash('sha256').update(salt).digest())}::bytea[])
    ON CONFLICT DO NOTHING`.execute(db);
}

/** The salt that all edges on this database use on this day: the one that was first. */
async function agreeOn(db: EdgeDatabase, day: string, offered: Buffer): Promise<Buffer> {
  await sql`/* visits.offerSalt */
    INSERT INTO visit_salts (day, salt) VALUES (${day}, ${offered}) ON CONFLICT DO NOTHING`.execute(db);
  const { salt } = await db.selectFrom('visit_salts').select('salt').where('day', '=', day).executeTakeFirstOrThrow();
  return salt;
}

/** A deleted row would stay readable in the table's file; TRUNCATE begins a new file and removes the old one. */
async function destroyBefore(db: EdgeDatabase, day: string): Promise<void> {
  const old = await db.selectFrom('visit_salts').select('day').where('day', '<', day).execute();
  if (old.length === 0) return;
  await db.transaction().execute(async (tx) => {
    await sql`LOCK TABLE visit_salts IN ACCESS EXCLUSIVE MODE`.execute(tx);
    const all = await tx.selectFrom('visit_salts').selectAll().execute();
    const kept = all.filter((row) => row.day >= day);
    await writeReceipts(
      tx,
      all.filter((row) => row.day < day),
    );
    await sql`TRUNCATE visit_salts`.execute(tx);
    if (kept.length > 0) await tx.insertInto('visit_salts').values(kept).execute();
  });
}

export async function openSalts(db: EdgeDatabase, now: number): Promise<Salts> {
  const salts = new Map<string, Buffer>();
  const dayOf = createDays();
  const dayBefore = createDays();
  let turning: Promise<void> = Promise.resolve();

  async function bring(day: string): Promise<void> {
    const mine = salts.get(day);
    const agreed = await agreeOn(db, day, mine ?? randomBytes(32));
    salts.set(day, agreed);
    // The database had lost ours in a crash, and another edge was first to bring a new one.
    if (mine && !mine.equals(agreed)) {
      await writeReceipts(db, [{ day, salt: mine }]);
      mine.fill(0);
    }
  }

  async function turn(at: number): Promise<void> {
    const today = dayOf(at);
    const oldest = dayOf(at - SPAN_MS);
    if (oldest !== today && !salts.has(oldest)) {
      const stored = await db.selectFrom('visit_salts').select('salt').where('day', '=', oldest).executeTakeFirst();
      if (stored) salts.set(oldest, stored.salt);
    }
    await bring(today);
    const next = dayOf(at + AHEAD_MS);
    if (next !== today) await bring(next);
    await destroyBefore(db, oldest);
    for (const [day, salt] of salts) {
      if (day >= oldest) continue;
      salt.fill(0);
      salts.delete(day);
    }
  }

  const inTurn = (at: number): Promise<void> => {
    const turned = turning.then(() => turn(at));
    turning = turned.catch(() => {});
    return turned;
  };

  await inTurn(now);
  return {
    at(moment) {
      const today = salts.get(dayOf(moment));
      if (!today) return null;
      const spanning = moment % DAY_MS < SPAN_MS;
      return { today, previous: spanning ? (salts.get(dayBefore(moment - DAY_MS)) ?? null) : null };
    },
    turn: inTurn,
    close() {
      for (const salt of salts.values()) salt.fill(0);
      salts.clear();
    },
  };
}
