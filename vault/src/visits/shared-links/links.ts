/** Read-only links to figures, as they are kept: never the token, never the password. */
import { randomUUID } from 'node:crypto';
import { randomToken, readToken } from '@avow/protocol/crockford';
import type { SharedGrant } from '@avow/protocol/staff/shared-links';
import { sql } from 'kysely';
import { z } from 'zod';
import { hashOf } from '../../people/bearer.ts';
import type { VaultDatabase } from '../../platform/database.ts';
import type { IsoDay } from '../../platform/day.ts';
import { hashPassword } from '../../platform/password-hash.ts';
import { type Filter, filterSchema } from '../query/question.ts';

interface SharedLinksTable {
  id: string;
  hash: Buffer;
  name: string;
  sites: string[];
  /** Name of the segment that the filters were copied from. */
  segment: string | null;
  filters: unknown;
  grants: string[];
  password: string | null;
  valid_through: string | null;
  created: string;
}

declare module '../../platform/database.ts' {
  interface VaultTables {
    visit_shared_links: SharedLinksTable;
  }
}

export const GRANTS = ['export', 'annotations', 'goals', 'segments'] as const satisfies readonly SharedGrant[];

export interface StoredLink {
  id: string;
  name: string;
  sites: string[];
  segment: string | null;
  filters: Filter[];
  grants: SharedGrant[];
  password: string | null;
  validThrough: IsoDay | null;
  created: IsoDay;
}

export interface LinkWish {
  name: string;
  sites: readonly string[];
  segment: { name: string; filters: readonly Filter[] } | null;
  grants: readonly SharedGrant[];
  password: string | null;
  validThrough: IsoDay | null;
}

/** The token can be told only now. */
export async function createLink(
  db: VaultDatabase,
  wish: LinkWish,
  today: IsoDay,
): Promise<{ link: StoredLink; token: string }> {
  const token = randomToken();
  const row = await db
    .insertInto('visit_shared_links')
    .values({
      id: randomUUID(),
      hash: hashOf(token),
      name: wish.name,
      sites: [...wish.sites],
      segment: wish.segment?.name ?? null,
      filters: sql`${JSON.stringify(wish.segment?.filters ?? [])}::jsonb`,
      grants: [...wish.grants],
      password: wish.password === null ? null : await hashPassword(wish.password),
      valid_through: wish.validThrough,
      created: today,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return { link: linkOf(row), token };
}

/** By name. */
export async function listLinks(db: VaultDatabase): Promise<StoredLink[]> {
  const rows = await db.selectFrom('visit_shared_links').selectAll().orderBy('name').orderBy('id').execute();
  return rows.map(linkOf);
}

export async function countLinks(db: VaultDatabase): Promise<number> {
  const { count } = await db
    .selectFrom('visit_shared_links')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** With everybody who reads it at that moment. False if there is none of that id. */
export async function deleteLink(db: VaultDatabase, id: string): Promise<boolean> {
  const { numDeletedRows } = await db.deleteFrom('visit_shared_links').where('id', '=', id).executeTakeFirst();
  return numDeletedRows > 0n;
}

/** Null for a token of no link, or of one past its last day. */
export async function findLinkByToken(db: VaultDatabase, text: string, today: IsoDay): Promise<StoredLink | null> {
  const token = readToken(text);
  if (token === null) return null;
  const row = await db
    .selectFrom('visit_shared_links')
    .selectAll()
    .where('hash', '=', hashOf(token))
    .executeTakeFirst();
  return row && isValid(row, today) ? linkOf(row) : null;
}

export async function findLink(db: VaultDatabase, id: string, today: IsoDay): Promise<StoredLink | null> {
  const row = await db.selectFrom('visit_shared_links').selectAll().where('id', '=', id).executeTakeFirst();
  return row && isValid(row, today) ? linkOf(row) : null;
}

function isValid({ valid_through }: Pick<SharedLinksTable, 'valid_through'>, today: IsoDay): boolean {
  return valid_through === null || valid_through >= today;
}

/** Throws for filters that this version does not know: a link must never become wider than it was made. */
function linkOf({ filters, grants, valid_through, hash: _, ...row }: SharedLinksTable): StoredLink {
  return {
    ...row,
    filters: z.array(filterSchema).parse(filters),
    grants: GRANTS.filter((grant) => grants.includes(grant)),
    validThrough: valid_through,
  };
}
