/** Who reads through a link right now. Nobody's name: a secret for the browser tab, its hash here, over after half a day. */
import { randomUUID } from 'node:crypto';
import { randomToken, readToken } from '@avow/protocol/crockford';
import { hashOf } from '../../people/bearer.ts';
import type { VaultDatabase } from '../../platform/database.ts';
import { isoDay } from '../../platform/day.ts';
import { isPassword } from '../../platform/password-hash.ts';
import { findLink, type StoredLink } from './links.ts';

interface SharedReadersTable {
  hash: Buffer;
  link: string;
  ends: Date;
}

interface SharedAttemptsTable {
  id: string;
  link: string;
  made: Date;
}

declare module '../../platform/database.ts' {
  interface VaultTables {
    visit_shared_readers: SharedReadersTable;
    visit_shared_attempts: SharedAttemptsTable;
  }
}

const READER_HOURS = 12;
const MOST_ATTEMPTS = 10;
const ATTEMPTS_MINUTES = 15;

const MINUTE_MS = 60_000;

export type PasswordCheck = 'right' | 'wrong' | 'too many attempts';

/** Each attempt is counted before it is checked, so many at once are not more than one after the other. A right one is not counted. */
export async function checkPassword(
  db: VaultDatabase,
  link: { id: string; password: string },
  given: string,
  now: Date,
): Promise<PasswordCheck> {
  const attempt = randomUUID();
  await db.insertInto('visit_shared_attempts').values({ id: attempt, link: link.id, made: now }).execute();
  const since = new Date(now.getTime() - ATTEMPTS_MINUTES * MINUTE_MS);
  const { count } = await db
    .selectFrom('visit_shared_attempts')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('link', '=', link.id)
    .where('made', '>', since)
    .executeTakeFirstOrThrow();
  const forget = () => db.deleteFrom('visit_shared_attempts').where('id', '=', attempt).execute();
  if (Number(count) > MOST_ATTEMPTS) {
    // Else whoever goes on trying would keep the link closed for good.
    await forget();
    return 'too many attempts';
  }
  if (!(await isPassword(given, link.password))) return 'wrong';
  await forget();
  return 'right';
}

/** `reader` is the secret; it is told only now. */
export async function admitReader(
  db: VaultDatabase,
  link: StoredLink,
  now: Date,
): Promise<{ reader: string; ends: Date }> {
  const reader = randomToken();
  const ends = new Date(now.getTime() + READER_HOURS * 60 * MINUTE_MS);
  await db
    .insertInto('visit_shared_readers')
    .values({ hash: hashOf(reader), link: link.id, ends })
    .execute();
  return { reader, ends };
}

/** The link through which somebody reads; null for a secret that is unknown or over, and for a link that is withdrawn or past its last day. */
export async function findReadLink(db: VaultDatabase, text: string, now: Date): Promise<StoredLink | null> {
  const reader = readToken(text);
  if (reader === null) return null;
  const row = await db
    .selectFrom('visit_shared_readers')
    .select('link')
    .where('hash', '=', hashOf(reader))
    .where('ends', '>', now)
    .executeTakeFirst();
  return row ? findLink(db, row.link, isoDay(now)) : null;
}

/** For the schedule: readers and attempts of the past, and links past their last day. */
export async function forgetPastReaders(db: VaultDatabase, now: Date): Promise<void> {
  await db.deleteFrom('visit_shared_readers').where('ends', '<=', now).execute();
  const since = new Date(now.getTime() - ATTEMPTS_MINUTES * MINUTE_MS);
  await db.deleteFrom('visit_shared_attempts').where('made', '<=', since).execute();
  await db.deleteFrom('visit_shared_links').where('valid_through', '<', isoDay(now)).execute();
}
