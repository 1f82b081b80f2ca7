/** What support asks of correction requests (W8), which self-service takes in; `app.ts` connects the two. */
import type { CorrectionRequest } from '@avow/protocol/self-service';
import type { WaitingCase } from '@avow/protocol/staff/people';
import type { PersonRecord, Transaction } from '../people/people.ts';

export interface RequestsDesk {
  /** Oldest first. Of each no more than the mail to staff names: the field and the language. */
  waiting(tx: Transaction): Promise<WaitingCase[]>;
  /** Whose it is; null where there is none (any more). */
  personOf(tx: Transaction, id: string): Promise<string | null>;
  open(tx: Transaction, id: string, person: PersonRecord): Promise<(CorrectionRequest & { day: string }) | null>;
  /** False where it is another person's, or gone. */
  close(tx: Transaction, id: string, personId: string): Promise<boolean>;
}
