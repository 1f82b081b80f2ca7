/** Members of staff: read, made, changed. Name, address and secrets are sealed with each member's own data key. */
import type { Language } from '@avow/protocol/refusals';
import { ROLES, type Role } from '@avow/protocol/staff/roles';
import type { StaffMember } from '@avow/protocol/staff/session';
import type { Selectable } from 'kysely';
import { normaliseEmail } from '../people/normalise-email.ts';
import type { Transaction } from '../people/people.ts';
import type { VaultTables } from '../platform/database.ts';
import type { IsoDay } from '../platform/day.ts';
import type { DataKey } from '../platform/keys/data-key.ts';
import type { Keyring } from '../platform/keys/keyring.ts';
import './tables.ts';

type Row = Selectable<VaultTables['staff_members']>;

export interface Member extends StaffMember {
  dataKeyId: string;
  created: IsoDay;
  lastSeen: IsoDay | null;
  disabled: boolean;
}

/** What a member can prove who they are with, besides passkeys. */
export interface Secrets {
  /** PHC string. */
  passwordHash: string | null;
  /** Base32. */
  totp: string | null;
}

export const NO_SECRETS: Secrets = { passwordHash: null, totp: null };

export interface NewMember {
  id: string;
  name: string;
  email: string;
  roles: readonly Role[];
  language: Language;
  secrets: Secrets;
  key: DataKey;
  day: IsoDay;
}

export type MemberChanges = Partial<Pick<Member, 'name' | 'roles' | 'language' | 'disabled'>>;

export interface Members {
  find(tx: Transaction, id: string): Promise<Member | null>;
  findByEmail(tx: Transaction, email: string): Promise<Member | null>;
  /** In the order of their names. */
  list(tx: Transaction): Promise<Member[]>;
  isEmpty(tx: Transaction): Promise<boolean>;
  /** False where the address has an account. */
  create(tx: Transaction, member: NewMember): Promise<boolean>;
  change(tx: Transaction, member: Member, changes: MemberChanges): Promise<Member>;
  seen(tx: Transaction, id: string, day: IsoDay): Promise<void>;
  secrets(tx: Transaction, member: Member): Promise<Secrets>;
  setSecrets(tx: Transaction, member: Member, secrets: Secrets): Promise<void>;
  /** Whether no code of this step or a later one was used yet; from now on one was. */
  useTotpStep(tx: Transaction, id: string, step: number): Promise<boolean>;
}

const contextOf = (id: string, part: 'who' | 'secrets') => `staff_members/${id}/${part}`;

export function isRole(text: string): text is Role {
  return Object.hasOwn(ROLES, text);
}

export function createMembers(keyring: Keyring): Members {
  const indexOf = (email: string) => keyring.blindIndex('staff-email', normaliseEmail(email));

  async function read(row: Row | undefined): Promise<Member | null> {
    if (!row) return null;
    const key = await keyring.dataKey(row.data_key_id);
    const { name, email }: { name: string; email: string } = JSON.parse(
      key.decrypt(row.sealed, contextOf(row.id, 'who')),
    );
    return {
      id: row.id,
      name,
      email,
      roles: row.roles.filter(isRole),
      language: row.language,
      dataKeyId: row.data_key_id,
      created: row.created,
      lastSeen: row.last_seen,
      disabled: row.disabled,
    };
  }

  const sealWho = (key: DataKey, { id, name, email }: Pick<Member, 'id' | 'name' | 'email'>) =>
    key.encrypt(JSON.stringify({ name, email }), contextOf(id, 'who'));
  const sealSecrets = (key: DataKey, id: string, secrets: Secrets) =>
    key.encrypt(JSON.stringify(secrets), contextOf(id, 'secrets'));

  return {
    find: async (tx, id) =>
      read(await tx.selectFrom('staff_members').selectAll().where('id', '=', id).executeTakeFirst()),

    findByEmail: async (tx, email) =>
      read(
        await tx.selectFrom('staff_members').selectAll().where('email_index', '=', indexOf(email)).executeTakeFirst(),
      ),

    async list(tx) {
      const members: Member[] = [];
      for (const row of await tx.selectFrom('staff_members').selectAll().execute()) {
        const member = await read(row);
        if (member) members.push(member);
      }
      return members.toSorted((one, other) => one.name.localeCompare(other.name) || (one.id < other.id ? -1 : 1));
    },

    isEmpty: async (tx) => !(await tx.selectFrom('staff_members').select('id').limit(1).executeTakeFirst()),

    async create(tx, { id, email, roles, language, secrets, key, day, name }) {
      const made = await tx
        .insertInto('staff_members')
        .values({
          id,
          data_key_id: key.id,
          email_index: indexOf(email),
          sealed: sealWho(key, { id, name, email }),
          factors: sealSecrets(key, id, secrets),
          totp_step: 0,
          roles: [...roles],
          language,
          created: day,
          last_seen: day,
          disabled: false,
        })
        .onConflict((row) => row.column('email_index').doNothing())
        .executeTakeFirst();
      return made.numInsertedOrUpdatedRows === 1n;
    },

    async change(tx, member, changes) {
      const changed = { ...member, ...changes };
      const key = await keyring.dataKey(member.dataKeyId);
      const { roles, language, disabled } = changed;
      await tx
        .updateTable('staff_members')
        .set({ sealed: sealWho(key, changed), roles, language, disabled })
        .where('id', '=', member.id)
        .execute();
      return changed;
    },

    async seen(tx, id, day) {
      await tx.updateTable('staff_members').set({ last_seen: day }).where('id', '=', id).execute();
    },

    async secrets(tx, { id, dataKeyId }) {
      const key = await keyring.dataKey(dataKeyId);
      const { factors } = await tx
        .selectFrom('staff_members')
        .select('factors')
        .where('id', '=', id)
        .executeTakeFirstOrThrow();
      return JSON.parse(key.decrypt(factors, contextOf(id, 'secrets'))) as Secrets;
    },

    async setSecrets(tx, { id, dataKeyId }, secrets) {
      const factors = sealSecrets(await keyring.dataKey(dataKeyId), id, secrets);
      await tx.updateTable('staff_members').set({ factors }).where('id', '=', id).execute();
    },

    async useTotpStep(tx, id, step) {
      const used = await tx
        .updateTable('staff_members')
        .set({ totp_step: step })
        .where('id', '=', id)
        .where('totp_step', '<', step)
        .executeTakeFirst();
      return used.numUpdatedRows === 1n;
    },
  };
}

/** What may be told of a member to the console. */
export function toldMember({ id, name, email, roles, language }: Member): StaffMember {
  return { id, name, email, roles, language };
}
