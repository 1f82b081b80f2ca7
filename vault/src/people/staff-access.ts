/** Staff look at a person's data for a declared purpose only, and every look is on record (U5). */
import { randomUUID } from 'node:crypto';
import type { VaultDatabase } from '../platform/database.ts';
import type { IsoDay } from '../platform/day.ts';
import type { People, PersonRecord } from './people.ts';

/** The three uses that the statement allows. */
export const STAFF_PURPOSES = ['usage-patterns', 'clarify-inaccurate-information', 'customer-service-issue'] as const;

export type StaffPurpose = (typeof STAFF_PURPOSES)[number];

export interface StaffAccess {
  purpose: StaffPurpose;
  personId: string;
  /** The command or page, without what was typed into it. */
  command: string;
  day: IsoDay;
}

/** The person's data; the record of the access is on disk before anything is returned. */
export async function readForStaff(db: VaultDatabase, people: People, access: StaffAccess): Promise<PersonRecord> {
  const { purpose, personId, command, day } = access;
  return db.transaction().execute(async (tx) => {
    await tx
      .insertInto('staff_access')
      .values({ id: randomUUID(), day, purpose, person_id: personId, command })
      .execute();
    return people.get(tx, personId);
  });
}

/** Newest day first; within a day in no order, as everything about persons. */
export async function staffAccesses(db: VaultDatabase, personId: string): Promise<StaffAccess[]> {
  const rows = await db
    .selectFrom('staff_access')
    .select(['day', 'purpose', 'person_id', 'command'])
    .where('person_id', '=', personId)
    .orderBy('day', 'desc')
    .orderBy('id')
    .execute();
  return rows.map(({ day, purpose, person_id, command }) => ({ day, purpose, personId: person_id, command }));
}
