/** Secrets for programs that ask the staff's API. Only their hashes are kept; days, never times. */
import { createHash, randomUUID } from 'node:crypto';
import { randomToken, readToken } from '@avow/protocol/crockford';
import { type Permission, TOKEN_PERMISSIONS } from '@avow/protocol/staff/roles';
import type { VaultDatabase } from '../database.ts';
import type { IsoDay } from '../day.ts';

export { TOKEN_PERMISSIONS };

interface ApiTokensTable {
  id: string;
  hash: Buffer;
  label: string;
  permissions: string[];
  created: string;
  valid_through: string | null;
  last_used: string | null;
  /** Member of staff; null: the operator, with `avow tokens`. */
  made_by: string | null;
}

declare module '../database.ts' {
  interface VaultTables {
    api_tokens: ApiTokensTable;
  }
}

export interface ApiToken {
  id: string;
  label: string;
  permissions: Permission[];
  created: IsoDay;
  /** Null: until it is revoked. */
  validThrough: IsoDay | null;
  lastUsed: IsoDay | null;
  /** Whose it is: it can never do more than its maker may. Null: made by the operator. */
  madeBy: string | null;
}

/** So that a token that got into a log or a repository can be found there. */
const PREFIX = 'avow_';

/** With 130 random bits a plain hash is enough; a look-up by it leaks nothing by its time. */
function hashOf(secret: string): Buffer {
  return createHash('sha256').update(`avow/api-token\0${secret}`, 'utf8').digest();
}

/** The token itself can be told only now. */
export async function issueApiToken(
  db: VaultDatabase,
  wish: {
    label: string;
    permissions: readonly Permission[];
    validThrough: IsoDay | null;
    today: IsoDay;
    madeBy?: string;
  },
): Promise<{ id: string; token: string }> {
  const id = randomUUID();
  const secret = randomToken();
  await db
    .insertInto('api_tokens')
    .values({
      id,
      hash: hashOf(secret),
      label: wish.label,
      permissions: [...wish.permissions],
      created: wish.today,
      valid_through: wish.validThrough,
      last_used: null,
      made_by: wish.madeBy ?? null,
    })
    .execute();
  return { id, token: `${PREFIX}${secret}` };
}

/** Null for a token that was never issued, is revoked, or is past its last day. */
export async function findApiToken(db: VaultDatabase, text: string, today: IsoDay): Promise<ApiToken | null> {
  const secret = text.startsWith(PREFIX) ? readToken(text.slice(PREFIX.length)) : null;
  if (secret === null) return null;
  const row = await db.selectFrom('api_tokens').selectAll().where('hash', '=', hashOf(secret)).executeTakeFirst();
  if (!row || (row.valid_through !== null && row.valid_through < today)) return null;
  if (row.last_used !== today) {
    await db.updateTable('api_tokens').set({ last_used: today }).where('id', '=', row.id).execute();
  }
  return tokenOf(row);
}

export async function listApiTokens(db: VaultDatabase): Promise<ApiToken[]> {
  return (await db.selectFrom('api_tokens').selectAll().orderBy('created').orderBy('id').execute()).map(tokenOf);
}

/** False if there is no such token. */
export async function revokeApiToken(db: VaultDatabase, id: string): Promise<boolean> {
  const { numDeletedRows } = await db.deleteFrom('api_tokens').where('id', '=', id).executeTakeFirst();
  return numDeletedRows > 0n;
}

/** Those past their last day. */
export async function forgetExpiredApiTokens(db: VaultDatabase, today: IsoDay): Promise<void> {
  await db.deleteFrom('api_tokens').where('valid_through', '<', today).execute();
}

function tokenOf({ id, label, permissions, created, valid_through, last_used, made_by }: ApiTokensTable): ApiToken {
  const known = TOKEN_PERMISSIONS.filter((permission) => permissions.includes(permission));
  return {
    id,
    label,
    permissions: known,
    created,
    validThrough: valid_through,
    lastUsed: last_used,
    madeBy: made_by,
  };
}
