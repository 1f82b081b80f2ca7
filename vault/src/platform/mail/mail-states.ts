/** Writes what becomes of the mails in hand: those that end or move at the same time in one statement. */
import type { VaultDatabase } from '../database.ts';
import { createGroupCommit } from '../group-commit.ts';
import { untilCommitted } from '../until-committed.ts';
import { moveMails, type SettledMail, settleMails } from './queries.ts';

export interface MailStates {
  /** Written before the mail's end is sent. Throws if the mail is not claimed any more: then it must not be sent. */
  handingOver(id: string): Promise<void>;
  /** Tried until it is written or the sender gives up. */
  settle(mail: SettledMail): Promise<void>;
}

const MAILS_PER_STATEMENT = 64;

export function createMailStates(db: VaultDatabase, giveUp: AbortSignal): MailStates {
  const move = createGroupCommit<string, boolean>(async (ids) => {
    const moved = await moveMails(db, ids, 'claimed', 'handing over');
    return ids.map((id) => moved.has(id));
  }, MAILS_PER_STATEMENT);
  const settle = createGroupCommit<SettledMail, void>(async (mails) => {
    await untilCommitted(db, (tx) => settleMails(tx, mails), Number.POSITIVE_INFINITY, giveUp);
    return [];
  }, MAILS_PER_STATEMENT);

  return {
    async handingOver(id) {
      if (!(await move(id))) throw new Error('a mail is not claimed');
    },
    settle,
  };
}
