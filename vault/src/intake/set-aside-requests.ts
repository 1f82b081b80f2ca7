/**
 * Requests that were accepted, that nobody waits for, and that we failed to carry out by a mistake of ours: kept sealed, as they
 * came, and tried again. Without this a mistake in a handler would lose what the edge had promised to keep.
 */
import type { VaultDatabase } from '../platform/database.ts';
import './tables.ts';

export interface SetAsideRequest {
  id: string;
  body: Uint8Array;
}

export async function setAside(db: VaultDatabase, request: SetAsideRequest, day: string): Promise<void> {
  await db
    .insertInto('set_aside_requests')
    .values({ spool_id: request.id, body: Buffer.from(request.body), day })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function setAsideRequests(db: VaultDatabase): Promise<SetAsideRequest[]> {
  return db.selectFrom('set_aside_requests').select(['spool_id as id', 'body']).execute();
}

export async function countSetAside(db: VaultDatabase): Promise<number> {
  const { count } = await db
    .selectFrom('set_aside_requests')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return count;
}

export async function takeBack(db: VaultDatabase, id: string): Promise<void> {
  await db.deleteFrom('set_aside_requests').where('spool_id', '=', id).execute();
}

export async function forgetSetAside(db: VaultDatabase, before: string): Promise<void> {
  await db.deleteFrom('set_aside_requests').where('day', '<', before).execute();
}
