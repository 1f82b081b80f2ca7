/** Correction requests (W8), for whoever answers them; support comes here, `app.ts` connects the two. */
import type { CorrectionRequest } from '@avow/protocol/self-service';
import type { WaitingCase } from '@avow/protocol/staff/people';
import type { Kysely } from 'kysely';
import type { PersonRecord } from '../people/people.ts';
import type { VaultTables } from '../platform/database.ts';
import type { Keyring } from '../platform/keys/keyring.ts';
import { openRequest } from './correction-requests.ts';

type Transaction = Kysely<VaultTables>;

const MOST_LISTED = 500;

export type RequestsDesk = ReturnType<typeof createRequestsDesk>;

export function createRequestsDesk(keyring: Keyring) {
  return {
    /** Oldest first. Of each no more than the mail to staff names: the field and the language. */
    async waiting(tx: Transaction): Promise<WaitingCase[]> {
      const rows = await tx
        .selectFrom('correction_requests')
        .innerJoin('persons', 'persons.id', 'correction_requests.person_id')
        .select([
          'correction_requests.id',
          'content',
          'correction_requests.day',
          'data_key_id as dataKeyId',
          'language',
        ])
        .orderBy('correction_requests.day')
        .orderBy('correction_requests.id')
        .limit(MOST_LISTED)
        .execute();
      return Promise.all(
        rows.map(async (row) => ({
          id: row.id,
          day: row.day,
          field: (await openRequest(keyring, row, row)).field,
          language: row.language === 'de' ? 'de' : 'en',
        })),
      );
    },

    /** Whose it is; null where there is none (any more). */
    async personOf(tx: Transaction, id: string): Promise<string | null> {
      const row = await tx
        .selectFrom('correction_requests')
        .select('person_id')
        .where('id', '=', id)
        .executeTakeFirst();
      return row?.person_id ?? null;
    },

    async open(
      tx: Transaction,
      id: string,
      person: PersonRecord,
    ): Promise<(CorrectionRequest & { day: string }) | null> {
      const row = await tx
        .selectFrom('correction_requests')
        .selectAll()
        .where('id', '=', id)
        .where('person_id', '=', person.id)
        .executeTakeFirst();
      return row ? { ...(await openRequest(keyring, person, row)), day: row.day } : null;
    },

    /** False where it is another person's, or gone. */
    async close(tx: Transaction, id: string, personId: string): Promise<boolean> {
      const { numDeletedRows } = await tx
        .deleteFrom('correction_requests')
        .where('id', '=', id)
        .where('person_id', '=', personId)
        .executeTakeFirst();
      return numDeletedRows > 0n;
    },
  };
}
