/** Who has which address, by keyed hash: the one unique thing about a person. */
import type { Keyring } from '../platform/keys/keyring.ts';
import { normaliseEmail } from './normalise-email.ts';
import type { Transaction } from './people.ts';

/** Somebody has this address already. Never told to the outside: known and unknown addresses must look alike. */
export interface EmailTaken {
  taken: true;
  personId: string;
}

export interface EmailIndex {
  find(tx: Transaction, email: string): Promise<string | null>;
  claim(tx: Transaction, email: string, personId: string): Promise<EmailTaken | null>;
  /** Claims the new address and lets go of the old one. */
  move(tx: Transaction, email: string, personId: string): Promise<EmailTaken | null>;
}

export function createEmailIndex(keyring: Keyring): EmailIndex {
  const indexOf = (email: string) => keyring.blindIndex('person-email', normaliseEmail(email));

  async function find(tx: Transaction, email: string): Promise<string | null> {
    const row = await tx
      .selectFrom('person_emails')
      .select('person_id')
      .where('email_index', '=', indexOf(email))
      .executeTakeFirst();
    return row?.person_id ?? null;
  }

  async function claim(tx: Transaction, email: string, personId: string): Promise<EmailTaken | null> {
    // ON CONFLICT waits for a transaction that is inserting the same address and leaves ours usable, whoever wins. The winner
    // may be gone again when we look (erased, moved away): then the address is free.
    for (let attempt = 0; attempt < 10; attempt += 1) {
      const inserted = await tx
        .insertInto('person_emails')
        .values({ email_index: indexOf(email), person_id: personId })
        .onConflict((row) => row.column('email_index').doNothing())
        .returning('person_id')
        .executeTakeFirst();
      if (inserted) return null;
      const owner = await find(tx, email);
      if (owner) return { taken: true, personId: owner };
    }
    throw new Error('an e-mail address keeps changing hands');
  }

  return {
    find,
    claim,
    async move(tx, email, personId) {
      if ((await find(tx, email)) === personId) return null;
      const owner = await find(tx, email);
      if (owner) return { taken: true, personId: owner };
      // One row a person: the old one has to go first, and must be back when the new address was taken meanwhile.
      const old = await tx
        .deleteFrom('person_emails')
        .where('person_id', '=', personId)
        .returning(['email_index', 'person_id'])
        .executeTakeFirstOrThrow();
      const taken = await claim(tx, email, personId);
      if (taken) await tx.insertInto('person_emails').values(old).execute();
      return taken;
    },
  };
}
