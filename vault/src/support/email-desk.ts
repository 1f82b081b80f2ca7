/** What support asks of new addresses, which self-service keeps; `app.ts` connects the two. */
import type { Refusal } from '@avow/protocol/refusals';
import type { PersonRecord, Transaction } from '../people/people.ts';

export interface EmailDesk {
  /** The answer is the same whoever has the address. */
  propose(tx: Transaction, person: PersonRecord, email: string): Promise<{ proposed: true } | Refusal>;
}
