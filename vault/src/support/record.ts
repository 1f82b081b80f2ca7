/** The record of a person as staff see it under an access: everything the features hold, the mails by state, and who looked. */
import type { EverythingHeld } from '@avow/protocol/self-service';
import type { OpenedPerson, PersonMail } from '@avow/protocol/staff/people';
import type { PersonRecord } from '../people/people.ts';
import { findAccess, staffAccesses } from '../people/staff-access.ts';
import { OPERATOR } from '../platform/audit/audit-log.ts';
import type { VaultDatabase } from '../platform/database.ts';
import { isoDay } from '../platform/day.ts';
import type { Feature } from '../platform/feature.ts';
import type { Services } from '../platform/services.ts';

export interface RecordHouse {
  features(): readonly Feature[];
  /** Null of somebody who is no member of staff (any more). */
  nameOf(staffId: string): Promise<string | null>;
}

export interface OpenAccess {
  accessId: string;
  person: PersonRecord;
  purpose: OpenedPerson['purpose'];
  ticket: string | null;
}

/** Null where the access is somebody else's, of another day, or the person is gone. */
export async function resumeAccess(services: Services, accessId: string, staff: string): Promise<OpenAccess | null> {
  const { db, people, clock } = services;
  const access = await findAccess(services, accessId, { staff, day: isoDay(clock()) });
  if (!access) return null;
  const held = await db.selectFrom('persons').select('id').where('id', '=', access.personId).executeTakeFirst();
  return held ? { accessId, ...access, person: await people.get(db, access.personId) } : null;
}

/** `people` anew, so that what was just changed is seen. */
export async function tellRecord(services: Services, house: RecordHouse, open: OpenAccess): Promise<OpenedPerson> {
  const { db, people } = services;
  const { accessId: access, purpose, ticket } = open;
  const person = await people.get(db, open.person.id);
  const held = await everythingHeld(db, house.features(), person.id);
  return {
    access,
    purpose,
    ticket,
    personId: person.id,
    day: person.day,
    country: person.country,
    language: person.language,
    fields: held.fields,
    changes: held.changes,
    consents: held.consents,
    products: held.products.map(({ receipt: _, ...product }) => product),
    proposedEmail: held.proposedEmail,
    requests: held.requests,
    questions: held.questions,
    mails: await mailsTo(db, person.dataKeyId),
    accesses: await accessesTo(db, house, person.id),
  };
}

type Told = Pick<
  EverythingHeld,
  'fields' | 'changes' | 'consents' | 'products' | 'proposedEmail' | 'requests' | 'questions'
>;

async function everythingHeld(db: VaultDatabase, features: readonly Feature[], personId: string): Promise<Told> {
  const all: Told = {
    fields: [],
    changes: [],
    consents: [],
    products: [],
    proposedEmail: null,
    requests: [],
    questions: [],
  };
  for (const feature of features) {
    const told = await feature.tellPerson(db, personId);
    all.fields.push(...(told.fields ?? []));
    all.changes.push(...(told.changes ?? []));
    all.consents.push(...(told.consents ?? []));
    all.products.push(...(told.products ?? []));
    all.requests.push(...(told.requests ?? []));
    all.questions.push(...(told.questions ?? []));
    all.proposedEmail ??= told.proposedEmail ?? null;
  }
  return all;
}

/** Not told: that none was sent would tell that the proposed address is somebody else's. */
const PROVES_ADDRESS = 'prove a new e-mail address';

/** Newest day first; what they are for and what became of them, never what they say. */
function mailsTo(db: VaultDatabase, dataKeyId: string): Promise<PersonMail[]> {
  return db
    .selectFrom('mails')
    .select(['purpose', 'state', 'day'])
    .where('data_key_id', '=', dataKeyId)
    .where('purpose', '<>', PROVES_ADDRESS)
    .orderBy('day', 'desc')
    .orderBy('id')
    .limit(200)
    .execute();
}

async function accessesTo(db: VaultDatabase, house: RecordHouse, personId: string): Promise<OpenedPerson['accesses']> {
  const accesses = await staffAccesses(db, personId);
  return Promise.all(
    accesses.map(async ({ day, purpose, by }) => ({
      day,
      purpose,
      staff: by.staff === OPERATOR ? OPERATOR : await house.nameOf(by.staff),
    })),
  );
}
