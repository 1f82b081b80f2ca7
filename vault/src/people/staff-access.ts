/** Staff look at a person's data for a declared purpose only, and every look is on record (U5): for the person and in the audit log. */
import { randomUUID } from 'node:crypto';
import type { HeldAccess } from '@avow/protocol/self-service';
import { STAFF_PURPOSES, type StaffPurpose } from '@avow/protocol/staff/purposes';
import { ROLES, type Role } from '@avow/protocol/staff/roles';
import { type AuditRow, OPERATOR, recordAct, staffOf } from '../platform/audit/audit-log.ts';
import type { VaultDatabase } from '../platform/database.ts';
import type { IsoDay } from '../platform/day.ts';
import type { StaffCaller } from '../platform/feature.ts';
import { KeyDestroyed } from '../platform/keys/data-key.ts';
import type { Keyring } from '../platform/keys/keyring.ts';
import type { People, PersonRecord, Transaction } from './people.ts';

export { STAFF_PURPOSES, type StaffPurpose };

/** Who looks. Without roles: a program, or the operator on the vault's machine. */
export interface AccessBy {
  staff: string;
  roles: readonly string[];
}

export const BY_OPERATOR: AccessBy = { staff: OPERATOR, roles: [] };

export function accessBy(caller: StaffCaller): AccessBy {
  return { staff: staffOf(caller), roles: caller.kind === 'member' ? caller.roles : [] };
}

export interface StaffAccess {
  purpose: StaffPurpose;
  /** Of the help desk, say. Sealed with the person's key: it may lead to the person. */
  ticket?: string | null;
  personId: string;
  by: AccessBy;
  /** The command or page, without what was typed into it. */
  command: string;
  day: IsoDay;
}

interface Stores {
  db: VaultDatabase;
  keyring: Keyring;
  people: People;
}

const contextOf = (accessId: string) => `audit_log/${accessId}`;

/** The person's data; the record of the access is on disk before anything is returned. */
export async function readForStaff(stores: Stores, access: StaffAccess): Promise<PersonRecord> {
  return (await openForStaff(stores, access)).person;
}

/** The same, with the id under which the access is on record: whoever goes on working with the data names it. */
export async function openForStaff(
  { db, keyring, people }: Stores,
  access: StaffAccess,
): Promise<{ accessId: string; person: PersonRecord }> {
  return db.transaction().execute(async (tx) => {
    const person = await people.get(tx, access.personId);
    return { accessId: await recordAccess(tx, keyring, person, access), person };
  });
}

/** Whom and what for an access is, for the one who has it and on its own day; null for anybody else, and any other day. */
export async function findAccess(
  { db, keyring }: Pick<Stores, 'db' | 'keyring'>,
  accessId: string,
  { staff, day }: { staff: string; day: IsoDay },
): Promise<{ personId: string; purpose: StaffPurpose; ticket: string | null } | null> {
  const row = await db
    .selectFrom('staff_access')
    .innerJoin('audit_log', 'audit_log.access_id', 'staff_access.id')
    .select(['staff_access.person_id', 'staff_access.purpose', 'access_id', 'sealed'])
    .where('staff_access.id', '=', accessId)
    .where('staff_access.staff', '=', staff)
    .where('staff_access.day', '=', day)
    .executeTakeFirst();
  if (!row) return null;
  const opened = (await openAccesses(db, keyring, [row])).get(accessId);
  return { personId: row.person_id, purpose: row.purpose, ticket: opened?.ticket ?? null };
}

async function recordAccess(
  tx: Transaction,
  keyring: Keyring,
  person: PersonRecord,
  { purpose, ticket = null, personId, by, command, day }: StaffAccess,
): Promise<string> {
  const id = randomUUID();
  const { staff, roles } = by;
  await tx
    .insertInto('staff_access')
    .values({ id, day, purpose, person_id: personId, command, roles: [...roles], staff })
    .execute();
  const key = await keyring.dataKey(person.dataKeyId);
  const sealed = key.encrypt(JSON.stringify({ personId, ticket }), contextOf(id));
  await recordAct(tx, keyring, { day, staff, act: 'person-opened', purpose, person: { accessId: id, sealed } });
  return id;
}

/** Newest day first; within a day in no order, as everything about persons. */
export async function staffAccesses(tx: Transaction, personId: string): Promise<Omit<StaffAccess, 'ticket'>[]> {
  const rows = await tx
    .selectFrom('staff_access')
    .select(['day', 'purpose', 'person_id', 'command', 'roles', 'staff'])
    .where('person_id', '=', personId)
    .orderBy('day', 'desc')
    .orderBy('id')
    .execute();
  return rows.map(({ day, purpose, person_id, command, roles, staff }) => ({
    day,
    purpose,
    personId: person_id,
    command,
    by: { staff, roles },
  }));
}

/** The same, as the person is told it. `nameOf` gives null where names are not told. */
export async function tellAccesses(
  tx: Transaction,
  personId: string,
  nameOf: (staff: string) => Promise<string | null>,
): Promise<HeldAccess[]> {
  const accesses = await staffAccesses(tx, personId);
  return Promise.all(
    accesses.map(async ({ day, purpose, by }) => ({
      day,
      purpose,
      roles: by.roles.filter((role): role is Role => Object.hasOwn(ROLES, role)),
      name: await nameOf(by.staff),
    })),
  );
}

/** Whom entries of the audit log were about; without those who were erased or whose access is more than a year ago. */
export async function openAccesses(
  tx: Transaction,
  keyring: Keyring,
  entries: readonly Pick<AuditRow, 'access_id' | 'sealed'>[],
): Promise<Map<string, { personId: string; ticket: string | null }>> {
  const opened = new Map<string, { personId: string; ticket: string | null }>();
  const ids = entries.flatMap(({ access_id }) => access_id ?? []);
  if (ids.length === 0) return opened;
  const rows = await tx
    .selectFrom('staff_access')
    .innerJoin('persons', 'persons.id', 'staff_access.person_id')
    .select(['staff_access.id', 'persons.data_key_id'])
    .where('staff_access.id', 'in', ids)
    .execute();
  const keyIds = new Map(rows.map(({ id, data_key_id }) => [id, data_key_id]));
  for (const { access_id, sealed } of entries) {
    const keyId = access_id === null ? undefined : keyIds.get(access_id);
    if (access_id === null || sealed === null || keyId === undefined) continue;
    try {
      const key = await keyring.dataKey(keyId);
      opened.set(access_id, JSON.parse(key.decrypt(sealed, contextOf(access_id))));
    } catch (error) {
      if (!(error instanceof KeyDestroyed)) throw error;
    }
  }
  return opened;
}
