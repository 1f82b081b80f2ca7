/** One-time links: of the first account, of an invitation, and for a member who lost every way to sign in. Only hashes of their tokens are kept. */
import { randomUUID } from 'node:crypto';
import { randomToken, readToken } from '@avow/protocol/crockford';
import type { Language } from '@avow/protocol/refusals';
import type { Role } from '@avow/protocol/staff/roles';
import type { Selectable } from 'kysely';
import { hashOf } from '../people/bearer.ts';
import { doomDataKey } from '../people/erasure.ts';
import type { Transaction } from '../people/people.ts';
import type { VaultTables } from '../platform/database.ts';
import { addDays, type IsoDay } from '../platform/day.ts';
import type { Keyring } from '../platform/keys/keyring.ts';
import { isRole, type Member } from './members.ts';
import './tables.ts';

type Row = Selectable<VaultTables['staff_invitations']>;

export const LINK_DAYS = 7;

export interface Invitation {
  id: string;
  kind: Row['kind'];
  /** Null for the first account: whoever holds the link says it. */
  email: string | null;
  roles: Role[];
  language: Language;
  validThrough: IsoDay;
  /** Of a renewal. */
  staffId: string | null;
  /** Of an invitation: its own key, which becomes the member's. */
  dataKeyId: string | null;
}

interface Issued {
  id: string;
  token: string;
  validThrough: IsoDay;
}

const contextOf = (id: string) => `staff_invitations/${id}/email`;

export function createInvitations(keyring: Keyring) {
  async function read(row: Row): Promise<Invitation> {
    const key = row.data_key_id === null ? null : await keyring.dataKey(row.data_key_id);
    return {
      id: row.id,
      kind: row.kind,
      email: row.email && key ? key.decrypt(row.email, contextOf(row.id)) : null,
      roles: row.roles.filter(isRole),
      language: row.language,
      validThrough: row.valid_through,
      staffId: row.staff_id,
      dataKeyId: row.data_key_id,
    };
  }

  async function insert(
    tx: Transaction,
    row: Pick<Row, 'kind'> & Partial<Pick<Row, 'id' | 'staff_id' | 'data_key_id' | 'email' | 'roles' | 'language'>>,
    today: IsoDay,
  ): Promise<Issued> {
    const token = randomToken();
    const id = row.id ?? randomUUID();
    const validThrough = addDays(today, LINK_DAYS);
    const nobody = { staff_id: null, data_key_id: null, email: null, roles: [], language: 'en' as const };
    await tx
      .insertInto('staff_invitations')
      .values({ ...nobody, ...row, id, hash: hashOf(token), valid_through: validThrough })
      .execute();
    return { id, token, validThrough };
  }

  return {
    /** The link of the first account; one from before is void. */
    async issueFirst(tx: Transaction, today: IsoDay): Promise<Issued> {
      await tx.deleteFrom('staff_invitations').where('kind', '=', 'first').execute();
      return insert(tx, { kind: 'first', roles: ['administrator'] }, today);
    },

    async invite(
      tx: Transaction,
      wish: { email: string; roles: readonly Role[]; language: Language },
      today: IsoDay,
    ): Promise<Issued> {
      const key = await keyring.createDataKey();
      const id = randomUUID();
      const email = key.encrypt(wish.email, contextOf(id));
      const { language } = wish;
      return insert(
        tx,
        { id, kind: 'invitation', data_key_id: key.id, email, roles: [...wish.roles], language },
        today,
      );
    },

    /** For a member who lost everything; an earlier one is void. */
    async renew(tx: Transaction, { id, roles, language }: Member, today: IsoDay): Promise<Issued> {
      await tx.deleteFrom('staff_invitations').where('staff_id', '=', id).execute();
      return insert(tx, { kind: 'renewal', staff_id: id, roles, language }, today);
    },

    /** Null for a token that is unknown, used or too old. */
    async find(tx: Transaction, text: string, today: IsoDay): Promise<Invitation | null> {
      const token = readToken(text);
      if (!token) return null;
      const row = await tx
        .selectFrom('staff_invitations')
        .selectAll()
        .where('hash', '=', hashOf(token))
        .where('valid_through', '>=', today)
        .executeTakeFirst();
      return row ? read(row) : null;
    },

    /** Whether it was still there: of two who come at once, one gets false. */
    async spend(tx: Transaction, id: string): Promise<boolean> {
      const { numDeletedRows } = await tx.deleteFrom('staff_invitations').where('id', '=', id).executeTakeFirst();
      return numDeletedRows > 0n;
    },

    /** Those of people who have no account yet. */
    async list(tx: Transaction, today: IsoDay): Promise<Invitation[]> {
      const rows = await tx
        .selectFrom('staff_invitations')
        .selectAll()
        .where('kind', '=', 'invitation')
        .where('valid_through', '>=', today)
        .orderBy('valid_through')
        .orderBy('id')
        .execute();
      return Promise.all(rows.map(read));
    },

    /** With its key. Null where there is none. */
    async withdraw(tx: Transaction, id: string): Promise<true | null> {
      const gone = await tx
        .deleteFrom('staff_invitations')
        .where('id', '=', id)
        .where('kind', '=', 'invitation')
        .returning('data_key_id')
        .executeTakeFirst();
      if (gone?.data_key_id) await doomDataKey(tx, gone.data_key_id);
      return gone ? true : null;
    },

    async forgetExpired(tx: Transaction, today: IsoDay): Promise<void> {
      const gone = await tx
        .deleteFrom('staff_invitations')
        .where('valid_through', '<', today)
        .returning('data_key_id')
        .execute();
      for (const { data_key_id } of gone) if (data_key_id !== null) await doomDataKey(tx, data_key_id);
    },
  };
}

export type Invitations = ReturnType<typeof createInvitations>;
